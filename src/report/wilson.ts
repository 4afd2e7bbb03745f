import type { Interval } from '../evaluation/index.ts';

/** The normal distribution's two-sided 95 % quantile. */
const z = 1.959963984540054;

/**
 * The 95 % score interval of a share of few examples (Wilson 1927, doi 10.1080/01621459.1927.10502953): unlike the bootstrap's
 * it stays honest where all of them, or none, are right.
 *
 * @param share from 0 to 1.
 * @param count at least 1.
 */
export function wilsonInterval(share: number, count: number): Interval {
  const spread = z ** 2 / count;
  const centre = (share + spread / 2) / (1 + spread);
  const half = (z / (1 + spread)) * Math.sqrt((share * (1 - share)) / count + spread / (4 * count));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
