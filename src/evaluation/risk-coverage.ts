import type { MetricLabel } from './classification.ts';
import type { JudgedExample } from './evaluation-file.ts';

/** What happens when the model answers only where it is at least this confident, and leaves the rest to a clinician. */
export interface RiskCoveragePoint {
  /** The lowest confidence that is still answered. */
  readonly confidence: number;
  /** Share of all examples that are answered. */
  readonly coverage: number;
  /** Share of the answered examples that are wrong. */
  readonly risk: number;
  /** Share of the answered examples that are under-triaged; null where a label has no level. */
  readonly underTriage: number | null;
}

/**
 * Risk against coverage (El-Yaniv and Wiener 2010, JMLR 11:1605): one point for each distinct confidence in the predicted label,
 * from the surest examples alone to all of them, the last point.
 *
 * @param labels in the order of the examples' probabilities.
 */
export function riskCoverage(
  labels: readonly MetricLabel[],
  examples: readonly JudgedExample[],
): readonly RiskCoveragePoint[] {
  const levels = new Map(labels.map(({ text, level }) => [text, level ?? null]));
  const ordered = [...levels.values()].every((level) => level !== null);
  const places = new Map(labels.map(({ text }, index) => [text, index]));
  const sorted = examples
    .map(({ gold, predicted, probabilities }) => ({
      confidence: probabilities[places.get(predicted) ?? -1] ?? 0,
      wrong: gold !== predicted,
      under: (levels.get(predicted) ?? 0) > (levels.get(gold) ?? 0),
    }))
    .toSorted((first, second) => second.confidence - first.confidence);
  const points: RiskCoveragePoint[] = [];
  let wrong = 0;
  let under = 0;
  for (const [i, example] of sorted.entries()) {
    if (example.wrong) wrong++;
    if (example.under) under++;
    // Equally sure examples are answered together or not at all.
    if (sorted[i + 1]?.confidence === example.confidence) continue;
    points.push({
      confidence: example.confidence,
      coverage: (i + 1) / sorted.length,
      risk: wrong / (i + 1),
      underTriage: ordered ? under / (i + 1) : null,
    });
  }
  return points;
}
