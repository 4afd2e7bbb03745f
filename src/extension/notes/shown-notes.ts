import type { NoteEntry } from './note-entry.ts';
import { comparisonFor, type NoteFilter, type NoteOrder, passes } from './note-order.ts';
import { SortedNotes } from './sorted-notes.ts';

/**
 * The notes that the filter lets through, in the chosen order, and the way from one to the next.
 *
 * A decision may move the note that the reviewer is at, or take it out of the list. Its place is held then: the next note
 * is still the one that followed it on screen.
 */
export class ShownNotes {
  #order: NoteOrder = 'urgency';
  #filter: ReadonlySet<NoteFilter> | undefined;
  #held: NoteEntry | undefined;
  readonly #sorted = new SortedNotes(comparisonFor('urgency'));

  get entries(): readonly NoteEntry[] {
    return this.#sorted.entries;
  }

  get order(): NoteOrder {
    return this.#order;
  }

  /** Undefined when every note is shown. */
  get filter(): ReadonlySet<NoteFilter> | undefined {
    return this.#filter;
  }

  /** Shows these notes, in this order and through this filter. */
  show(entries: Iterable<NoteEntry>, order: NoteOrder, filter: ReadonlySet<NoteFilter> | undefined): void {
    // In another order another note follows.
    if (order !== this.#order || filter !== this.#filter) this.#held = undefined;
    this.#order = order;
    this.#filter = filter;
    const shown = [...entries].filter((entry) => passes(filter, entry));
    this.#sorted.reset(shown, comparisonFor(order));
  }

  /**
   * Puts a note's new entry in the place of the old one; without a new one the note is gone.
   *
   * @returns whether a note came, went or moved.
   */
  replace(old: NoteEntry | undefined, entry: NoteEntry | undefined): boolean {
    const from = old === undefined ? undefined : this.#sorted.indexOf(old);
    if (old !== undefined) this.#sorted.remove(old);
    if (entry !== undefined && passes(this.#filter, entry)) this.#sorted.add(entry);
    const to = entry === undefined ? undefined : this.#sorted.indexOf(entry);
    return from !== to;
  }

  /** Holds the place at which a note is now, until the reviewer moves on from another note. */
  hold(entry: NoteEntry): void {
    if (this.#held?.id !== entry.id) this.#held = entry;
  }

  /** From 0; undefined when the note is not shown. */
  indexOf(entry: NoteEntry): number | undefined {
    return this.#sorted.indexOf(entry);
  }

  /** The note after this one; undefined at the end. */
  next(entry: NoteEntry): NoteEntry | undefined {
    const anchor = this.#anchorOf(entry);
    let place = this.#sorted.placeOf(anchor);
    // At its place stands the note itself, unless it moved; it may also have moved to just behind its former place.
    while (this.entries[place]?.id === entry.id) place++;
    return this.entries[place];
  }

  /** The note before this one; undefined at the beginning. */
  previous(entry: NoteEntry): NoteEntry | undefined {
    let place = this.#sorted.placeOf(this.#anchorOf(entry)) - 1;
    while (this.entries[place]?.id === entry.id) place--;
    return this.entries[place];
  }

  #anchorOf(entry: NoteEntry): NoteEntry {
    if (this.#held?.id !== entry.id) this.#held = undefined;
    return this.#held ?? entry;
  }
}
