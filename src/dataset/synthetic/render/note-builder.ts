import type { Random } from '../../../common/index.ts';
import type { FactKey } from '../facts.ts';
import { abbreviate } from './abbreviation.ts';
import { misspell } from './spelling.ts';
import type { VitalKey } from './told-facts.ts';

/**
 * Names what a stretch of a note states: a fact that counts, or one that only stands beside it: since when, how it began,
 * how the patient came, an earlier or
 * a mistyped value, a past illness, an event that is over, another person's illness.
 */
export type NoteKey =
  | FactKey
  | 'duration'
  | 'onset'
  | 'arrival'
  | `earlier:${VitalKey}`
  | `mistyped:${VitalKey}`
  | `history:${string}`
  | `past:${string}`
  | `relative:${string}`;

/** Where a fact stands in the note: character offsets, end not included. */
export interface FactSpan {
  readonly key: NoteKey;
  readonly start: number;
  readonly end: number;
}

/** One piece of a note; with a key, the words that state that fact. */
export interface Piece {
  readonly text: string;
  readonly key?: NoteKey;
}

/** How carefully a note is written. */
export interface Handwriting {
  /** With misspelt words, as in a hurry. */
  readonly sloppy: boolean;
  /** With the ward's abbreviations for common words. */
  readonly abbreviates: boolean;
}

/** Writes a note piece by piece and remembers which characters state which fact. */
export class NoteBuilder {
  #text = '';
  readonly #spans: FactSpan[] = [];
  readonly #random: Random;
  readonly #hand: Handwriting;
  readonly #plain = new Map<NoteKey, string>();

  readonly #fillers: string[];

  /** @param fillers sentences of a long note, used up in their order. */
  constructor(random: Random, hand: Handwriting, fillers: readonly string[] = []) {
    this.#random = random;
    this.#hand = hand;
    this.#fillers = [...fillers];
  }

  get text(): string {
    return this.#text;
  }

  get spans(): readonly FactSpan[] {
    return this.#spans;
  }

  /** What was to be written of each fact, before misspelling and abbreviation. */
  get plain(): ReadonlyMap<NoteKey, string> {
    return this.#plain;
  }

  get words(): number {
    return this.#text.split(/\s+/).length;
  }

  write(text: string, key?: NoteKey): this {
    // An abbreviation such as "lac." brings the full stop of its sentence with it.
    const written = text.startsWith('.') && this.#text.endsWith('.') ? text.slice(1) : text;
    const shortened = this.#hand.abbreviates ? abbreviate(written, this.#random) : written;
    const spelt = this.#hand.sloppy ? misspell(shortened, this.#random) : shortened;
    if (key !== undefined && spelt !== '') {
      this.#spans.push({ key, start: this.#text.length, end: this.#text.length + spelt.length });
      if (!this.#plain.has(key)) this.#plain.set(key, text);
    }
    this.#text += spelt;
    return this;
  }

  /** Writes pieces with a separator between them. */
  list(pieces: readonly Piece[], separator = ', '): this {
    pieces.forEach((piece, index) => {
      if (index > 0) this.write(separator);
      this.write(piece.text, piece.key);
    });
    return this;
  }

  /** Writes `lead`, then the pieces as one sentence that starts with a capital and ends in a full stop; nothing for none. */
  sentence(pieces: readonly Piece[], lead = ''): this {
    const [first, ...rest] = pieces;
    if (first === undefined) return this;
    if (this.#text !== '') this.write(this.#text.endsWith('\n') ? '' : ' ');
    this.write(lead);
    this.list(lead === '' ? [{ ...first, text: capitalised(first.text) }, ...rest] : pieces);
    return this.stop();
  }

  /** Writes some of a long note's sentences about anything but the acuity; nothing in an ordinary note. */
  fillers(count: number): this {
    for (const text of this.#fillers.splice(0, count)) this.sentence([{ text }]);
    return this;
  }

  /** Writes on until the note has that many words. */
  fillUp(words: number): this {
    while (this.words < words && this.#fillers.length > 0) this.fillers(1);
    return this;
  }

  /** Ends a sentence, unless its last words did. */
  stop(): this {
    return /[.?!]$/.test(this.#text) ? this : this.write('.');
  }
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
