import { Random, UserError } from '../common/index.ts';
import type { MetricLabel } from './classification.ts';
import type { LabelMeasure } from './evaluation.ts';
import type { EvaluationFile, JudgedExample } from './evaluation-file.ts';
import { estimate, type Interval, type SummedStatistics } from './intervals.ts';
import { LabelSummation } from './label-measures.ts';
import { type McNemar, mcnemar } from './mcnemar.ts';

/** The second model's measure less the first's. */
export interface Difference {
  readonly value: number | null;
  /** 95 % bootstrap interval, both models on the same resamples: without 0 in it the difference is beyond noise. */
  readonly interval: Interval | null;
}

/** How two models differ on the same examples. */
export interface ModelComparison {
  readonly examples: number;
  /** Examples that the first model alone gets right. */
  readonly onlyFirstRight: number;
  readonly onlySecondRight: number;
  readonly mcnemar: McNemar;
  readonly differences: Readonly<Record<LabelMeasure, Difference>>;
}

const labelMeasures: readonly LabelMeasure[] = [
  'accuracy',
  'macroF1',
  'underTriage',
  'overTriage',
  'quadraticKappa',
  'urgentRecall',
  'calibrationError',
];

/**
 * Compares two models' evaluations on the same examples.
 *
 * @throws UserError when they were made on other examples, or with other labels.
 */
export function compareEvaluations(first: EvaluationFile, second: EvaluationFile): ModelComparison {
  const texts = (file: EvaluationFile) => file.labels.map(({ text, level }) => `${level ?? '–'} ${text}`).join(', ');
  if (texts(first) !== texts(second)) {
    throw new UserError(
      `The two evaluations have other labels (${texts(first)}; ${texts(second)}); compare models of one label set.`,
    );
  }
  return compareJudged(first.labels, first.examples, second.examples);
}

/**
 * The same from what the models said of each example, in the same order.
 *
 * @throws UserError when the examples are not the same.
 */
export function compareJudged(
  labels: readonly MetricLabel[],
  first: readonly JudgedExample[],
  second: readonly JudgedExample[],
): ModelComparison {
  const same = first.length === second.length && first.every(({ id, gold }, i) => isSame(second[i], id, gold));
  if (!same || first.length === 0) {
    throw new UserError('The two evaluations were not made on the same examples; evaluate both models on one file.');
  }
  const right = (examples: readonly JudgedExample[], i: number) => examples[i]?.predicted === examples[i]?.gold;
  const onlyFirstRight = first.filter((_, i) => right(first, i) && !right(second, i)).length;
  const onlySecondRight = first.filter((_, i) => right(second, i) && !right(first, i)).length;
  const { values, intervals } = estimate(
    difference(new LabelSummation(labels, first), new LabelSummation(labels, second)),
    new Random(1),
  );
  const differences = labelMeasures.map((name) => [name, { value: values[name], interval: intervals[name] }] as const);
  return {
    examples: first.length,
    onlyFirstRight,
    onlySecondRight,
    mcnemar: mcnemar(onlyFirstRight, onlySecondRight),
    differences: Object.fromEntries(differences) as Record<LabelMeasure, Difference>,
  };
}

function isSame(example: JudgedExample | undefined, id: string, gold: string): boolean {
  return example?.id === id && example.gold === gold;
}

/** The sums of both models beside each other, and the differences of their measures. */
function difference(first: LabelSummation, second: LabelSummation): SummedStatistics<LabelMeasure> {
  return {
    count: first.count,
    width: first.width + second.width,
    add(example, sums) {
      first.add(example, sums.subarray(0, first.width));
      second.add(example, sums.subarray(first.width));
    },
    statistics(sums) {
      const before = first.statistics(sums.subarray(0, first.width));
      const after = second.statistics(sums.subarray(first.width));
      const entries = labelMeasures.map((name) => [name, subtract(after[name], before[name])] as const);
      return Object.fromEntries(entries) as Record<LabelMeasure, number | null>;
    },
  };
}

function subtract(after: number | null, before: number | null): number | null {
  return after === null || before === null ? null : after - before;
}
