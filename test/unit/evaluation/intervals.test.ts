import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/common/index.ts';
import { bootstrapInterval, estimate } from '../../../src/evaluation/index.ts';

const data = Array.from({ length: 60 }, (_, i) => [Math.sin(i) + 2, Math.cos(3 * i) + 3] as const);
const summed = {
  count: data.length,
  width: 2,
  add: (example: number, sums: Float64Array) => {
    const [part, whole] = data[example] ?? [0, 0];
    sums[0] = (sums[0] ?? 0) + part;
    sums[1] = (sums[1] ?? 0) + whole;
  },
  statistics: ([part = 0, whole = 0]: Float64Array) => ({
    ratio: part / whole,
    onlyWhenHigh: part / whole > 0.68 ? part : null,
    never: null,
  }),
};

describe('estimates from sums', () => {
  it('are those of the resampled examples measured anew', () => {
    const { values, intervals } = estimate(summed, new Random(4));
    const sum = (indices: readonly number[], side: 0 | 1) =>
      indices.reduce((total, i) => total + (data[i]?.[side] ?? 0), 0);
    const ratio = (indices: readonly number[]) => sum(indices, 0) / sum(indices, 1);
    const expected = bootstrapInterval(data.length, ratio, new Random(4));
    expect(values.ratio).toBeCloseTo(ratio([...data.keys()]), 12);
    expect(intervals.ratio?.low).toBeCloseTo(expected?.low ?? 0, 12);
    expect(intervals.ratio?.high).toBeCloseTo(expected?.high ?? 0, 12);
  });

  it('leave out resamples where a statistic is undefined, and have no interval where it always is', () => {
    const { intervals } = estimate(summed, new Random(4));
    expect(intervals.onlyWhenHigh?.low).toBeGreaterThan(0);
    expect(intervals.never).toBeNull();
  });
});
