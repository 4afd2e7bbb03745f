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
  const values: number[] = [];
  resample(count, random, resamples, (indices) => {
    const value = statistic(indices);
    if (value !== null) values.push(value);
  });
  return percentileInterval(values);
}

/** Calls `use` with the indices of each resample; the array is the same each time. */
function resample(count: number, random: Random, resamples: number, use: (indices: readonly number[]) => void): void {
  if (count < 1) throw new RangeError(`a bootstrap interval needs at least one example, not ${count}`);
  const indices = new Array<number>(count).fill(0);
  for (let round = 0; round < resamples; round++) {
    for (let draw = 0; draw < count; draw++) indices[draw] = random.integer(0, count - 1);
    use(indices);
  }
}

function percentileInterval(values: number[]): Interval | null {
  if (values.length === 0) return null;
  values.sort((left, right) => left - right);
  const tail = (1 - confidence) / 2;
  return { low: quantile(values, tail), high: quantile(values, 1 - tail) };
}

/** Statistics that need no more of the examples than some sums over them. */
export interface SummedStatistics<Name extends string> {
  /** How many examples there are, at least 1. */
  readonly count: number;
  /** How many sums are kept. */
  readonly width: number;
  /** Adds one example to the sums. */
  add(example: number, sums: Float64Array): void;
  /** The statistics of the summed examples; null where one is undefined. */
  statistics(sums: Float64Array): Readonly<Record<Name, number | null>>;
}

export interface Estimates<Name extends string> {
  readonly values: Readonly<Record<Name, number | null>>;
  readonly intervals: Readonly<Record<Name, Interval | null>>;
}

/**
 * The statistics of all examples and their 95 % bootstrap intervals, as `bootstrapInterval` gives them one by one, but with
 * each example added up instead of measured anew, and each resample drawn once for all statistics.
 */
export function estimate<Name extends string>(
  summed: SummedStatistics<Name>,
  random: Random,
  resamples: number = defaultResamples,
): Estimates<Name> {
  const sums = new Float64Array(summed.width);
  for (let example = 0; example < summed.count; example++) summed.add(example, sums);
  const values = summed.statistics(sums);
  const names = Object.keys(values) as Name[];
  const drawn = new Map<Name, number[]>(names.map((name) => [name, []]));
  resample(summed.count, random, resamples, (indices) => {
    sums.fill(0);
    for (const example of indices) summed.add(example, sums);
    const statistics = summed.statistics(sums);
    for (const [name, list] of drawn) {
      const value = statistics[name];
      if (value !== null) list.push(value);
    }
  });
  const intervals = names.map((name) => [name, percentileInterval(drawn.get(name) ?? [])] as const);
  return { values, intervals: Object.fromEntries(intervals) as Record<Name, Interval | null> };
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
