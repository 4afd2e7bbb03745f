import type { Reading, SignWording } from './lexicon.ts';
import type { Phrase } from './read-rationale.ts';
import { type StatedNote, type StatedSign, vitalName } from './stated-note.ts';
import type { NamedVital } from './vitals.ts';
import { numbersOf, sidesOf, wordLine, wordsOf } from './words.ts';

export type ClaimKind = 'sign' | 'vital' | 'background' | 'meaning' | 'complaint';

/** One thing that a rationale says of the patient, held against the note. */
export interface Claim {
  readonly kind: ClaimKind;
  /** As the rationale puts it. */
  readonly text: string;
  readonly stands: boolean;
  /** Whether the note even words it so, in full or in short. */
  readonly sameWords: boolean;
  /** The facts of the note that it names, by the names of deciding findings. */
  readonly names: readonly string[];
}

/** Where a phrase could mean several things, the note has the choice; failing all, the first of these is meant. */
const PRECEDENCE: readonly ClaimKind[] = ['sign', 'vital', 'background', 'meaning', 'complaint'];

/** Holds a phrase of a rationale against the note; nothing for a phrase that claims nothing. */
export function judgePhrase(phrase: Phrase, note: StatedNote): Claim[] {
  const { vital, readings } = phrase;
  if (vital !== undefined) return [judgeVital(vital, phrase, note)];
  const claims = readings.flatMap((reading): Claim[][] => {
    const judged = judgeReading(reading, phrase, note);
    return judged.length === 0 ? [] : [judged];
  });
  const kindOf = (judged: readonly Claim[]) => PRECEDENCE.indexOf(judged[0]?.kind ?? 'complaint');
  const faults = (judged: readonly Claim[]) =>
    judged.filter(({ stands }) => !stands).length + judged.filter(({ sameWords }) => !sameWords).length / 4;
  const [meant = [], ...others] = claims.toSorted((a, b) => faults(a) - faults(b) || kindOf(a) - kindOf(b));
  // "Fever alone" is what a temperature amounts to, and the complaint of another note.
  const judgement = meant[0]?.kind === 'complaint' && readings.some(({ kind }) => kind === 'frame');
  if (judgement && faults(meant) > 0) return [];
  // The complaint's words can be those of a sign, too: then both are named.
  const alike = faults(meant) === 0 ? others.filter((other) => faults(other) === 0) : [];
  const names = alike.flat().flatMap((claim) => claim.names);
  return meant.map((claim) => ({ ...claim, names: [...claim.names, ...names] }));
}

function judgeReading(reading: Reading, phrase: Phrase, note: StatedNote): Claim[] {
  const words = phrase.words.join(' ');
  const claim = (kind: ClaimKind, stands: boolean, names: readonly string[] = []): Claim => ({
    kind,
    text: phrase.text,
    stands,
    sameWords: stands,
    names: stands ? names : [],
  });
  switch (reading.kind) {
    case 'sign':
      return [judgeSign(reading, phrase, note)];
    case 'vital': {
      const stands = note.vitals.get(vitalName('latest', reading.key))?.has(reading.value) === true;
      return [claim('vital', stands, [reading.key])];
    }
    case 'background': {
      const stands =
        note.background.some((known) => wordLine(known) === words) || ` ${wordLine(note.text)} `.includes(` ${words} `);
      return [claim('background', stands)];
    }
    case 'meaning': {
      if (!belongsTo(note, reading.complaint)) return [claim('meaning', false)];
      return [claim('meaning', isPresent(note, reading.id))];
    }
    case 'complaint':
      return [claim('complaint', reading.complaint === note.complaint, ['complaint'])];
    case 'frame':
      return [];
  }
}

function judgeVital({ key, value, role }: NamedVital, phrase: Phrase, note: StatedNote): Claim {
  const stands = note.vitals.get(vitalName(role, key))?.has(value) === true;
  const names = stands && role === 'latest' ? [key] : [];
  return { kind: 'vital', text: phrase.text, stands, sameWords: stands, names };
}

const belongsTo = (note: StatedNote, complaint: string | undefined) =>
  complaint === undefined || complaint === note.complaint;

function isPresent(note: StatedNote, id: string): boolean {
  return note.signs.some((stated) => stated.id === id && stated.wordings.some((wording) => wording.present));
}

/**
 * A sign stands where the note states that sign and does not deny it, or the other way round, with every number and the side
 * that the rationale gives; or where its very words stand in the note.
 */
function judgeSign(wording: SignWording, phrase: Phrase, note: StatedNote): Claim {
  const present = wording.present && !phrase.negated;
  const stated = belongsTo(note, wording.complaint)
    ? note.signs.filter((sign) => states(sign, wording, present, phrase))
    : [];
  const quoted = quotations(phrase, present, note);
  const sameWords =
    quoted.length > 0 || stated.some(({ wordings }) => wordings.some(({ template }) => template === wording.template));
  const within = note.signs.filter(({ start, end }) => quoted.some((at) => start <= at && at < end));
  return {
    kind: 'sign',
    text: phrase.text,
    stands: stated.length > 0 || quoted.length > 0,
    sameWords,
    names: [...stated, ...within].map(({ id }) => id),
  };
}

function states(stated: StatedSign, wording: SignWording, present: boolean, phrase: Phrase): boolean {
  if (stated.id !== wording.id) return false;
  const same = stated.wordings.filter((known) => known.present === present);
  if (same.length === 0) return false;
  const numbers = numbersOf(stated.words);
  if (!numbersOf(phrase.words).every((number) => numbers.includes(number))) return false;
  // Another form of the same words may leave the side out.
  if (!wording.sided || !same.some(({ sided }) => sided)) return true;
  const sides = sidesOf(stated.words);
  return sidesOf(phrase.words).every((side) => sides.includes(side));
}

const DENIAL_REACH = 2;
const DENIALS = /\b(?:no|not|denies|denied|without|w o|nil|never)\b/;

/** The places at which the note has the very words, but not where it denies them or tells of the past or of others. */
function quotations({ words, negated }: Phrase, present: boolean, note: StatedNote): number[] {
  const noteWords = wordsOf(note.text);
  return noteWords.flatMap((first, from) => {
    if (!words.every((word, offset) => noteWords[from + offset]?.text === word)) return [];
    const inside = ({ start, end }: { start: number; end: number }) => start <= first.start && first.start < end;
    if (note.elsewhere.some(inside)) return [];
    if (!present || negated) return [first.start];
    const before = noteWords.slice(Math.max(0, from - DENIAL_REACH), from).map((word) => word.text);
    if (DENIALS.test(before.join(' '))) return [];
    const denied = note.signs.some(
      (stated) => inside(stated) && stated.wordings.every((wording) => !wording.present) && stated.start < first.start,
    );
    return denied ? [] : [first.start];
  });
}
