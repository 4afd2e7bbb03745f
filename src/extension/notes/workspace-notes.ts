import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { notesGlob, touches } from '../settings.ts';
import type { NotePlaces } from './note-files.ts';

/** Milliseconds to wait for more of other windows' writing before it is read. */
const gathering = 500;

/** What is told of the workspace's files. */
export interface WorkspaceEvents {
  /** Something came, went or changed at this path. */
  fileChanged(path: string): void;
  /** Where the notes are, or which files are notes, is different now. */
  placesChanged(): void;
  /** Another window may have written decisions or predictions. */
  othersMayHaveWritten(): void;
}

/** Where the workspace's notes are, by its folders and settings, and what happens to them. */
export class WorkspaceNotes implements vscode.Disposable {
  readonly #events: WorkspaceEvents;
  readonly #subscriptions: vscode.Disposable[] = [];
  #watchers: vscode.Disposable[] = [];
  #places: NotePlaces | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** @param databases the files in which decisions and predictions are kept, by every window. */
  constructor(databases: readonly string[], events: WorkspaceEvents) {
    this.#events = events;
    this.#subscriptions.push(
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#moved(databases)),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (touches(event, 'notes') || event.affectsConfiguration('files.exclude')) this.#moved(databases);
      }),
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) events.othersMayHaveWritten();
      }),
    );
    this.#watch(databases);
  }

  get places(): NotePlaces {
    this.#places ??= {
      roots: folders().map(({ uri }) => uri.fsPath),
      pattern: notesGlob(),
      excluded: Object.entries(vscode.workspace.getConfiguration('files').get<Record<string, unknown>>('exclude') ?? {})
        .filter(([, isExcluded]) => isExcluded === true)
        .map(([pattern]) => pattern),
    };
    return this.#places;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const each of [...this.#watchers, ...this.#subscriptions]) each.dispose();
  }

  #moved(databases: readonly string[]): void {
    this.#places = undefined;
    this.#watch(databases);
    this.#events.placesChanged();
  }

  #watch(databases: readonly string[]): void {
    for (const watcher of this.#watchers) watcher.dispose();
    // All files, not the notes' pattern alone: a folder that goes takes its notes with it and tells only of itself.
    const notes = folders().map((folder) => this.#watcher(folder, '**', (path) => this.#events.fileChanged(path)));
    const kept = new Set(databases.map((file) => dirname(file)));
    const others = [...kept].map((folder) => this.#watcher(vscode.Uri.file(folder), '*', () => this.#gather()));
    this.#watchers = [...notes, ...others];
  }

  #watcher(base: vscode.WorkspaceFolder | vscode.Uri, pattern: string, tell: (path: string) => void) {
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(base, pattern));
    const heard = (uri: vscode.Uri) => tell(uri.fsPath);
    return vscode.Disposable.from(
      watcher,
      watcher.onDidCreate(heard),
      watcher.onDidChange(heard),
      watcher.onDidDelete(heard),
    );
  }

  #gather(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#events.othersMayHaveWritten();
    }, gathering);
  }
}

function folders(): readonly vscode.WorkspaceFolder[] {
  return (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
}
