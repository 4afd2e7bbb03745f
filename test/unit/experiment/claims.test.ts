import { describe, expect, it } from 'vitest';
import { judgeClaim } from '../../../src/experiment/claims.ts';
import type { Claim } from '../../../src/experiment/configuration.ts';
import type { Experiment, RunResult } from '../../../src/experiment/index.ts';
import { meanInterval, studentQuantile } from '../../../src/experiment/statistics.ts';

describe('the interval of a mean', () => {
  it('is Student’s', () => {
    // Mean 2, standard deviation 1, three values: 4.3027 / √3.
    const { mean, half } = meanInterval([1, 2, 3]);
    expect(mean).toBe(2);
    expect(half).toBeCloseTo(4.3027 / Math.sqrt(3), 4);
    expect(meanInterval([5]).half).toBeUndefined();
  });

  // Printed tables of t at 97.5 %.
  it.each([
    [2, 4.3027],
    [9, 2.2622],
    [10, 2.2281],
    [15, 2.1314],
    [30, 2.0423],
    [120, 1.9799],
  ])('has the printed quantile for %i degrees of freedom', (degrees, quantile) => {
    expect(studentQuantile(degrees)).toBeCloseTo(quantile, 3);
  });
});

const seeds = [1, 2, 3];

/** Runs of two variants whose measure is as given, seed by seed. */
function resultsOf(measure: string, values: Readonly<Record<string, readonly number[]>>): RunResult[] {
  return Object.entries(values).flatMap(([variant, figures]) =>
    figures.map(
      (figure, i) =>
        ({ variant, seed: seeds[i], tests: { notes: { evaluation: { [measure]: figure } } } }) as unknown as RunResult,
    ),
  );
}

const experiment = {
  runs: seeds.flatMap((seed) => ['new', 'old'].map((variant) => ({ variant, seed }))),
} as unknown as Experiment;

const claimOf = (changes: Partial<Claim> = {}): Claim => ({
  says: '',
  of: 'new',
  is: 'better',
  than: 'old',
  measure: 'macroF1',
  test: 'notes',
  ...changes,
});

const judged = (values: Readonly<Record<string, readonly number[]>>, changes: Partial<Claim> = {}) =>
  judgeClaim(claimOf(changes), experiment, resultsOf(claimOf(changes).measure, values));

describe('a claim', () => {
  it('compares seed by seed, so that what all variants of a seed have in common does not count', () => {
    // The seeds lie far apart, the differences are 0.02, 0.03 and 0.04: 0.03 ± 4.3027 · 0.01 / √3 = ± 0.0248.
    const { verdict, difference } = judged({ new: [0.52, 0.73, 0.94], old: [0.5, 0.7, 0.9] });
    expect(verdict).toBe('holds');
    expect(difference?.mean).toBeCloseTo(0.03, 10);
    expect(difference?.half).toBeCloseTo(0.02484, 4);
  });

  it('of being better is not shown when the interval has both signs, and does not hold when all of it is below 0', () => {
    expect(judged({ new: [0.52, 0.69, 0.94], old: [0.5, 0.7, 0.9] }).verdict).toBe('not shown');
    expect(judged({ new: [0.48, 0.67, 0.86], old: [0.5, 0.7, 0.9] }).verdict).toBe('does not hold');
  });

  it('about a measure of errors is in favour of the lower', () => {
    const values = { new: [0.1, 0.11, 0.12], old: [0.2, 0.21, 0.22] };
    expect(judged(values, { measure: 'underTriage' }).verdict).toBe('holds');
    expect(judged(values, { measure: 'accuracy' }).verdict).toBe('does not hold');
  });

  it('of being no worse, or alike, has its margin', () => {
    const slightlyWorse = { new: [0.69, 0.7, 0.71], old: [0.7, 0.71, 0.72] };
    expect(judged(slightlyWorse, { is: 'no worse', within: 0.02 }).verdict).toBe('holds');
    expect(judged(slightlyWorse, { is: 'no worse', within: 0.005 }).verdict).toBe('does not hold');
    expect(judged(slightlyWorse, { is: 'alike', within: 0.02 }).verdict).toBe('holds');
    expect(judged(slightlyWorse, { is: 'alike', within: 0.005 }).verdict).toBe('does not hold');
    const wide = { new: [0.6, 0.7, 0.8], old: [0.7, 0.71, 0.72] };
    expect(judged(wide, { is: 'no worse', within: 0.02 }).verdict).toBe('not shown');
    expect(judged(wide, { is: 'alike', within: 0.02 }).verdict).toBe('not shown');
  });

  it('is not run yet while a seed of either side is missing, however clear the rest', () => {
    expect(judged({ new: [0.9, 0.9, 0.9], old: [0.1, 0.1] })).toMatchObject({
      verdict: 'not run yet',
      seeds: 2,
      planned: 3,
    });
    expect(judged({ new: [0.9], old: [] })).toMatchObject({ verdict: 'not run yet', seeds: 0, difference: undefined });
  });

  it('about a measure that one side does not have is not run yet', () => {
    const results = resultsOf('bleu', { new: [0.3, 0.3, 0.3] });
    expect(judgeClaim(claimOf({ measure: 'bleu' }), experiment, results).verdict).toBe('not run yet');
  });
});
