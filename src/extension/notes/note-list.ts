import { Listeners, type Registration } from '../listeners.ts';
import type { NoteState } from '../sidebar/messages.ts';
import { type NoteEntry, needsReview, sameEntry } from './note-entry.ts';
import type { NoteFilter, NoteOrder } from './note-order.ts';
import { ShownNotes } from './shown-notes.ts';

/** What changed in a list of notes. */
export interface NotesChange {
  /** The notes that show something else now, or are gone. */
  readonly noteIds: readonly string[];
  /** Whether notes came, went or moved in the shown order. */
  readonly rearranged: boolean;
}

/** Milliseconds for which changes are gathered before they are told. */
const gathering = 50;

/** The notes and what is shown of them: their order, their filter, and the way from one to the next. */
export class NoteList {
  readonly #entries = new Map<string, NoteEntry>();
  readonly #notesOfHash = new Map<string, Set<string>>();
  readonly #shown = new ShownNotes();
  readonly #changes = new Listeners<NotesChange>();
  #toReview = 0;
  #changedIds = new Set<string>();
  #rearranged = false;
  #timer: NodeJS.Timeout | undefined;

  /** The shown notes in the shown order. */
  get entries(): readonly NoteEntry[] {
    return this.#shown.entries;
  }

  /** All notes, whatever the filter, in no certain order. */
  get all(): Iterable<NoteEntry> {
    return this.#entries.values();
  }

  /** How many notes there are, whatever the filter. */
  get size(): number {
    return this.#entries.size;
  }

  /** How many of them nobody has decided about as they are now. */
  get toReview(): number {
    return this.#toReview;
  }

  get order(): NoteOrder {
    return this.#shown.order;
  }

  set order(order: NoteOrder) {
    this.#shown.show(this.all, order, this.filter);
    this.#tell(undefined, true);
  }

  /** Undefined when every note is shown. */
  get filter(): ReadonlySet<NoteFilter> | undefined {
    return this.#shown.filter;
  }

  set filter(filter: ReadonlySet<NoteFilter> | undefined) {
    this.#shown.show(this.all, this.order, filter);
    this.#tell(undefined, true);
  }

  get(noteId: string): NoteEntry | undefined {
    return this.#entries.get(noteId);
  }

  /** Undefined for what is no note of the workspace. */
  state(noteId: string): NoteState | undefined {
    return this.get(noteId)?.state;
  }

  /** The shown note after this one; the first, from outside the list; undefined at the end. */
  next(noteId: string): NoteEntry | undefined {
    const entry = this.get(noteId);
    return entry === undefined ? this.entries[0] : this.#shown.next(entry);
  }

  /** The shown note before this one; undefined at the beginning and from outside the list. */
  previous(noteId: string): NoteEntry | undefined {
    const entry = this.get(noteId);
    return entry === undefined ? undefined : this.#shown.previous(entry);
  }

  /** From 1, in the shown order; undefined for a note that is not shown. */
  positionOf(noteId: string): number | undefined {
    const entry = this.get(noteId);
    const index = entry === undefined ? undefined : this.#shown.indexOf(entry);
    return index === undefined ? undefined : index + 1;
  }

  /** Hears of changes, gathered for some milliseconds. */
  onDidChange(listener: (change: NotesChange) => void): Registration {
    return this.#changes.add(listener);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  /** The notes whose text has this hash. */
  protected withHash(noteHash: string): Iterable<string> {
    return [...(this.#notesOfHash.get(noteHash) ?? [])];
  }

  /** Holds the note's place: what follows it on screen stays its next note, wherever it moves. */
  protected holdPlace(entry: NoteEntry): void {
    this.#shown.hold(entry);
  }

  protected putEntry(entry: NoteEntry): void {
    const old = this.#entries.get(entry.id);
    if (old !== undefined && sameEntry(old, entry)) return;
    this.#leave(old);
    this.#enter(entry);
    this.#tell(entry.id, this.#shown.replace(old, entry));
  }

  protected removeEntry(noteId: string): void {
    const old = this.#entries.get(noteId);
    if (old === undefined) return;
    this.#leave(old);
    this.#tell(noteId, this.#shown.replace(old, undefined));
  }

  /** Has these entries and no others, which is quicker than one by one where many changed. */
  protected resetEntries(entries: Iterable<NoteEntry>): void {
    const before = new Map(this.#entries);
    this.#entries.clear();
    this.#notesOfHash.clear();
    this.#toReview = 0;
    for (const entry of entries) {
      this.#enter(entry);
      const old = before.get(entry.id);
      before.delete(entry.id);
      if (old === undefined || !sameEntry(old, entry)) this.#changedIds.add(entry.id);
    }
    for (const gone of before.keys()) this.#changedIds.add(gone);
    this.#shown.show(this.all, this.order, this.filter);
    this.#tell(undefined, true);
  }

  #enter(entry: NoteEntry): void {
    this.#entries.set(entry.id, entry);
    if (needsReview(entry)) this.#toReview++;
    if (entry.noteHash === undefined) return;
    const ids = this.#notesOfHash.get(entry.noteHash);
    if (ids === undefined) this.#notesOfHash.set(entry.noteHash, new Set([entry.id]));
    else ids.add(entry.id);
  }

  #leave(entry: NoteEntry | undefined): void {
    if (entry === undefined) return;
    this.#entries.delete(entry.id);
    if (needsReview(entry)) this.#toReview--;
    if (entry.noteHash === undefined) return;
    const ids = this.#notesOfHash.get(entry.noteHash);
    ids?.delete(entry.id);
    if (ids?.size === 0) this.#notesOfHash.delete(entry.noteHash);
  }

  #tell(noteId: string | undefined, rearranged: boolean): void {
    if (noteId !== undefined) this.#changedIds.add(noteId);
    this.#rearranged ||= rearranged;
    this.#timer ??= setTimeout(() => {
      const change = { noteIds: [...this.#changedIds], rearranged: this.#rearranged };
      this.#timer = undefined;
      this.#changedIds = new Set();
      this.#rearranged = false;
      this.#changes.fire(change);
    }, gathering);
  }
}
