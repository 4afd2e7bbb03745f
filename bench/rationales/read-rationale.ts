import type { Lexicon, Reading } from './lexicon.ts';
import type { StatedNote } from './stated-note.ts';
import { ALERTNESS, type NamedVital, namedVitals } from './vitals.ts';
import { shapeOf, type Word, wordsOf } from './words.ts';

/** A phrase of a rationale: a vital sign with its value, or one that the lexicon knows. */
export interface Phrase {
  readonly start: number;
  readonly end: number;
  /** As it stands there. */
  readonly text: string;
  /** In lower case. */
  readonly words: readonly string[];
  /** True where the word before denies it. */
  readonly negated: boolean;
  readonly vital?: NamedVital;
  /** What it can mean; empty for a vital sign with its value. */
  readonly readings: readonly Reading[];
}

/** A rationale taken apart. */
export interface ReadRationale {
  /** In the order of the text, without overlap. */
  readonly phrases: readonly Phrase[];
  readonly wordCount: number;
  /** The stretches that no phrase covers, which may state anything, and how many words they have in all. */
  readonly unread: readonly string[];
  readonly unreadWordCount: number;
}

const NEGATIONS: ReadonlySet<string> = new Set(['no', 'not', 'denies', 'denied', 'without', 'nil', 'never']);

/**
 * Takes the rationale of a note apart into phrases that the lexicon knows, and the note's own words for its complaint, on word
 * boundaries; where two overlap, the longer one counts.
 */
export function readRationale(text: string, note: StatedNote, lexicon: Lexicon): ReadRationale {
  const words = wordsOf(text);
  const candidates = [...vitalPhrases(text), ...knownPhrases(text, words, note, lexicon)];
  const taken = new Array<boolean>(text.length).fill(false);
  const phrases: Phrase[] = [];
  for (const phrase of candidates.toSorted((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start)) {
    if (taken.slice(phrase.start, phrase.end).includes(true)) continue;
    taken.fill(true, phrase.start, phrase.end);
    phrases.push(phrase);
  }
  phrases.sort((a, b) => a.start - b.start);
  const finished = phrases.map((phrase) => withNegation(phrase, words, taken));
  const unread = words.filter((word) => !taken[word.start]);
  return {
    phrases: finished,
    wordCount: words.length,
    unread: stretches(text, words, unread),
    unreadWordCount: unread.length,
  };
}

function vitalPhrases(text: string): Phrase[] {
  return namedVitals(text).map((vital) => ({
    start: vital.start,
    end: vital.end,
    text: text.slice(vital.start, vital.end),
    words: wordsOf(text.slice(vital.start, vital.end)).map((word) => word.text),
    negated: false,
    vital,
    readings: [],
  }));
}

function knownPhrases(text: string, words: readonly Word[], note: StatedNote, lexicon: Lexicon): Phrase[] {
  const { complaint, complaintShapes } = note;
  const longest = Math.max(lexicon.longest, ...[...complaintShapes].map((shape) => shape.split(' ').length + 1));
  const told: Reading = { kind: 'complaint', complaint };
  return spans(text, words, longest, (shape) => {
    const readings = [...lexicon.readings(shape), ...alertnessReadings(shape)];
    return complaintShapes.has(shape.replace(/ alone$/, '')) ? [told, ...readings] : readings;
  });
}

function alertnessReadings(shape: string): Reading[] {
  return ALERTNESS.filter((known) => known.shape === shape).map(
    ({ alertness }): Reading => ({ kind: 'vital', key: 'consciousness', value: alertness }),
  );
}

/** Every run of words within a sentence that can mean something. */
function spans(
  text: string,
  words: readonly Word[],
  longest: number,
  readingsOf: (shape: string) => readonly Reading[],
): Phrase[] {
  return words.flatMap((first, from) =>
    words.slice(from, from + longest).flatMap((last, more): Phrase[] => {
      if (/[.!?]\s/.test(text.slice(first.start, last.start))) return [];
      const run = words.slice(from, from + more + 1).map((word) => word.text);
      const readings = readingsOf(shapeOf(run));
      if (readings.length === 0) return [];
      return [
        {
          start: first.start,
          end: last.end,
          text: text.slice(first.start, last.end),
          words: run,
          negated: false,
          readings,
        },
      ];
    }),
  );
}

/** A finding behind a "no" that no longer phrase explains is denied, and the "no" belongs to it. */
function withNegation(phrase: Phrase, words: readonly Word[], taken: boolean[]): Phrase {
  const affirmed = phrase.readings.some((reading) => reading.kind === 'sign' && reading.present);
  const before = words.findLast((word) => word.end <= phrase.start);
  if (!affirmed || before === undefined || !NEGATIONS.has(before.text)) return phrase;
  taken.fill(true, before.start, before.end);
  return {
    ...phrase,
    negated: true,
    start: before.start,
    text: `${before.text} ${phrase.text}`,
    words: [before.text, ...phrase.words],
  };
}

function stretches(text: string, words: readonly Word[], unread: readonly Word[]): string[] {
  const found: { start: number; end: number; last: number }[] = [];
  for (const word of unread) {
    const index = words.indexOf(word);
    const open = found.at(-1);
    if (open !== undefined && open.last === index - 1) Object.assign(open, { end: word.end, last: index });
    else found.push({ start: word.start, end: word.end, last: index });
  }
  return found.map(({ start, end }) => text.slice(start, end));
}
