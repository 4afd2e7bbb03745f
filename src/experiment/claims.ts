import type { Claim, Experiment } from './configuration.ts';
import { MEASURES, measured } from './measures.ts';
import type { RunResult } from './result-file.ts';
import { type MeanInterval, meanInterval } from './statistics.ts';

/** Whether a claim holds, by rule from the figures alone. */
export type Verdict = 'holds' | 'does not hold' | 'not shown' | 'not run yet';

export interface JudgedClaim {
  readonly claim: Claim;
  readonly verdict: Verdict;
  /** The seeds of which both runs are done, and those planned. */
  readonly seeds: number;
  readonly planned: number;
  /** The mean difference over the seeds, in favour of the claim where positive; none before two seeds are done. */
  readonly difference: MeanInterval | undefined;
}

/**
 * Judges a claim by the differences of its two variants, seed by seed, each the same seed on both sides, and their 95 % interval
 * by Student's t over the seeds.
 *
 * - better: holds when the whole interval lies above 0, does not hold when it lies below; else not shown.
 * - no worse, within a margin: holds when the whole interval lies above −margin, does not hold when it lies below.
 * - alike, within a margin: holds when the whole interval lies between −margin and margin, does not hold when it lies outside.
 *
 * Before all planned seeds are done, it is not run yet.
 */
export function judgeClaim(claim: Claim, experiment: Experiment, results: readonly RunResult[]): JudgedClaim {
  const seeds = [...new Set(experiment.runs.map(({ seed }) => seed))];
  const sign = MEASURES[claim.measure].better === 'higher' ? 1 : -1;
  const figure = (variant: string, seed: number) => {
    const result = results.find((each) => each.variant === variant && each.seed === seed);
    const evaluation = result?.tests[claim.test]?.evaluation;
    return evaluation === undefined ? undefined : measured(evaluation, claim.measure);
  };
  const differences = seeds.flatMap((seed) => {
    const [of, than] = [figure(claim.of, seed), figure(claim.than, seed)];
    return of === undefined || than === undefined ? [] : [sign * (of - than)];
  });
  const difference = differences.length < 2 ? undefined : meanInterval(differences);
  const done = differences.length === seeds.length;
  const verdict =
    done && difference?.half !== undefined ? verdictOf(claim, difference.mean, difference.half) : undefined;
  return { claim, verdict: verdict ?? 'not run yet', seeds: differences.length, planned: seeds.length, difference };
}

function verdictOf({ is, within = 0 }: Claim, mean: number, half: number): Verdict {
  const [low, high] = [mean - half, mean + half];
  switch (is) {
    case 'better':
      return low > 0 ? 'holds' : high < 0 ? 'does not hold' : 'not shown';
    case 'no worse':
      return low > -within ? 'holds' : high < -within ? 'does not hold' : 'not shown';
    case 'alike':
      if (low > -within && high < within) return 'holds';
      return low > within || high < -within ? 'does not hold' : 'not shown';
  }
}
