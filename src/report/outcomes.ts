import type { EvaluationFile, MetricLabel } from '../evaluation/index.ts';

/** How far predictions fell from the reference labels, in counts of examples. */
export interface Outcomes {
  readonly total: number;
  readonly exact: number;
  /** Less urgent than the reference by one level, and by more. */
  readonly underByOne: number;
  readonly underByMore: number;
  readonly overByOne: number;
  readonly overByMore: number;
}

/** What a pair of reference and predicted label is. `wrong` is a mistake between labels that have no order. */
export type Judgement = 'exact' | 'under' | 'over' | 'wrong';

/** How far prediction lies from reference in levels, positive when it is less urgent; null when they have no levels. */
export function levelsApart(gold: MetricLabel | undefined, predicted: MetricLabel | undefined): number | null {
  const [from, to] = [gold?.level ?? null, predicted?.level ?? null];
  return from === null || to === null ? null : to - from;
}

export function judgementOf(gold: MetricLabel | undefined, predicted: MetricLabel | undefined): Judgement {
  if (gold?.text === predicted?.text) return 'exact';
  const apart = levelsApart(gold, predicted);
  if (apart === null) return 'wrong';
  return apart > 0 ? 'under' : apart < 0 ? 'over' : 'wrong';
}

/** Whether every label has a level, so that a mistake has a direction. */
export function isOrdered(labels: readonly MetricLabel[]): boolean {
  return labels.every(({ level }) => (level ?? null) !== null);
}

/** Null where not every label has a level. */
export function outcomesOf({ labels, metrics }: EvaluationFile): Outcomes | null {
  if (!isOrdered(labels)) return null;
  const counted = (holds: (apart: number) => boolean) =>
    labels.reduce(
      (total, gold, row) =>
        total +
        labels.reduce(
          (sum, predicted, column) =>
            holds(levelsApart(gold, predicted) ?? 0) ? sum + (metrics.confusion.counts[row]?.[column] ?? 0) : sum,
          0,
        ),
      0,
    );
  return {
    total: metrics.n,
    exact: counted((apart) => apart === 0),
    underByOne: counted((apart) => apart === 1),
    underByMore: counted((apart) => apart > 1),
    overByOne: counted((apart) => apart === -1),
    overByMore: counted((apart) => apart < -1),
  };
}
