import { CRITERIA, type Criterion } from './rubric.ts';
import { eachCriterion, type Scores } from './verdict.ts';
import type { VerdictRecord } from './verdict-log.ts';

/** A mean score, 1 to 5, with its interval; null where nothing was judged. */
export interface MeanScore {
  readonly mean: number | null;
  readonly interval: { readonly low: number; readonly high: number } | null;
}

export interface VerdictSummary {
  readonly judged: number;
  /** Rationales that the judge gave no verdict on: no mean counts them. */
  readonly unjudged: number;
  readonly criteria: Readonly<Record<Criterion, MeanScore>>;
  /** Of the mean of each rationale's scores. */
  readonly overall: MeanScore;
}

/** The interval of a statistic over `count` examples, as a bootstrap gives it. */
export type IntervalOf = (
  count: number,
  statistic: (indices: readonly number[]) => number | null,
) => { readonly low: number; readonly high: number } | null;

/** Averages verdicts, each rationale counting once. */
export function summarizeVerdicts(records: readonly VerdictRecord[], intervalOf: IntervalOf): VerdictSummary {
  const scores = records.flatMap((record) => record.scores ?? []);
  const summary = (scoreOf: (scores: Scores) => number): MeanScore => {
    if (scores.length === 0) return { mean: null, interval: null };
    const values = scores.map(scoreOf);
    const mean = (indices: Iterable<number>) => {
      let sum = 0;
      let count = 0;
      for (const index of indices) {
        sum += values[index] ?? 0;
        count++;
      }
      return sum / count;
    };
    return { mean: mean(values.keys()), interval: intervalOf(values.length, mean) };
  };
  const overall = (given: Scores) => CRITERIA.reduce((sum, criterion) => sum + given[criterion], 0) / CRITERIA.length;
  return {
    judged: scores.length,
    unjudged: records.length - scores.length,
    criteria: eachCriterion((criterion) => summary((given) => given[criterion])),
    overall: summary(overall),
  };
}
