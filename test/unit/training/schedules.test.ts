import { describe, expect, test } from 'vitest';
import {
  earliestStop,
  gumbelTemperature,
  learningRateAt,
  predictWeight,
  SAMPLING_CURVES,
  samplingRate,
  warmUpSteps,
} from '../../../src/training/schedules.ts';

const maxSteps = 1000;
const warmUp = 50;

test('the warm-up W is 5 % of all steps, also where that is no whole number', () => {
  expect(warmUpSteps(maxSteps)).toBe(warmUp);
  expect(warmUpSteps(24)).toBeCloseTo(1.2, 12);
});

describe('α, the weight of the prediction loss', () => {
  test('is 0 at the first step, rises by equal amounts over W and is 0.7 from W on', () => {
    expect(predictWeight(0, maxSteps)).toBe(0);
    for (let step = 0; step <= warmUp; step++) {
      expect(predictWeight(step, maxSteps)).toBeCloseTo((0.7 * step) / 50, 12);
    }
    for (const step of [warmUp, warmUp + 1, 500, maxSteps - 1]) expect(predictWeight(step, maxSteps)).toBe(0.7);
  });
});

describe('π, the fraction of the model’s own labels', () => {
  test('is 0 before W and at W', () => {
    for (let step = 0; step <= warmUp; step++) expect(samplingRate(step, maxSteps)).toBe(0);
  });

  test('then rises by 1 / (0.6 · all steps) a step, up to 0.9', () => {
    // (t − 50) / 600: a half at step 350, 0.9 at step 590.
    expect(samplingRate(51, maxSteps)).toBeCloseTo(1 / 600, 12);
    expect(samplingRate(350, maxSteps)).toBeCloseTo(0.5, 12);
    expect(samplingRate(589, maxSteps)).toBeCloseTo(539 / 600, 12);
    for (const step of [590, 591, 650, 999]) expect(samplingRate(step, maxSteps)).toBe(0.9);
  });
});

describe('the other schedules of π', () => {
  const rate = (schedule: (typeof SAMPLING_CURVES)[number], step: number, cap = 1) =>
    samplingRate(step, maxSteps, { schedule, cap });

  test.each(SAMPLING_CURVES)(
    '%s begins at 0 with W, never falls, reaches 1 after 0.6 of all steps and stays',
    (curve) => {
      expect(rate(curve, 49)).toBe(0);
      expect(rate(curve, 50)).toBeCloseTo(0, 12);
      for (let step = 51; step <= 650; step++) expect(rate(curve, step)).toBeGreaterThan(rate(curve, step - 1));
      for (const step of [650, 700, 999]) expect(rate(curve, step)).toBeCloseTo(1, 12);
    },
  );

  test.each(SAMPLING_CURVES)('%s never rises above its cap, and below it is the same curve', (curve) => {
    for (const step of [60, 200, 350, 500, 640]) {
      expect(rate(curve, step, 0.5)).toBe(Math.min(0.5, rate(curve, step)));
    }
    expect(rate(curve, 999, 0.5)).toBe(0.5);
  });

  // At a quarter of the way (step 200), half of it (350) and three quarters (500).
  test.each([
    ['linear', 0.25, 0.5, 0.75],
    ['cosine', (1 - Math.SQRT1_2) / 2, 0.5, (1 + Math.SQRT1_2) / 2],
    // e^−1.25 = 0.286505, e^−2.5 = 0.082085, e^−3.75 = 0.023518, and all is divided by 1 − e^−5 = 0.993262.
    ['exponential', 0.718335, 0.924142, 0.983106],
    // σ(−3) = 0.047426 and σ(−6) = 0.002473 give 0.044953 / 0.995055.
    ['inverse-sigmoid', 0.045177, 0.5, 0.954823],
  ] as const)('%s is what its formula says', (curve, quarter, half, threeQuarters) => {
    expect(rate(curve, 200)).toBeCloseTo(quarter, 5);
    expect(rate(curve, 350)).toBeCloseTo(half, 5);
    expect(rate(curve, 500)).toBeCloseTo(threeQuarters, 5);
  });
});

test('the temperature of the cycle falls from 1 by half over all steps', () => {
  expect(gumbelTemperature(0, maxSteps)).toBe(1);
  expect(gumbelTemperature(500, maxSteps)).toBeCloseTo(Math.exp(-0.3465), 12);
  expect(gumbelTemperature(999, maxSteps)).toBeGreaterThan(0.5);
  // A run that goes on for longer than it was to is never colder.
  expect(gumbelTemperature(3000, maxSteps)).toBe(0.5);
});

test('early stopping waits for W and for 0.6 of all steps', () => {
  expect(earliestStop(maxSteps)).toBe(650);
  expect(earliestStop(24)).toBeCloseTo(15.6, 12);
});

describe('the learning rate', () => {
  const schedule = { learningRate: 0.01, warmUpSteps: 100, flatFraction: 0.3 };
  const at = (step: number) => learningRateAt(step, maxSteps, schedule);

  test('rises linearly, step 1 being the first part of it', () => {
    expect(at(1)).toBeCloseTo(0.0001, 12);
    expect(at(50)).toBeCloseTo(0.005, 12);
  });

  test('is flat from the end of the warm-up to 30 % of all steps', () => {
    for (const step of [100, 200, 300]) expect(at(step)).toBe(0.01);
  });

  test('then falls linearly and would be 0 one step after the last', () => {
    // 700 steps are left after step 300, so each takes 1/701 of the rate away.
    expect(at(301)).toBeCloseTo((0.01 * 700) / 701, 12);
    expect(at(650)).toBeCloseTo((0.01 * 351) / 701, 12);
    expect(at(1000)).toBeCloseTo(0.01 / 701, 12);
    expect(at(1000)).toBeGreaterThan(0);
    expect(at(1001)).toBe(0);
  });

  test('without a warm-up is full from the first step', () => {
    expect(learningRateAt(1, 10, { learningRate: 1, warmUpSteps: 0, flatFraction: 0 })).toBe(10 / 11);
    expect(learningRateAt(1, 10, { learningRate: 1, warmUpSteps: 0, flatFraction: 1 })).toBe(1);
  });

  test('with a warm-up longer than the stage only rises', () => {
    const rising = Array.from({ length: 10 }, (_, i) => learningRateAt(i + 1, 10, schedule));
    expect(rising).toEqual(Array.from({ length: 10 }, (_, i) => 0.01 * ((i + 1) / 100)));
  });
});
