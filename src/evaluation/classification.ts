import { UserError } from '../common/index.ts';
import { type Acuity, acuityMetrics } from './acuity.ts';

/** One label of a label set, as the metrics need it: its text and, where the labels are ordered, its level (1 most urgent). */
export interface MetricLabel {
  readonly text: string;
  readonly level?: number | null | undefined;
}

/** How well one label is recognised. A ratio whose denominator is zero counts as 0. */
export interface LabelMetrics {
  readonly label: string;
  readonly level: number | null;
  /** How many examples have this label as gold. */
  readonly support: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** `counts[g][p]`: how many examples with gold label `labels[g]` were given the label `labels[p]`. */
export interface ConfusionMatrix {
  readonly labels: readonly string[];
  readonly counts: readonly (readonly number[])[];
}

export interface ClassificationMetrics extends Acuity {
  readonly n: number;
  readonly accuracy: number;
  /** Mean F1 over the labels that occur as gold or as prediction. */
  readonly macroF1: number;
  /** One entry for every label of the set, in the set's order, whether it occurs or not. */
  readonly perLevel: readonly LabelMetrics[];
  readonly confusion: ConfusionMatrix;
}

/**
 * Compares predicted labels with gold labels.
 *
 * Precision, recall and F1 = 2·TP / (2·TP + FP + FN) are those of scikit-learn's `precision_recall_fscore_support` with
 * `zero_division=0`; macro-F1 is its `f1_score(average='macro', zero_division=0)`. Under-triage, over-triage and the other
 * measures on levels are described in `Acuity`; they are null unless every label of the set has a level.
 *
 * @param labels the whole label set, without repeats.
 * @param gold label texts, one an example.
 * @param predicted label texts, in the order of `gold`.
 * @throws UserError when there is no example, or a text that is not in the label set.
 * @throws RangeError when `gold` and `predicted` differ in length.
 */
export function classificationMetrics(
  labels: readonly MetricLabel[],
  gold: readonly string[],
  predicted: readonly string[],
): ClassificationMetrics {
  return classificationOfCounts(labels, countPairs(labels, gold, predicted));
}

/**
 * The same from confusion counts, gold by predicted, in the order of `labels`.
 *
 * @throws UserError when they count no example.
 */
export function classificationOfCounts(
  labels: readonly MetricLabel[],
  counts: readonly (readonly number[])[],
): ClassificationMetrics {
  const n = sum(counts.map(sum));
  if (n === 0) throw new UserError('There is no example to evaluate; give data with at least one.');
  const perLevel = labels.map((label, index) => labelMetrics(label, index, counts));
  const occurring = perLevel.filter((metrics, index) => metrics.support > 0 || columnSum(counts, index) > 0);
  return {
    n,
    accuracy: sum(counts.map((row, index) => row[index] ?? 0)) / n,
    macroF1: sum(occurring.map((metrics) => metrics.f1)) / occurring.length,
    perLevel,
    confusion: { labels: labels.map((label) => label.text), counts },
    ...acuityMetrics(
      labels.map((label) => label.level ?? null),
      counts,
    ),
  };
}

function countPairs(
  labels: readonly MetricLabel[],
  gold: readonly string[],
  predicted: readonly string[],
): readonly (readonly number[])[] {
  if (gold.length !== predicted.length) {
    throw new RangeError(`${gold.length} gold labels but ${predicted.length} predictions`);
  }
  const indexOf = labelIndices(labels);
  const counts = labels.map(() => new Array<number>(labels.length).fill(0));
  for (const [example, text] of gold.entries()) {
    const row = counts[labelIndex(indexOf, text, example, 'gold')];
    const column = labelIndex(indexOf, predicted[example], example, 'predicted');
    if (row) row[column] = (row[column] ?? 0) + 1;
  }
  return counts;
}

/** The place of each label text in the label set. */
export function labelIndices(labels: readonly MetricLabel[]): ReadonlyMap<string, number> {
  return new Map(labels.map((label, index) => [label.text, index]));
}

/**
 * @param example counted from 0.
 * @throws UserError when the text is none of the labels.
 */
export function labelIndex(
  indexOf: ReadonlyMap<string, number>,
  text: string | undefined,
  example: number,
  role: 'gold' | 'predicted',
): number {
  const index = text === undefined ? undefined : indexOf.get(text);
  if (index === undefined) {
    const known = [...indexOf.keys()].join(', ');
    throw new UserError(`The ${role} label of example ${example + 1} is not in the label set; use one of: ${known}.`);
  }
  return index;
}

function labelMetrics(label: MetricLabel, index: number, counts: readonly (readonly number[])[]): LabelMetrics {
  const truePositives = counts[index]?.[index] ?? 0;
  const support = sum(counts[index] ?? []);
  const predictions = columnSum(counts, index);
  return {
    label: label.text,
    level: label.level ?? null,
    support,
    precision: ratio(truePositives, predictions),
    recall: ratio(truePositives, support),
    f1: ratio(2 * truePositives, support + predictions),
  };
}

function ratio(numerator: number, denominator: number): number {
  return denominator === 0 ? 0 : numerator / denominator;
}

function columnSum(counts: readonly (readonly number[])[], index: number): number {
  return sum(counts.map((row) => row[index] ?? 0));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
