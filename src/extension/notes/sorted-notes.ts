import type { NoteEntry } from './note-entry.ts';
import type { Comparison } from './note-order.ts';

/** Notes in a total order, which one changed note does not sort anew: it is taken out and put in at its place. */
export class SortedNotes {
  #entries: NoteEntry[] = [];
  #comparison: Comparison;

  constructor(comparison: Comparison) {
    this.#comparison = comparison;
  }

  get entries(): readonly NoteEntry[] {
    return this.#entries;
  }

  reset(entries: Iterable<NoteEntry>, comparison: Comparison): void {
    this.#comparison = comparison;
    this.#entries = [...entries].sort(comparison);
  }

  add(entry: NoteEntry): void {
    this.#entries.splice(this.placeOf(entry), 0, entry);
  }

  /** Takes out the entry that is exactly as this one in all that the order depends on. */
  remove(entry: NoteEntry): void {
    const index = this.indexOf(entry);
    if (index !== undefined) this.#entries.splice(index, 1);
  }

  /** From 0; undefined when it is not there. */
  indexOf(entry: NoteEntry): number | undefined {
    const place = this.placeOf(entry);
    return this.#entries[place]?.id === entry.id ? place : undefined;
  }

  /** How many entries come before this one, whether or not it is there itself. */
  placeOf(entry: NoteEntry): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.#entries[middle];
      if (other !== undefined && this.#comparison(other, entry) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
