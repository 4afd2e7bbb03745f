import type { PairScore } from './bert-score.ts';
import { sentenceBleu } from './bleu.ts';
import { corpusBleu, corpusBleuCounts, countForCorpusBleu } from './corpus-bleu.ts';
import type { RationaleMeasure } from './evaluation.ts';
import { countNumbers } from './grounding.ts';
import type { SummedStatistics } from './intervals.ts';
import type { RationalePair } from './rationale-pair.ts';
import { rougeL } from './rouge.ts';

/** A written rationale beside the gold one, with its note, and what the labels predicted from either alone come to. */
export interface JudgedRationale extends RationalePair {
  readonly note: string;
  /** Whether the label predicted from the written rationale is the one predicted from the note. */
  readonly consistent: boolean;
  /** Whether the label predicted from the written rationale is the gold one. */
  readonly sufficient: boolean;
  /** Whether the label predicted from the gold rationale is the gold one. */
  readonly goldRobust: boolean;
}

/** What is summed of a rationale, before the counts of corpus BLEU. */
const columns = [
  'one',
  'bleu',
  'rougeL',
  'numbers',
  'grounded',
  'consistent',
  'sufficient',
  'goldRobust',
  'bertScored',
  'bertPrecision',
  'bertRecall',
  'bertF1',
] as const;
type Column = (typeof columns)[number];

/** The measures of rationales as functions of sums over those examples that have one. */
export class RationaleSummation implements SummedStatistics<RationaleMeasure> {
  readonly width = columns.length + corpusBleuCounts;
  readonly #rows: Float64Array[] = [];

  get count(): number {
    return this.#rows.length;
  }

  push(rationale: JudgedRationale): void {
    const { reference, hypothesis, consistent, sufficient, goldRobust } = rationale;
    const numbers = countNumbers({ note: rationale.note, rationale: hypothesis });
    const values: Record<Column, number> = {
      one: 1,
      bleu: sentenceBleu(reference, hypothesis),
      rougeL: rougeL(reference, hypothesis),
      numbers: numbers.all,
      grounded: numbers.grounded,
      consistent: Number(consistent),
      sufficient: Number(sufficient),
      goldRobust: Number(goldRobust),
      bertScored: 0,
      bertPrecision: 0,
      bertRecall: 0,
      bertF1: 0,
    };
    this.#rows.push(Float64Array.from([...columns.map((column) => values[column]), ...countForCorpusBleu(rationale)]));
  }

  /** Sets the BERTScore of a rationale; null where it has none. */
  setBertScore(example: number, score: PairScore | null): void {
    const row = this.#rows[example];
    if (row === undefined || score === null) return;
    row.set([1, score.precision, score.recall, score.f1], columns.indexOf('bertScored'));
  }

  add(example: number, sums: Float64Array): void {
    const row = this.#rows[example];
    if (row === undefined) return;
    for (let i = 0; i < row.length; i++) sums[i] = (sums[i] ?? 0) + (row[i] ?? 0);
  }

  statistics(sums: Float64Array): Record<RationaleMeasure, number | null> {
    const sum = (column: Column) => sums[columns.indexOf(column)] ?? 0;
    const ratio = (part: Column, whole: Column) => (sum(whole) === 0 ? null : sum(part) / sum(whole));
    return {
      bleu: ratio('bleu', 'one'),
      corpusBleu: corpusBleu(sums.subarray(columns.length)),
      rougeL: ratio('rougeL', 'one'),
      bertPrecision: ratio('bertPrecision', 'bertScored'),
      bertRecall: ratio('bertRecall', 'bertScored'),
      bertF1: ratio('bertF1', 'bertScored'),
      groundedNumbers: ratio('grounded', 'numbers'),
      consistency: ratio('consistent', 'one'),
      sufficiency: ratio('sufficient', 'one'),
      goldRobustness: ratio('goldRobust', 'one'),
    };
  }
}

/** The measures where no example has a rationale. */
export const noRationaleMeasures: Readonly<Record<RationaleMeasure, null>> = {
  bleu: null,
  corpusBleu: null,
  rougeL: null,
  bertPrecision: null,
  bertRecall: null,
  bertF1: null,
  groundedNumbers: null,
  consistency: null,
  sufficiency: null,
  goldRobustness: null,
};
