/** The mean of some seeds' values, and half the width of its 95 % interval; none for a single value. */
export interface MeanInterval {
  readonly mean: number;
  readonly half: number | undefined;
}

/** @param values one a seed, at least one. */
export function meanInterval(values: readonly number[]): MeanInterval {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  if (count < 2) return { mean, half: undefined };
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1);
  return { mean, half: studentQuantile(count - 1) * Math.sqrt(variance / count) };
}

/** Student's t at 97.5 % for 1 to 9 degrees of freedom. */
const STUDENT = [12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.306, 2.2622];
const NORMAL = 1.959964;

/**
 * Student's t at 97.5 %: half the width of a 95 % interval in standard errors. From ten degrees of freedom on by the expansion
 * about the normal quantile (Abramowitz and Stegun 26.7.5), right to four digits.
 */
export function studentQuantile(degrees: number): number {
  const z = NORMAL;
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  return STUDENT[degrees - 1] ?? z + first / degrees + second / degrees ** 2 + third / degrees ** 3;
}
