import * as vscode from 'vscode';
import { UserError } from '../../common/index.ts';
import { inform } from '../messages.ts';
import type { RequestHandlers } from '../sidebar/answers.ts';
import type { DecisionCommand, DecisionRequest, FromPage, ReviewState } from '../sidebar/messages.ts';
import { PageHost } from '../sidebar/page-host.ts';
import type { ReviewView } from '../sidebar/review-view.ts';
import { DecisionLog } from './decision-log.ts';
import type { DraftKeeper } from './draft-keeper.ts';
import { EditorFollower } from './editor-follower.ts';
import { canBeNote, type DocumentTarget, isSame, nameOf, selectedPart, wholeNote } from './note-documents.ts';
import type { NoteQueue } from './note-queue.ts';
import { noteMoved, Refusal } from './refusal.ts';
import { ReviewSession, type SessionParts } from './review-session.ts';

export interface ReviewDeskParts extends Omit<SessionParts, 'changed' | 'streamed' | 'noteKept'> {
  readonly view: ReviewView;
  readonly drafts: DraftKeeper;
  readonly queue: NoteQueue;
  /** Lists the notes of the queue, once. */
  readonly startQueue: () => Promise<void>;
  readonly shortcuts: { readonly labels: ReviewState['shortcuts']; refresh(): Promise<void> };
}

/** One reviewer's place in this window: the note on screen, the page about it, and what the commands do with both. */
export class ReviewDesk implements vscode.Disposable {
  readonly session: ReviewSession;
  readonly #parts: ReviewDeskParts;
  readonly #follower: EditorFollower;
  readonly #page: PageHost;
  readonly #made = new DecisionLog();
  readonly #focus: vscode.Disposable;
  #reviewable = false;

  constructor(parts: ReviewDeskParts) {
    this.#parts = parts;
    this.session = new ReviewSession({
      ...parts,
      changed: () => this.#changed(),
      streamed: (predictionId, rationale) => this.#page.streamed(predictionId, rationale),
      noteKept: (noteId) => parts.queue.refresh(noteId),
    });
    this.#follower = new EditorFollower(this.session, parts.failed);
    this.#page = new PageHost({
      session: this.session,
      handlers: this.#handlers(),
      post: (message) => parts.view.post(message),
      queue: () => parts.queue.position(this.#follower.target?.noteId),
      shortcuts: () => parts.shortcuts.labels,
      failed: parts.failed,
    });
    // Another window on the same workspace may have decided meanwhile.
    this.#focus = vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) void this.session.refresh().catch(parts.failed);
    });
  }

  /** Does what the page says. */
  receive(message: FromPage): void {
    this.#page.receive(message);
    if (message.type === 'ready') void this.#pageCame();
  }

  /** Begins with the note in the editor. */
  async start(): Promise<void> {
    const { startQueue, shortcuts, failed } = this.#parts;
    await Promise.all([this.#follower.follow(), shortcuts.refresh(), startQueue()]).catch(failed);
    this.#page.push();
  }

  /** The page was made anew. What it shows is looked at again, for other windows may have written meanwhile. */
  async #pageCame(): Promise<void> {
    const { shortcuts, failed } = this.#parts;
    await Promise.all([this.session.refresh(), shortcuts.refresh()]).catch(failed);
    this.#page.push();
  }

  /** Triages what is selected in the editor, or else the whole note in it, and shows it in the sidebar. */
  async triage(uri?: vscode.Uri): Promise<void> {
    const target = await this.#targetToTriage(uri);
    if (target === undefined) throw new UserError('Open a note in the editor first, then triage it.');
    const revealed = this.#parts.view.reveal({ preserveFocus: true });
    await this.#follower.show(target);
    await this.session.triage();
    await revealed;
  }

  /** Shows a note in the editor and the sidebar. */
  async open(uri: vscode.Uri, { preserveFocus }: { readonly preserveFocus: boolean }): Promise<void> {
    const shown = this.#follower.show(wholeNote(uri));
    // Also opens what is no text, for which the sidebar says so.
    await vscode.commands.executeCommand('vscode.open', uri, { preview: true, preserveFocus });
    await shown;
  }

  async step(direction: 'next' | 'previous', options: { readonly preserveFocus: boolean }): Promise<void> {
    await this.#parts.startQueue();
    const uri = this.#parts.queue.step(this.#follower.target?.noteId, direction);
    if (uri === undefined) {
      throw new UserError(
        direction === 'next' ? 'This is the last note of the list.' : 'This is the first note of the list.',
      );
    }
    await this.open(uri, options);
  }

  /** Lets the page decide, so that what is decided is what the reviewer sees there. */
  async decide(command: DecisionCommand): Promise<void> {
    const { target, prediction } = this.session;
    if (target === undefined || prediction === undefined) {
      throw new UserError('Triage the note first, then decide about it.');
    }
    this.#refuseOtherNoteInEditor();
    const there = await this.#parts.view.reveal({ preserveFocus: command === 'accept' || command === 'reject' });
    if (!there) {
      throw new UserError('The sidebar did not open, so nothing was decided; open the Review view and try again.');
    }
    this.#page.perform(command, target.id, prediction.id);
  }

  /** Takes back the decision made last in this window, or else the one on the note on screen. */
  async undo(): Promise<void> {
    const last = this.#made.last;
    if (last !== undefined && this.session.target?.id !== last.target.id) {
      await vscode.commands.executeCommand('vscode.open', last.target.uri, { preview: true, preserveFocus: true });
      await this.#follower.show(last.target);
    }
    const { target, currentDecision } = this.session;
    if (last !== undefined && currentDecision?.sequence !== last.sequence) {
      this.#made.remove(last.sequence);
      throw new UserError(
        `Your last decision, on ${last.target.name}, does not stand any more, so it was not undone; look at the note’s decisions.`,
      );
    }
    if (target === undefined || currentDecision === undefined) throw new UserError('There is no decision to undo.');
    await this.#undo(target.id, currentDecision.sequence);
    inform(`Undone: ${target.name} is no longer ${currentDecision.action}.`);
  }

  /** What the page shows beside the note has changed. */
  push(): void {
    this.#page.push();
  }

  dispose(): void {
    this.session.cancel();
    this.#focus.dispose();
    this.#follower.dispose();
    this.#page.dispose();
  }

  #handlers(): RequestHandlers {
    const { drafts } = this.#parts;
    return {
      triage: async ({ noteId }) => {
        if (noteId === null) await this.#showEditorsDocument();
        else if (noteId !== this.session.target?.id) throw noteMoved();
        await this.session.triage();
        return null;
      },
      decide: (request) => this.#decide(request),
      undo: ({ noteId, sequence }) => this.#undo(noteId, sequence),
      explain: async (request, { id, signal }) => ({
        rationale: await this.session.explain(request, {
          signal,
          onRationale: (text) => this.#parts.view.post({ type: 'explaining', id, text }),
        }),
      }),
      keepDraft: async (draft) => {
        await drafts.keep(draft);
        return null;
      },
      dropDraft: async (text) => {
        await drafts.drop(text);
        return null;
      },
      nextNote: async () => {
        await this.step('next', { preserveFocus: true });
        return null;
      },
      previousNote: async () => {
        await this.step('previous', { preserveFocus: true });
        return null;
      },
      run: async ({ command }) => {
        await vscode.commands.executeCommand(`reason2decide.${command}`);
        return null;
      },
    };
  }

  async #decide(request: DecisionRequest): Promise<{ sequence: number; decidedAt: string }> {
    const target = this.#follower.target;
    const { sequence, decidedAt } = await this.session.decide(request);
    if (target?.id === request.noteId) this.#made.add({ target, sequence });
    return { sequence, decidedAt };
  }

  async #undo(noteId: string, sequence: number): Promise<{ sequence: number }> {
    const undone = await this.session.undo(noteId, sequence);
    this.#made.remove(sequence);
    return { sequence: undone.sequence };
  }

  async #targetToTriage(uri: vscode.Uri | undefined): Promise<DocumentTarget | undefined> {
    const editor = vscode.window.activeTextEditor;
    if (uri !== undefined && (editor === undefined || !isSame(editor.document.uri, uri))) return wholeNote(uri);
    if (editor !== undefined && canBeNote(editor.document.uri)) {
      const { document, selection } = editor;
      return selection.isEmpty || document.getText(selection).trim() === ''
        ? wholeNote(document.uri)
        : selectedPart(document, selection);
    }
    await this.#follower.follow();
    return this.#follower.target;
  }

  async #showEditorsDocument(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined || !canBeNote(document.uri)) {
      throw new Refusal('other', 'Open a note in the editor first, then triage it.');
    }
    await this.#follower.show(wholeNote(document.uri));
  }

  /** By key or palette, the reviewer may mean the note in the editor, which is not the one that the sidebar shows. */
  #refuseOtherNoteInEditor(): void {
    const inEditor = vscode.window.activeTextEditor?.document.uri;
    const target = this.#follower.target;
    if (inEditor === undefined || target === undefined || !canBeNote(inEditor) || isSame(inEditor, target.uri)) return;
    throw new UserError(
      `The editor shows ${nameOf(inEditor)} and the sidebar ${target.name}, so nothing was decided; open ${target.name} to decide about it.`,
    );
  }

  #changed(): void {
    const reviewable = this.session.target !== undefined && this.session.prediction !== undefined;
    if (reviewable !== this.#reviewable) {
      this.#reviewable = reviewable;
      void vscode.commands.executeCommand('setContext', 'reason2decide.reviewable', reviewable);
    }
    this.#page.push();
  }
}
