import type * as vscode from 'vscode';
import type { QueuePosition } from '../sidebar/messages.ts';

/** The notes of the workspace in the order in which they are worked through. */
export interface NoteQueue {
  /** The note after or before this one; without one, the first. */
  step(noteId: string | undefined, direction: 'next' | 'previous'): vscode.Uri | undefined;
  position(noteId: string | undefined): QueuePosition;
  /** Something that the queue shows of this note was kept. */
  refresh(noteId: string): void;
}
