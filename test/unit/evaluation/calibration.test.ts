import { describe, expect, it } from 'vitest';
import {
  expectedCalibrationError,
  fitTemperature,
  type Judged,
  negativeLogLikelihood,
} from '../../../src/evaluation/index.ts';

/** Examples of two labels: `confidence` in the first, which is right `right` times of `count`. */
const sure = (confidence: number, right: number, count: number): Judged[] =>
  Array.from({ length: count }, (_, i) => ({ probabilities: [confidence, 1 - confidence], gold: i < right ? 0 : 1 }));

describe('expected calibration error', () => {
  it('is the distance of confidence from accuracy', () => {
    expect(expectedCalibrationError(sure(0.9, 6, 10))).toBeCloseTo(0.3, 10);
    expect(expectedCalibrationError(sure(0.75, 75, 100))).toBeCloseTo(0, 10);
  });

  it('does not let an over-sure bin make up for an under-sure one', () => {
    const judged = [...sure(0.95, 75, 100), ...sure(0.55, 75, 100)];
    expect(expectedCalibrationError(judged)).toBeCloseTo(0.2, 10);
  });
});

describe('temperature', () => {
  it('is the one at which confidence becomes accuracy', () => {
    // Two labels: the likelihood is greatest where p^(1/T) / (p^(1/T) + (1-p)^(1/T)) is the share of right ones, 0.8.
    const expected = Math.log(0.99 / 0.01) / Math.log(0.8 / 0.2);
    expect(fitTemperature(sure(0.99, 80, 100))).toBeCloseTo(expected, 2);
  });

  it('leaves an honest model as it is', () => {
    expect(fitTemperature(sure(0.8, 80, 100))).toBeCloseTo(1, 2);
  });

  it('never makes the gold labels less likely', () => {
    const judged = [...sure(0.999, 60, 100), ...sure(0.6, 50, 100)];
    expect(negativeLogLikelihood(judged, fitTemperature(judged))).toBeLessThan(negativeLogLikelihood(judged));
  });
});
