import { describe, expect, test } from 'vitest';
import { acceptance, confidenceAt, freshConfidence, withConfidences } from '../../../src/training/confidence.ts';

const maxSteps = 100;
const window = 10;

/** τ at the beginning of each step when step t sees the confidences `seen(t)`. */
function thresholds(seen: (step: number) => readonly number[], steps = maxSteps): (number | null)[] {
  let state = freshConfidence;
  return Array.from({ length: steps }, (_, step) => {
    const now = confidenceAt(state, step, maxSteps, window);
    state = withConfidences(now, seen(step));
    return now.threshold;
  });
}

describe('τ', () => {
  test('is first set at the end of the warm-up, to the mean confidence of all that was predicted in it', () => {
    // W = 5. Steps 0 to 4 see 0.1, 0.2 … 0.5, twice as many in the last.
    const seen = thresholds((step) => (step === 4 ? [0.5, 0.5] : [(step + 1) / 10]));
    expect(seen.slice(0, 5)).toEqual([null, null, null, null, null]);
    expect(seen[5]).toBeCloseTo((0.1 + 0.2 + 0.3 + 0.4 + 0.5 + 0.5) / 6, 12);
  });

  test('then, each window long, becomes the mean of the window just ended and of nothing before it', () => {
    const seen = thresholds((step) => [step < 5 ? 0 : step / 100]);
    for (let step = 5; step < 15; step++) expect(seen[step]).toBe(0);
    for (let step = 15; step < 25; step++) expect(seen[step]).toBeCloseTo(0.095, 12);
    for (let step = 25; step < 35; step++) expect(seen[step]).toBeCloseTo(0.195, 12);
  });

  test('stays what it was after a window in which nothing was predicted', () => {
    const seen = thresholds((step) => (step < 5 ? [0.4] : step < 15 ? [] : [0.8]));
    expect(seen[15]).toBeCloseTo(0.4, 12);
    expect(seen[25]).toBeCloseTo(0.8, 12);
  });

  test('is set after the one step of the shortest warm-up', () => {
    expect(confidenceAt({ threshold: null, sum: 0.3, count: 1 }, 1, 6, window).threshold).toBe(0.3);
  });
});

test('λ is a half at τ, near 1 well above and near 0 well below, and 0 before there is a τ', () => {
  expect(acceptance(0.6, 0.6)).toBe(0.5);
  // σ(±3)
  expect(acceptance(0.9, 0.6)).toBeCloseTo(0.952574, 6);
  expect(acceptance(0.3, 0.6)).toBeCloseTo(0.047426, 6);
  expect(acceptance(1, null)).toBe(0);
});
