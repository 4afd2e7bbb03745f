import { describe, expect, test } from 'vitest';
import { Random } from '../../../src/common/index.ts';
import { BatchOrder, chunks, epochBatches } from '../../../src/training/batches.ts';

const random = new Random(1);
const lengths = Array.from({ length: 1003 }, () => random.integer(10, 300));
const examples = lengths.map((length) => ({ length, explained: true }));
const batchSize = 8;

describe('the batches of an epoch', () => {
  const batches = epochBatches(examples, batchSize, 5, 0);

  test('hold each example once', () => {
    expect(batches.flat().toSorted((a, b) => a - b)).toEqual(lengths.map((_, i) => i));
  });

  test('are all full but the last of the rest', () => {
    expect(batches.filter((batch) => batch.length !== batchSize).map((batch) => batch.length)).toEqual([3]);
  });

  test('hold examples of like length: much less padding than batches drawn blindly', () => {
    const padding = (all: readonly (readonly number[])[]) =>
      all.reduce((sum, batch) => {
        const tokens = batch.map((index) => lengths[index] ?? 0);
        return sum + tokens.length * Math.max(...tokens) - tokens.reduce((a, b) => a + b, 0);
      }, 0);
    const blind = chunks(
      lengths.map((_, i) => i),
      batchSize,
    );
    // Of 256 examples sorted by length, 8 neighbours span about 3 % of the range; 8 blind ones span about 78 %.
    expect(padding(batches)).toBeLessThan(padding(blind) / 10);
  });

  test('do not come in the order of their lengths', () => {
    const firsts = batches.map((batch) => lengths[batch[0] ?? 0] ?? 0);
    const rises = firsts.filter((length, i) => i > 0 && length > (firsts[i - 1] ?? 0)).length;
    expect(rises).toBeGreaterThan(batches.length / 3);
    expect(rises).toBeLessThan((2 * batches.length) / 3);
  });

  test('have examples with and without a rationale in the same proportion, however much shorter those without are', () => {
    const mixed = lengths.map((length, i) =>
      i % 4 === 0 ? { length: length / 10, explained: false } : { length, explained: true },
    );
    for (const batch of epochBatches(mixed, batchSize, 5, 0)) {
      const without = batch.filter((index) => mixed[index]?.explained === false).length;
      expect(Math.abs(without - batch.length / 4)).toBeLessThanOrEqual(1);
    }
  });

  test('are the same for the same seed and epoch, and others for another seed or epoch', () => {
    expect(epochBatches(examples, batchSize, 5, 0)).toEqual(batches);
    expect(epochBatches(examples, batchSize, 6, 0)).not.toEqual(batches);
    const next = epochBatches(examples, batchSize, 5, 1);
    const asSets = (all: readonly (readonly number[])[]) =>
      new Set(all.map((batch) => batch.toSorted((a, b) => a - b).join()));
    const met = asSets(batches);
    expect([...asSets(next)].filter((batch) => met.has(batch))).toEqual([]);
  });
});

describe('the order of batches', () => {
  const sequence = (order: BatchOrder, steps: number) => Array.from({ length: steps }, (_, step) => order.at(step));

  test.each([1, 7, 8, 9, 255, 256, 257, 1003])('runs through epoch after epoch of %i examples', (count) => {
    const some = examples.slice(0, count);
    const order = new BatchOrder(some, batchSize, 5);
    const epochs = [0, 1, 2].flatMap((epoch) => epochBatches(some, batchSize, 5, epoch));
    expect(order.batchesPerEpoch).toBe(epochs.length / 3);
    expect(sequence(order, epochs.length)).toEqual(epochs);
  });

  test('gives any step the batch that it has in sequence', () => {
    const steps = 3 * new BatchOrder(examples, batchSize, 5).batchesPerEpoch;
    const expected = sequence(new BatchOrder(examples, batchSize, 5), steps);
    const order = new BatchOrder(examples, batchSize, 5);
    for (const step of new Random(2).shuffle(expected.map((_, i) => i))) {
      expect(order.at(step)).toEqual(expected[step]);
    }
  });
});

test('chunks keep the order, and the last may be smaller', () => {
  expect(chunks([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  expect(chunks([], 2)).toEqual([]);
});
