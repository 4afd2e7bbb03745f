import * as vscode from 'vscode';
import type { NoteIndex } from './note-index.ts';
import { lookOf } from './note-words.ts';

/** A file's badge: the acuity's level, and whether a reviewer agreed to it. */
export class NoteDecorations implements vscode.FileDecorationProvider, vscode.Disposable {
  readonly #index: NoteIndex;
  readonly #changed = new vscode.EventEmitter<vscode.Uri[] | undefined>();
  readonly #subscription: vscode.Disposable;

  readonly onDidChangeFileDecorations = this.#changed.event;

  constructor(index: NoteIndex) {
    this.#index = index;
    const following = index.onDidChange(({ noteIds }) => {
      const paths = noteIds.flatMap((id) => index.get(id)?.path ?? []);
      if (paths.length > 0) this.#changed.fire(paths.map((path) => vscode.Uri.file(path)));
    });
    this.#subscription = vscode.Disposable.from(
      this.#changed,
      following,
      vscode.window.registerFileDecorationProvider(this),
    );
  }

  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    if (uri.scheme !== 'file') return undefined;
    const entry = this.#index.atPath(uri.fsPath);
    if (entry === undefined) return undefined;
    const { badge, colour, explanation } = lookOf(entry);
    if (badge === undefined) return undefined;
    const decoration = new vscode.FileDecoration(
      badge,
      explanation.join(' '),
      colour === undefined ? undefined : new vscode.ThemeColor(colour),
    );
    decoration.propagate = false;
    return decoration;
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}
