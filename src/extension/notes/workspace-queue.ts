import * as vscode from 'vscode';
import type { NoteQueue } from '../review/note-queue.ts';
import type { QueuePosition } from '../sidebar/messages.ts';
import type { NoteIndex } from './note-index.ts';
import { orderWords } from './note-order.ts';

/** The shown notes as the queue that a reviewer works through. */
export class WorkspaceQueue implements NoteQueue {
  readonly #index: NoteIndex;
  readonly #kept: (noteId: string) => void;

  /** @param kept hears that a decision about a note, or a prediction of it, was kept. */
  constructor(index: NoteIndex, kept: (noteId: string) => void) {
    this.#index = index;
    this.#kept = kept;
  }

  step(noteId: string | undefined, direction: 'next' | 'previous'): vscode.Uri | undefined {
    const entry = this.#index[direction](noteId ?? '');
    return entry === undefined ? undefined : vscode.Uri.file(entry.path);
  }

  position(noteId: string | undefined): QueuePosition {
    const index = this.#index;
    return {
      position: index.positionOf(noteId ?? '') ?? null,
      total: index.entries.length,
      order: orderWords[index.order],
      hasNext: index.next(noteId ?? '') !== undefined,
      hasPrevious: index.previous(noteId ?? '') !== undefined,
    };
  }

  refresh(noteId: string): void {
    this.#kept(noteId);
  }
}
