import type { Random } from '../common/index.ts';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

const defaultResamples = 1000;
const confidence = 0.95;

/**
 * The percentile bootstrap's 95 % interval of a statistic (Efron 1979, doi 10.1214/aos/1176344552): the statistic is computed
 * on resamples of the examples, drawn with replacement and as many as there are, and the interval reaches from its 2.5th
 * to its 97.5th percentile.
 *
 * @param count how many examples there are, at least 1.
 * @param statistic computes the statistic from the indices of the resampled examples (the same array is reused for every
 *   resample); null where it is undefined on them, and such a resample is left out.
 * @param random draws `count` numbers a resample, so the same state gives the same interval.
 * @returns null when the statistic is undefined on every resample.
 */
export function bootstrapInterval(
  count: number,
  statistic: (indices: readonly number[]) => number | null,
  random: Random,
  resamples: number = defaultResamples,
): Interval | null {
  if (count < 1) throw new RangeError(`a bootstrap interval needs at least one example, not ${count}`);
  const indices = new Array<number>(count).fill(0);
  const values: number[] = [];
  for (let resample = 0; resample < resamples; resample++) {
    for (let draw = 0; draw < count; draw++) indices[draw] = random.integer(0, count - 1);
    const value = statistic(indices);
    if (value !== null) values.push(value);
  }
  if (values.length === 0) return null;
  values.sort((left, right) => left - right);
  const tail = (1 - confidence) / 2;
  return { low: quantile(values, tail), high: quantile(values, 1 - tail) };
}

/**
 * The quantile of sorted values, interpolated linearly between the two nearest (type 7 of Hyndman and Fan 1996,
 * doi 10.2307/2684934; NumPy's default).
 *
 * @param sorted ascending, at least one value.
 * @param fraction 0 to 1.
 */
export function quantile(sorted: readonly number[], fraction: number): number {
  const position = fraction * (sorted.length - 1);
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  if (below === undefined || above === undefined) throw new RangeError('a quantile needs at least one value');
  return below + (above - below) * (position - Math.floor(position));
}
