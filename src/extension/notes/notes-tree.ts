import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { UserError } from '../../common/index.ts';
import type { NoteEntry } from './note-entry.ts';
import type { NoteIndex } from './note-index.ts';
import type { NotesChange } from './note-list.ts';
import { orderWords } from './note-order.ts';
import { lookOf, spokenName } from './note-words.ts';

export const notesViewId = 'reason2decide.notes';

/** The editor is slow with thousands of rows: so many are shown at first, and so many more when asked for. */
const page = 500;

/** Milliseconds for which changes are gathered before they are drawn: a batch brings many. */
const drawing = 200;

/** The row that shows more. No note has this id, for no path holds this character. */
const moreRow = '\0more';

/** The notes view: the workspace's notes in the order of the index. A row is the id of its note. */
export class NotesTree implements vscode.TreeDataProvider<string>, vscode.Disposable {
  readonly #load: () => Promise<NoteIndex>;
  readonly #failed: (error: unknown) => void;
  readonly #changed = new vscode.EventEmitter<string[] | undefined>();
  readonly #view: vscode.TreeView<string>;
  #index: NoteIndex | undefined;
  #following: vscode.Disposable | undefined;
  #rows = page;
  #undrawn = new Set<string>();
  #rearranged = false;
  #timer: NodeJS.Timeout | undefined;
  readonly #contexts = new Map<string, unknown>();

  readonly onDidChangeTreeData = this.#changed.event;

  /** @param load gives the index with its notes listed. */
  constructor(load: () => Promise<NoteIndex>, failed: (error: unknown) => void) {
    this.#load = load;
    this.#failed = failed;
    this.#view = vscode.window.createTreeView(notesViewId, { treeDataProvider: this });
    this.#view.onDidChangeVisibility(({ visible }) => {
      // While it is hidden nothing is drawn, so what changed then is drawn now.
      if (visible && this.#index !== undefined) this.#changed.fire(undefined);
    });
  }

  async getChildren(row?: string): Promise<string[]> {
    if (row !== undefined) return [];
    const index = await this.#started();
    if (index === undefined) return [];
    const rows = index.entries.slice(0, this.#rows).map(({ id }) => id);
    return index.entries.length > rows.length ? [...rows, moreRow] : rows;
  }

  getTreeItem(row: string): vscode.TreeItem {
    if (row === moreRow) return this.#moreItem();
    const entry = this.#index?.get(row);
    return entry === undefined ? new vscode.TreeItem(row) : itemOf(entry);
  }

  getParent(): undefined {
    return undefined;
  }

  /** Selects the row of a file, if the view is visible and lists it. */
  async revealFile(uri: vscode.Uri): Promise<void> {
    const noteId = uri.scheme === 'file' ? this.#index?.atPath(uri.fsPath)?.id : undefined;
    const position = noteId === undefined ? undefined : this.#index?.positionOf(noteId);
    if (!this.#view.visible || noteId === undefined || position === undefined) return;
    if (position > this.#rows) this.#show(Math.ceil(position / page) * page);
    try {
      await this.#view.reveal(noteId, { select: true, focus: false });
    } catch (error) {
      // A row that went in this very moment cannot be shown.
      if (this.#index?.positionOf(noteId) !== undefined) this.#failed(error);
    }
  }

  showMore(): void {
    this.#show(this.#rows + page);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#following?.dispose();
    this.#view.dispose();
    this.#changed.dispose();
  }

  async #started(): Promise<NoteIndex | undefined> {
    try {
      const index = await this.#load();
      this.#follow(index);
      this.#view.message = undefined;
      this.#describe(index);
      return index;
    } catch (error) {
      if (!UserError.is(error)) this.#failed(error);
      this.#view.message = UserError.is(error) ? error.message : 'The notes cannot be shown; the log tells why.';
      return undefined;
    }
  }

  #follow(index: NoteIndex): void {
    if (this.#index !== undefined) return;
    this.#index = index;
    this.#following = index.onDidChange((change) => this.#gather(change));
  }

  #gather({ noteIds, rearranged }: NotesChange): void {
    for (const id of noteIds) this.#undrawn.add(id);
    this.#rearranged ||= rearranged;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (this.#index !== undefined) this.#draw(this.#index);
    }, drawing);
  }

  #draw(index: NoteIndex): void {
    this.#describe(index);
    const drawn = [...this.#undrawn].filter((id) => (index.positionOf(id) ?? Number.POSITIVE_INFINITY) <= this.#rows);
    const rearranged = this.#rearranged;
    this.#undrawn = new Set();
    this.#rearranged = false;
    if (!this.#view.visible) return;
    if (rearranged) this.#changed.fire(undefined);
    else if (drawn.length > 0) this.#changed.fire(drawn);
  }

  #describe(index: NoteIndex): void {
    const { size, toReview, filter, order, entries } = index;
    const isFiltered = filter !== undefined;
    const shown = isFiltered ? `${entries.length} of ${size}, ` : '';
    this.#view.description = size === 0 ? '' : `${shown}${orderWords[order]}`;
    const tooltip = `${toReview} ${toReview === 1 ? 'note' : 'notes'} still to review`;
    this.#view.badge = toReview === 0 ? undefined : { value: toReview, tooltip };
    const welcome = entries.length > 0 ? 'some' : isFiltered && size > 0 ? 'filtered' : 'none';
    this.#setContext('reason2decide.notesShown', welcome);
    this.#setContext('reason2decide.notesFiltered', isFiltered);
  }

  #setContext(name: string, value: unknown): void {
    if (this.#contexts.get(name) === value) return;
    this.#contexts.set(name, value);
    void vscode.commands.executeCommand('setContext', name, value);
  }

  #show(rows: number): void {
    this.#rows = rows;
    this.#changed.fire(undefined);
  }

  #moreItem(): vscode.TreeItem {
    const rest = (this.#index?.entries.length ?? 0) - this.#rows;
    const item = new vscode.TreeItem(`Show ${Math.min(page, rest)} more`);
    item.description = `${rest} further down`;
    item.iconPath = new vscode.ThemeIcon('ellipsis');
    item.command = { command: 'reason2decide.notes.showMore', title: 'Show More Notes' };
    return item;
  }
}

function itemOf(entry: NoteEntry): vscode.TreeItem {
  const look = lookOf(entry);
  const uri = vscode.Uri.file(entry.path);
  const folder = dirname(entry.id);
  const item = new vscode.TreeItem(entry.name);
  item.id = entry.id;
  // Its decoration is the badge, here as in the explorer.
  item.resourceUri = uri;
  item.description = folder === '.' ? look.description : `${look.description} · ${folder}`;
  item.tooltip = [entry.id, ...look.explanation].join('\n');
  item.iconPath = new vscode.ThemeIcon(
    look.icon,
    look.colour === undefined ? undefined : new vscode.ThemeColor(look.colour),
  );
  item.accessibilityInformation = { label: spokenName(entry) };
  item.contextValue = entry.state;
  item.command = {
    command: 'vscode.open',
    title: 'Open Note',
    arguments: [uri, { preview: true, preserveFocus: true }],
  };
  return item;
}
