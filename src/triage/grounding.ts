import { keepsToNumbers, withoutCutNumber, writtenNumbers } from './grounded-numbers.ts';
import { keepsToWords, NoteWords, type OwnWords } from './grounded-words.ts';
import { repeatsItself, wholeSentences } from './repetition.ts';

/** What the rationale of one note may say: numbers of the note, words of the note and of its own kind, and nothing twice. */
export class Grounding {
  readonly #numbers: ReadonlySet<string>;
  readonly #words: NoteWords;
  readonly #own: OwnWords | undefined;

  /** @param own undefined where any word may stand in a rationale. */
  constructor(note: string, own: OwnWords | undefined) {
    this.#numbers = writtenNumbers(note);
    this.#words = new NoteWords(note);
    this.#own = own;
  }

  /** Whether a rationale may go on after this, and so far says nothing that it may not. */
  mayGoOn(text: string): boolean {
    return this.#keeps(text, false) && !repeatsItself(text);
  }

  /** Whether it may begin so; its last number and its last word may still grow. */
  mayBegin(text: string): boolean {
    return this.#keeps(text, false);
  }

  /** Whether this may be all of it. */
  isWhole(text: string): boolean {
    return this.#keeps(text, true) && !repeatsItself(text);
  }

  /** What stands of a text that was cut off, or had to end because nothing that may be said came next. */
  mended(text: string): string {
    return wholeSentences(withoutCutNumber(text, this.#numbers));
  }

  #keeps(text: string, whole: boolean): boolean {
    if (!keepsToNumbers(text, this.#numbers, whole)) return false;
    return this.#own === undefined || keepsToWords(text, this.#words, this.#own, whole);
  }
}
