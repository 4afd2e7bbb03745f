import { Random } from '../../src/common/index.ts';
import type { AnnotatedExample } from '../../src/dataset/synthetic/generate.ts';
import { bootstrapInterval, type Interval } from '../../src/evaluation/index.ts';
import { type Claim, judgePhrase } from './judge-claims.ts';
import type { Lexicon } from './lexicon.ts';
import { groundingOf } from './numbers.ts';
import { readRationale } from './read-rationale.ts';
import { stateNote } from './stated-note.ts';

/** How many of how many. */
export interface Count {
  readonly part: number;
  readonly whole: number;
}

/** What one rationale says, held against its note. */
export interface JudgedRationale {
  readonly claims: readonly Claim[];
  readonly counts: Readonly<Record<RationaleMeasure, Count>>;
  /** The stretches of the rationale that nothing here can read. */
  readonly unread: readonly string[];
}

/** What is measured of a rationale without asking the model again, in the order of a report. */
export const RATIONALE_MEASURES = {
  numbers: 'numbers that stand in the note',
  allNumbers: 'rationales with numbers, all of which stand',
  findings: 'findings named that stand in the note',
  findingsInSameWords: '  in the same words, full or short',
  vitals: '  vital signs, with this value',
  signs: '  signs, present or denied as in the note',
  background: 'past and others named that stand in the note',
  complaints: 'complaints named that are the note’s',
  meanings: 'judgements of signs that the note states',
  read: 'words that the measure can read',
  wholeRead: 'rationales of which it reads every word',
  deciding: 'deciding findings that are named',
  decidingVitals: '  vital signs and pain, with their value',
  decidingSigns: '  signs',
  decidingComplaint: '  the complaint',
  decidingAge: '  the age',
} as const;
export type RationaleMeasure = keyof typeof RATIONALE_MEASURES;

const DECIDING_VITALS: ReadonlySet<string> = new Set([
  'consciousness',
  'saturation',
  'respiratory-rate',
  'heart-rate',
  'blood-pressure',
  'temperature',
  'glucose',
  'pain',
]);

/** Holds a rationale against the note that it speaks of. */
export function judgeRationale(annotated: AnnotatedExample, rationale: string, lexicon: Lexicon): JudgedRationale {
  const note = stateNote(annotated, lexicon);
  const read = readRationale(rationale, note, lexicon);
  const claims = read.phrases.flatMap((phrase) => judgePhrase(phrase, note));
  const age = read.phrases.some(({ readings }) =>
    readings.some((reading) => reading.kind === 'frame' && reading.names === 'age'),
  );
  const named = new Set([...claims.flatMap(({ names }) => names), ...(age ? ['age'] : [])]);
  const deciding = [...new Set(annotated.example.deciding_spans?.map(({ finding }) => finding))];
  const countDeciding = (filter: (finding: string) => boolean) =>
    countOf(deciding.filter(filter), (finding) => named.has(finding));
  const countClaims = (filter: (claim: Claim) => boolean) => countOf(claims.filter(filter), ({ stands }) => stands);
  const isFinding = ({ kind }: Claim) => kind === 'vital' || kind === 'sign';
  const numbers = groundingOf({ note: note.text, rationale });
  return {
    claims,
    unread: read.unread,
    counts: {
      numbers,
      allNumbers: {
        part: numbers.whole > 0 && numbers.part === numbers.whole ? 1 : 0,
        whole: numbers.whole > 0 ? 1 : 0,
      },
      findings: countClaims(isFinding),
      findingsInSameWords: countOf(claims.filter(isFinding), ({ sameWords }) => sameWords),
      vitals: countClaims(({ kind }) => kind === 'vital'),
      signs: countClaims(({ kind }) => kind === 'sign'),
      background: countClaims(({ kind }) => kind === 'background'),
      complaints: countClaims(({ kind }) => kind === 'complaint'),
      meanings: countClaims(({ kind }) => kind === 'meaning'),
      read: { part: read.wordCount - read.unreadWordCount, whole: read.wordCount },
      wholeRead: { part: read.unreadWordCount === 0 ? 1 : 0, whole: 1 },
      deciding: countDeciding(() => true),
      decidingVitals: countDeciding((finding) => DECIDING_VITALS.has(finding)),
      decidingSigns: countDeciding(
        (finding) => !DECIDING_VITALS.has(finding) && !['complaint', 'age'].includes(finding),
      ),
      decidingComplaint: countDeciding((finding) => finding === 'complaint'),
      decidingAge: countDeciding((finding) => finding === 'age'),
    },
  };
}

function countOf<Item>(items: readonly Item[], holds: (item: Item) => boolean): Count {
  return { part: items.filter(holds).length, whole: items.length };
}

/** A share of all that was counted, from 0 to 1, and its 95 % interval; both null where nothing was counted. */
export interface Share {
  readonly value: number | null;
  readonly interval: Interval | null;
  readonly whole: number;
}

/** Puts the counts of all notes together; the interval is the bootstrap's over the notes. */
export function shareOf(counts: readonly Count[]): Share {
  const ratio = (indices: readonly number[]) => {
    let [part, whole] = [0, 0];
    for (const index of indices) {
      part += counts[index]?.part ?? 0;
      whole += counts[index]?.whole ?? 0;
    }
    return whole === 0 ? null : part / whole;
  };
  const value = ratio([...counts.keys()]);
  return {
    value,
    interval: value === null ? null : bootstrapInterval(counts.length, ratio, new Random(1)),
    whole: counts.reduce((sum, { whole }) => sum + whole, 0),
  };
}
