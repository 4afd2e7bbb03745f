import { sigmoid, warmUpSteps } from './schedules.ts';

/** τ, and what has been seen in the window that will give the next one. A checkpoint keeps it. */
export interface ConfidenceState {
  /** τ, the confidence at which a prediction is used as often as not; null until the warm-up has ended. */
  readonly threshold: number | null;
  readonly sum: number;
  readonly count: number;
}

export const freshConfidence: ConfidenceState = { threshold: null, sum: 0, count: 0 };

/** Steps between two settings of τ, as the paper has it. */
export const methodConfidenceWindow = 1000;

/** How steeply λ rises with confidence. */
const steepness = 10;

/** λ = σ(10 · (confidence − τ)), the chance that a prediction drawn for an explain prompt is used; 0 while there is no τ. */
export function acceptance(confidence: number, threshold: number | null): number {
  return threshold === null ? 0 : sigmoid(steepness * (confidence - threshold));
}

/**
 * The state with which a step begins: at the first step after the warm-up, and every `window` steps from there, τ becomes the
 * mean confidence of the window just ended. A window in which nothing was predicted leaves τ as it is.
 *
 * @param step counted from 0.
 */
export function confidenceAt(state: ConfidenceState, step: number, maxSteps: number, window: number): ConfidenceState {
  const sinceWarmUp = step - Math.ceil(warmUpSteps(maxSteps));
  if (sinceWarmUp < 0 || sinceWarmUp % window !== 0 || state.count === 0) return state;
  return { threshold: state.sum / state.count, sum: 0, count: 0 };
}

/** The state after a step in which these confidences were seen. */
export function withConfidences(state: ConfidenceState, seen: readonly number[]): ConfidenceState {
  return { ...state, sum: seen.reduce((sum, value) => sum + value, state.sum), count: state.count + seen.length };
}
