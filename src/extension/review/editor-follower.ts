import * as vscode from 'vscode';
import {
  canBeNote,
  type DocumentTarget,
  isNote,
  isSame,
  matchesGlob,
  openDocument,
  wholeNote,
} from './note-documents.ts';
import type { ReviewSession } from './review-session.ts';

/** Typing is followed after a pause, for a long text takes time to hash. A decision looks at the text anew anyway. */
const pauseMilliseconds = 120;

/**
 * Keeps the review on the note that the editor shows. A document that is no note leaves the review where it is, for the
 * reviewer may look something up.
 */
export class EditorFollower implements vscode.Disposable {
  readonly #session: ReviewSession;
  readonly #failed: (error: unknown) => void;
  readonly #subscriptions: vscode.Disposable[];
  /** Documents that are no notes by the setting, but were triaged all the same. */
  readonly #alsoNotes = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #target: DocumentTarget | undefined;

  constructor(session: ReviewSession, failed: (error: unknown) => void) {
    this.#session = session;
    this.#failed = failed;
    this.#subscriptions = [
      vscode.window.onDidChangeActiveTextEditor(() => void this.follow()),
      vscode.window.tabGroups.onDidChangeTabs(() => {
        if (vscode.window.activeTextEditor === undefined) void this.follow();
      }),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && this.#isShown(document.uri)) this.#refreshSoon();
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (this.#isShown(uri)) this.#refreshSoon();
      }),
    ];
  }

  /** What the review is about. */
  get target(): DocumentTarget | undefined {
    return this.#target;
  }

  /** Puts the note that the editor shows on screen, if it is one. */
  async follow(): Promise<void> {
    const uri = noteInEditor(this.#alsoNotes);
    // A part stays on screen as long as its note is.
    if (uri === undefined || this.#isShown(uri)) return;
    await this.show(wholeNote(uri));
  }

  async show(target: DocumentTarget | undefined): Promise<void> {
    if (target !== undefined) this.#alsoNotes.add(target.uri.toString());
    this.#target = target;
    try {
      await this.#session.show(target);
    } catch (error) {
      this.#failed(error);
    }
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #isShown(uri: vscode.Uri): boolean {
    return this.#target !== undefined && isSame(this.#target.uri, uri);
  }

  #refreshSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#refresh(), pauseMilliseconds);
  }

  async #refresh(): Promise<void> {
    const target = this.#target;
    const closed = target?.uri.scheme === 'untitled' && openDocument(target.uri) === undefined;
    if (closed) return await this.show(undefined);
    try {
      await this.#session.refreshText();
    } catch (error) {
      this.#failed(error);
    }
  }
}

/** The note in the active editor; a file that the editor does not show as text counts if the setting names it. */
function noteInEditor(alsoNotes: ReadonlySet<string>): vscode.Uri | undefined {
  const document = vscode.window.activeTextEditor?.document;
  if (document !== undefined) {
    const counts = canBeNote(document.uri) && (isNote(document) || alsoNotes.has(document.uri.toString()));
    return counts ? document.uri : undefined;
  }
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const uri = input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom ? input.uri : undefined;
  return uri !== undefined && canBeNote(uri) && matchesGlob(uri) ? uri : undefined;
}
