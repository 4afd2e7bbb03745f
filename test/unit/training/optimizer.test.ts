import { describe, expect, test } from 'vitest';
import { Random } from '../../../src/common/index.ts';
import { fillDropoutMask } from '../../../src/t5/dropout.ts';
import type { Gradients, Weights } from '../../../src/t5/index.ts';
import { Adafactor } from '../../../src/training/adafactor.ts';
import { AdamW } from '../../../src/training/adamw.ts';
import { clipGradients } from '../../../src/training/optimizer.ts';
import { tinyLearner } from './tiny.ts';

const settings = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 };

describe('clipping', () => {
  test('scales all gradients by the same factor, so that their joint norm is the limit', () => {
    const gradients: Gradients = new Map([
      ['a', Float32Array.of(3, 0)],
      ['b', Float32Array.of(0, -4)],
    ]);
    expect(clipGradients(gradients, 1)).toBe(5);
    expect(gradients.get('a')?.[0]).toBeCloseTo(0.6, 5);
    expect(gradients.get('b')?.[1]).toBeCloseTo(-0.8, 5);
    expect(clipGradients(gradients, 10)).toBeCloseTo(1, 5);
  });

  test('leaves gradients within the limit as they are', () => {
    const gradients: Gradients = new Map([['a', Float32Array.of(0.3, -0.4)]]);
    expect(clipGradients(gradients, 1)).toBeCloseTo(0.5, 6);
    expect(gradients.get('a')).toEqual(Float32Array.of(0.3, -0.4));
  });
});

describe('AdamW', () => {
  test('takes a first step of the learning rate against the gradient’s sign, after the decay', () => {
    // At the first step the corrected moments are g and g², so g / √g² = ±1; the decay takes 0.1 · 0.5 of the weight.
    const weights: Weights = new Map([['a', { shape: [3], data: Float32Array.of(1, 2, -4) }]]);
    new AdamW({ ...settings, weightDecay: 0.5 }).update(weights, new Map([['a', Float32Array.of(7, -0.01, 0)]]), 0.1);
    const [first, second, third] = weights.get('a')?.data ?? [];
    expect(first).toBeCloseTo(0.95 - 0.1, 5);
    expect(second).toBeCloseTo(1.9 + 0.1, 5);
    expect(third).toBeCloseTo(-3.8, 5);
  });

  test('takes only a small step back when the gradient turns round', () => {
    // After g and then −g: mean (0.09 − 0.1)·g / 0.19 = −g/19, square g²: a step of +rate/19 back.
    const weights: Weights = new Map([['a', { shape: [1], data: Float32Array.of(0) }]]);
    const adamW = new AdamW(settings);
    adamW.update(weights, new Map([['a', Float32Array.of(2)]]), 0.1);
    adamW.update(weights, new Map([['a', Float32Array.of(-2)]]), 0.1);
    expect(weights.get('a')?.data[0]).toBeCloseTo(-0.1 + 0.1 / 19, 5);
  });
});

describe('Adafactor', () => {
  test('takes a first step in proportion to the root mean square of the parameter', () => {
    // The first second moments are g² itself; for a matrix that is an outer product, so are the factored ones: sign(g).
    const weights: Weights = new Map([
      ['vector', { shape: [2], data: Float32Array.of(3, 4) }],
      ['matrix', { shape: [2, 2], data: Float32Array.of(1, 1, 1, 1) }],
    ]);
    const gradients: Gradients = new Map([
      ['vector', Float32Array.of(0.001, -100)],
      ['matrix', Float32Array.of(1 * 3, 1 * -5, -2 * 3, -2 * -5)],
    ]);
    new Adafactor().update(weights, gradients, 0.1);
    const size = Math.sqrt((9 + 16) / 2);
    const vector = [3 - 0.1 * size, 4 + 0.1 * size];
    weights.get('vector')?.data.forEach((value, i) => {
      expect(value).toBeCloseTo(vector[i] ?? Number.NaN, 5);
    });
    weights.get('matrix')?.data.forEach((value, i) => {
      expect(value).toBeCloseTo([0.9, 1.1, 1.1, 0.9][i] ?? Number.NaN, 5);
    });
  });

  test('moves a parameter that is zero, by a thousandth of the learning rate', () => {
    const weights: Weights = new Map([['a', { shape: [2], data: new Float32Array(2) }]]);
    new Adafactor().update(weights, new Map([['a', Float32Array.of(5, -5)]]), 0.1);
    expect(weights.get('a')?.data[0]).toBeCloseTo(-1e-4, 9);
    expect(weights.get('a')?.data[1]).toBeCloseTo(1e-4, 9);
  });

  test('does not let one sudden gradient move a parameter further than the usual ones', () => {
    // Gradients of 1 for a while, then one of 1000: unclipped, the update would be √(1 / 11^−0.8) ≈ 2.6 times the usual.
    const weights: Weights = new Map([['a', { shape: [1], data: Float32Array.of(1) }]]);
    const adafactor = new Adafactor();
    for (let step = 0; step < 10; step++) adafactor.update(weights, new Map([['a', Float32Array.of(1)]]), 0);
    adafactor.update(weights, new Map([['a', Float32Array.of(1000)]]), 0.1);
    expect(weights.get('a')?.data[0]).toBeCloseTo(0.9, 5);
  });

  test('keeps only row and column averages of a matrix', () => {
    const weights: Weights = new Map([['a', { shape: [30, 20], data: new Float32Array(600).fill(1) }]]);
    const adafactor = new Adafactor();
    adafactor.update(weights, new Map([['a', new Float32Array(600).fill(1)]]), 0.1);
    expect([...adafactor.state.values()].map(({ length }) => length)).toEqual([30, 20]);
  });
});

describe.each([
  ['AdamW', () => new AdamW({ ...settings, weightDecay: 0.01 })],
  ['Adafactor', () => new Adafactor()],
])('%s', (_, make) => {
  const shapes = { vector: [7], matrix: [5, 6] };
  const draw = (random: Random, length: number) => Float32Array.from({ length }, () => random.normal());
  const size = (shape: readonly number[]) => shape.reduce((product, n) => product * n, 1);
  const freshWeights = (): Weights => {
    const random = new Random(1);
    return new Map(Object.entries(shapes).map(([name, shape]) => [name, { shape, data: draw(random, size(shape)) }]));
  };
  const gradientsOf = (step: number): Gradients => {
    const random = new Random(100 + step);
    return new Map(Object.entries(shapes).map(([name, shape]) => [name, draw(random, size(shape))]));
  };

  test('restored from its state goes on to the same weights, to the last bit', () => {
    const unbroken = freshWeights();
    const optimizer = make();
    for (let step = 0; step < 10; step++) optimizer.update(unbroken, gradientsOf(step), 0.01);

    const weights = freshWeights();
    const first = make();
    for (let step = 0; step < 5; step++) first.update(weights, gradientsOf(step), 0.01);
    const saved = new Map([...first.state].map(([name, data]) => [name, data.slice()]));
    const second = make();
    second.restore(first.steps, saved);
    for (let step = 5; step < 10; step++) second.update(weights, gradientsOf(step), 0.01);
    expect(weights).toEqual(unbroken);
    expect(second.steps).toBe(10);
  });

  test('without its state goes on to other weights: the state matters', () => {
    const [kept, lost] = [freshWeights(), freshWeights()];
    const optimizer = make();
    optimizer.update(kept, gradientsOf(0), 0.01);
    make().update(lost, gradientsOf(0), 0.01);
    optimizer.update(kept, gradientsOf(1), 0.01);
    make().update(lost, gradientsOf(1), 0.01);
    expect(lost).not.toEqual(kept);
  });

  test('refuses to update a weight that has no gradient', () => {
    expect(() => make().update(freshWeights(), new Map(), 0.01)).toThrow('no gradient for vector');
  });
});

describe('dropout', () => {
  const length = 100_000;
  const maskOf = (rate: number, seed?: number) => {
    const mask = new Float32Array(length);
    fillDropoutMask(mask, rate, seed === undefined ? undefined : new Random(seed));
    return mask;
  };

  test.each([0.1, 0.25, 0.5])('drops the fraction %d and keeps the expectation', (rate) => {
    const mask = maskOf(rate, 1);
    const dropped = mask.filter((value) => value === 0).length / length;
    const mean = mask.reduce((sum, value) => sum + value, 0) / length;
    // The rate is rounded to 1/256; beyond that, four standard errors of `length` draws.
    const error = 4 * Math.sqrt((rate * (1 - rate)) / length);
    expect(Math.abs(dropped - rate)).toBeLessThan(1 / 512 + error);
    expect(Math.abs(mean - 1)).toBeLessThan(error / (1 - rate));
    expect(new Set(mask).size).toBe(2);
  });

  test('drops neighbours independently', () => {
    const mask = maskOf(0.5, 2);
    for (const distance of [1, 2, 3, 4, 8]) {
      const both = mask.filter((value, i) => i + distance < length && value === 0 && mask[i + distance] === 0).length;
      expect(Math.abs(both / length - 0.25)).toBeLessThan(0.01);
    }
  });

  test('is the same for the same state of the generator, and nothing is dropped without one', () => {
    expect(maskOf(0.1, 3)).toEqual(maskOf(0.1, 3));
    expect(maskOf(0.1, 3)).not.toEqual(maskOf(0.1, 4));
    expect(maskOf(0.1)).toEqual(new Float32Array(length).fill(1));
    expect(maskOf(0, 3)).toEqual(new Float32Array(length).fill(1));
  });

  test('in a training step changes the loss with the generator’s state, and not at all without one', async () => {
    const { model, tokenizer } = tinyLearner(['chest pain, pale and sweating']);
    const source = tokenizer.encodeIds('chest pain, pale and sweating');
    const batch = { sources: [source], targets: [source], tokenWeights: [1 / source.length] };
    const lossOf = (random?: Random) => model.accumulateGradients(batch, new Map(), random);
    const [first, again, other] = [
      await lossOf(new Random(1)),
      await lossOf(new Random(1)),
      await lossOf(new Random(2)),
    ];
    expect(again).toBe(first);
    expect(other).not.toBe(first);
    expect(await lossOf()).toBeCloseTo((await model.measureLoss(batch)).loss, 4);
    await model.release();
  });
});
