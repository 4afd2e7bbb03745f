/** A word: letters alone, so that HR118 has the word HR. */
const WORD = /\p{L}[\p{L}\p{M}]*/gu;
/** A word that the next token may still go on with. */
const UNFINISHED = /\p{L}[\p{L}\p{M}]*$/u;
const BETWEEN_WORDS = /^\s+$/;

/** In how many examples a word must be a rationale's own before it counts as one: a slip of the pen is none, nor is a name. */
const FEWEST_EXAMPLES = 3;
/** The share of the examples in which a word must follow a quotation before it may close one. */
const FEWEST_CLOSING = 0.001;

/** The words that rationales have of their own, as they are written. */
export interface RationaleWords {
  /** All of them. */
  readonly own: readonly string[];
  /** Those that may follow a word of the note at once, as `alone` follows in `Given chest pain alone`. */
  readonly closing: readonly string[];
}

interface WordInText {
  readonly word: string;
  /** The word before it, where nothing but space stands between. */
  readonly before: string | undefined;
}

/**
 * The words that the rationales of these examples have of their own: not from the note that they explain.
 *
 * @param examples notes with their rationales; an empty rationale says nothing.
 */
export function rationaleWordsOf(
  examples: readonly { readonly question: string; readonly rationale: string }[],
): RationaleWords {
  // A note that is shown several times is still one example.
  const explained = new Map(examples.flatMap(({ question, rationale }) => (rationale ? [[question, rationale]] : [])));
  const own = new Counts();
  for (const [question, rationale] of explained) {
    const inNote = new Set(wordsOf(question.toLowerCase()));
    own.add(wordsOf(rationale).filter((word) => !inNote.has(word.toLowerCase())));
  }
  const ownWords = new Set(own.atLeast(FEWEST_EXAMPLES));
  const closing = new Counts();
  for (const [question, rationale] of explained) {
    const note = new NoteWords(question);
    const closes = ({ word, before }: WordInText) =>
      before !== undefined && !ownWords.has(before) && ownWords.has(word) && !note.allows(word, before, false);
    closing.add([...positionsOf(rationale)].flatMap((position) => (closes(position) ? [position.word] : [])));
  }
  return {
    own: [...ownWords].toSorted(),
    closing: closing.atLeast(Math.max(FEWEST_EXAMPLES, FEWEST_CLOSING * explained.size)).toSorted(),
  };
}

/** As a manifest has them: a line each, parted by spaces. */
export interface StoredWords {
  readonly own: string;
  readonly closing: string;
}

export function storedWords({ own, closing }: RationaleWords): StoredWords {
  return { own: own.join(' '), closing: closing.join(' ') };
}

/** @param stored undefined where a manifest has none. */
export function wordsFromStore(stored: StoredWords | undefined): RationaleWords {
  const read = (words = '') => words.split(' ').filter((word) => word !== '');
  return { own: read(stored?.own), closing: read(stored?.closing) };
}

/** The words of both. */
export function bothWords(one: RationaleWords, other: RationaleWords): RationaleWords {
  const both = (of: keyof RationaleWords) => [...new Set([...one[of], ...other[of]])].toSorted();
  return { own: both('own'), closing: both('closing') };
}

/** In how many examples each word is. */
class Counts {
  readonly #counts = new Map<string, number>();

  /** The words of one example. */
  add(words: readonly string[]): void {
    for (const word of new Set(words)) this.#counts.set(word, (this.#counts.get(word) ?? 0) + 1);
  }

  atLeast(count: number): string[] {
    return [...this.#counts].flatMap(([word, examples]) => (examples < count ? [] : [word]));
  }
}

/** Words, and how they begin. */
class Vocabulary {
  readonly #words: ReadonlySet<string>;
  readonly #beginnings = new Set<string>();

  constructor(words: Iterable<string>) {
    this.#words = new Set(words);
    for (const word of this.#words) {
      for (let length = 1; length <= word.length; length++) this.#beginnings.add(word.slice(0, length));
    }
  }

  has(word: string): boolean {
    return this.#words.has(word);
  }

  /** @param mayGrow whether it is enough that one of the words begins so. */
  allows(word: string, mayGrow: boolean): boolean {
    return mayGrow ? this.#beginnings.has(word) : this.#words.has(word);
  }
}

/** A model's own words, to look up what it may write. */
export class OwnWords {
  readonly #own: Vocabulary;
  readonly #closing: Vocabulary;

  /** @param labels texts of the labels, which a rationale may always name. */
  constructor({ own, closing }: RationaleWords, labels: readonly string[]) {
    this.#own = new Vocabulary([...own, ...labels.flatMap(wordsOf)]);
    this.#closing = new Vocabulary(closing);
  }

  has(word: string): boolean {
    return this.#own.has(word);
  }

  /**
   * @param quoted whether the word before it is the note's alone.
   * @param mayGrow whether it is enough that one of the words begins so.
   */
  allows(word: string, quoted: boolean, mayGrow: boolean): boolean {
    return (quoted ? this.#closing : this.#own).allows(word, mayGrow);
  }
}

/** The words of a note, as they are written and in small letters, and which follow each other in it. */
export class NoteWords {
  readonly #words = new Set<string>();
  readonly #followers = new Map<string, Set<string>>();

  constructor(note: string) {
    for (const { word, before } of positionsOf(note)) {
      for (const form of [word, word.toLowerCase()]) {
        this.#words.add(form);
        if (before !== undefined) this.#followersOf(before).add(form);
      }
    }
  }

  /**
   * Whether a word may stand in a quotation.
   *
   * @param before the word of the note that it would follow; undefined where it may be any.
   * @param mayGrow whether it is enough that a word begins so.
   */
  allows(word: string, before: string | undefined, mayGrow: boolean): boolean {
    const words = before === undefined ? this.#words : this.#followers.get(before.toLowerCase());
    if (words === undefined || !mayGrow) return words?.has(word) ?? false;
    for (const candidate of words) {
      if (candidate.startsWith(word)) return true;
    }
    return false;
  }

  #followersOf(before: string): Set<string> {
    const key = before.toLowerCase();
    const followers = this.#followers.get(key) ?? new Set();
    this.#followers.set(key, followers);
    return followers;
  }
}

/**
 * Whether a rationale that begins like this has no word but its own kind's and the note's, and quotes the note's words in
 * their order. A model that misreads a rare word writes one that nobody has ever read, and means it for a quotation.
 *
 * @param whole true where the rationale ends here; else its last word may still grow.
 */
export function keepsToWords(rationale: string, note: NoteWords, own: OwnWords, whole: boolean): boolean {
  const isUnfinished = !whole && UNFINISHED.test(rationale);
  const words = [...positionsOf(rationale)];
  return words.every(({ word, before }, i) => {
    const mayGrow = isUnfinished && i === words.length - 1;
    // After a word of the note's alone comes the one that follows it there, or one that closes the quotation.
    const quoted = before !== undefined && !own.has(before) ? before : undefined;
    if (own.allows(word, quoted !== undefined, mayGrow)) return before !== word;
    return note.allows(word, quoted, mayGrow);
  });
}

function wordsOf(text: string): string[] {
  return text.match(WORD) ?? [];
}

function* positionsOf(text: string): Generator<WordInText, void, undefined> {
  let end = 0;
  let last: string | undefined;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    yield { word, before: BETWEEN_WORDS.test(text.slice(end, index)) ? last : undefined };
    end = index + word.length;
    last = word;
  }
}
