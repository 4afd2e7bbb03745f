import type { Example } from '../example.ts';

/** How a set of numbers is spread. */
export interface Spread {
  readonly least: number;
  readonly median: number;
  /** 95 % are at most this. */
  readonly nearlyAll: number;
  readonly most: number;
}

export interface ExampleStatistics {
  readonly count: number;
  /** How many examples each label, style, complaint and rationale source has, the most frequent first. */
  readonly labels: Readonly<Record<string, number>>;
  readonly styles: Readonly<Record<string, number>>;
  readonly complaints: Readonly<Record<string, number>>;
  readonly sources: Readonly<Record<string, number>>;
  /** Words. */
  readonly noteWords: Spread;
  readonly rationaleWords: Spread;
  /** How many different words all the notes together use, digits left out and case ignored. */
  readonly vocabulary: number;
  /** Notes that repeat an earlier one word for word. */
  readonly duplicates: number;
  /** Notes that repeat an earlier one but for digits, case and punctuation. */
  readonly nearDuplicates: number;
  /** Pairs of ids of near-duplicates, at most as many as asked for. */
  readonly nearDuplicatePairs: readonly (readonly [string, string])[];
}

const WORD = /[\p{L}\p{N}]+/gu;

/** A note without what varies most easily: digits become one sign, case and punctuation go. */
function outline(question: string): string {
  return (question.toLowerCase().match(WORD) ?? []).join(' ').replaceAll(/\d+/g, '0');
}

/**
 * Counts and measures examples, and finds notes that repeat another.
 *
 * @param pairs how many pairs of near-duplicates to name
 */
export function describeExamples(examples: Iterable<Example>, pairs = 10): ExampleStatistics {
  const labels = new Map<string, number>();
  const styles = new Map<string, number>();
  const complaints = new Map<string, number>();
  const sources = new Map<string, number>();
  const noteWords: number[] = [];
  const rationaleWords: number[] = [];
  const vocabulary = new Set<string>();
  const notes = new Set<string>();
  const outlines = new Map<string, string>();
  const nearDuplicatePairs: (readonly [string, string])[] = [];
  let [count, duplicates, nearDuplicates] = [0, 0, 0];
  for (const example of examples) {
    const id = example.id ?? String(count + 1);
    count++;
    countIn(labels, example.label);
    countIn(styles, example.style);
    countIn(complaints, example.complaint);
    countIn(sources, example.rationale_source);
    noteWords.push(wordsOf(example.question));
    rationaleWords.push(wordsOf(example.rationale));
    for (const word of example.question.toLowerCase().match(/\p{L}{2,}/gu) ?? []) vocabulary.add(word);
    const key = outline(example.question);
    const earlier = outlines.get(key);
    if (notes.has(example.question)) duplicates++;
    else if (earlier !== undefined) {
      nearDuplicates++;
      if (nearDuplicatePairs.length < pairs) nearDuplicatePairs.push([earlier, id]);
    }
    notes.add(example.question);
    if (earlier === undefined) outlines.set(key, id);
  }
  return {
    count,
    labels: byFrequency(labels),
    styles: byFrequency(styles),
    complaints: byFrequency(complaints),
    sources: byFrequency(sources),
    noteWords: spreadOf(noteWords),
    rationaleWords: spreadOf(rationaleWords),
    vocabulary: vocabulary.size,
    duplicates,
    nearDuplicates,
    nearDuplicatePairs,
  };
}

function countIn(counts: Map<string, number>, name: string | undefined): void {
  if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
}

function wordsOf(text: string): number {
  return text.trim() === '' ? 0 : text.trim().split(/\s+/).length;
}

function byFrequency(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].toSorted((a, b) => b[1] - a[1]));
}

function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { least: at(0), median: at(0.5), nearlyAll: at(0.95), most: at(1) };
}
