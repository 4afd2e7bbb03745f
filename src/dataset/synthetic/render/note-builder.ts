import type { Random } from '../../../common/index.ts';
import type { FactKey } from '../facts.ts';
import { misspell } from './spelling.ts';

/** Where a fact stands in the note: character offsets, end not included. */
export interface FactSpan {
  readonly key: FactKey;
  readonly start: number;
  readonly end: number;
}

/** One piece of a note; with a key, the words that state that fact. */
export interface Piece {
  readonly text: string;
  readonly key?: FactKey;
}

/** Writes a note piece by piece and remembers which characters state which fact. */
export class NoteBuilder {
  #text = '';
  readonly #spans: FactSpan[] = [];
  readonly #random: Random;
  readonly #sloppy: boolean;

  /** @param sloppy true for a note written in a hurry, with misspelt words. */
  constructor(random: Random, sloppy: boolean) {
    this.#random = random;
    this.#sloppy = sloppy;
  }

  get text(): string {
    return this.#text;
  }

  get spans(): readonly FactSpan[] {
    return this.#spans;
  }

  write(text: string, key?: FactKey): this {
    // An abbreviation such as "lac." brings the full stop of its sentence with it.
    const written = text.startsWith('.') && this.#text.endsWith('.') ? text.slice(1) : text;
    const spelt = this.#sloppy ? misspell(written, this.#random) : written;
    if (key !== undefined) this.#spans.push({ key, start: this.#text.length, end: this.#text.length + spelt.length });
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

  /** Ends a sentence, unless its last words did. */
  stop(): this {
    return /[.?!]$/.test(this.#text) ? this : this.write('.');
  }
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
