import type { Gradients, Weights } from '../t5/index.ts';

/** An optimiser's memory of one parameter, saved with a checkpoint. */
export type OptimizerState = Map<string, Float32Array>;

/** Changes weights in place by their gradients. */
export interface Optimizer {
  /** Number of updates made so far. */
  readonly steps: number;
  /** Everything that must be kept to go on as if never stopped, under names of its own. */
  readonly state: OptimizerState;
  update(weights: Weights, gradients: Gradients, learningRate: number): void;
  restore(steps: number, state: OptimizerState): void;
}

/** Scales gradients down so that their joint L2 norm is at most `limit`; returns the norm before. */
export function clipGradients(gradients: Gradients, limit: number): number {
  let squares = 0;
  for (const gradient of gradients.values()) squares += sumOfSquares(gradient);
  const norm = Math.sqrt(squares);
  if (norm > limit) {
    const scale = limit / (norm + 1e-6);
    for (const gradient of gradients.values()) {
      for (let i = 0; i < gradient.length; i++) gradient[i] = (gradient[i] as number) * scale;
    }
  }
  return norm;
}

export function sumOfSquares(values: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] as number) * (values[i] as number);
  return sum;
}

/** A parameter's slot in the optimiser's state, zero at first. */
export function slot(state: OptimizerState, name: string, length: number): Float32Array {
  let values = state.get(name);
  if (values === undefined) {
    values = new Float32Array(length);
    state.set(name, values);
  }
  return values;
}

export function gradientOf(gradients: Gradients, name: string): Float32Array {
  const gradient = gradients.get(name);
  if (gradient === undefined) throw new RangeError(`no gradient for ${name}`);
  return gradient;
}
