import type { Gradients, Weights } from '../t5/index.ts';
import { gradientOf, type Optimizer, type OptimizerState, slot } from './optimizer.ts';

export interface AdamWSettings {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
}

/** AdamW with decoupled weight decay (Loshchilov and Hutter 2019), as PyTorch computes it. */
export class AdamW implements Optimizer {
  readonly #settings: AdamWSettings;
  steps = 0;
  state: OptimizerState = new Map();

  constructor(settings: AdamWSettings) {
    this.#settings = settings;
  }

  restore(steps: number, state: OptimizerState): void {
    this.steps = steps;
    this.state = state;
  }

  update(weights: Weights, gradients: Gradients, learningRate: number): void {
    this.steps++;
    const { beta1, beta2, epsilon, weightDecay } = this.#settings;
    const keep = 1 - learningRate * weightDecay;
    const rate = learningRate / (1 - beta1 ** this.steps);
    const correction = 1 / Math.sqrt(1 - beta2 ** this.steps);
    for (const [name, { data }] of weights) {
      const gradient = gradientOf(gradients, name);
      const mean = slot(this.state, `${name}.mean`, data.length);
      const square = slot(this.state, `${name}.square`, data.length);
      for (let i = 0; i < data.length; i++) {
        const g = gradient[i] as number;
        const m = beta1 * (mean[i] as number) + (1 - beta1) * g;
        const s = beta2 * (square[i] as number) + (1 - beta2) * g * g;
        mean[i] = m;
        square[i] = s;
        data[i] = keep * (data[i] as number) - (rate * m) / (Math.sqrt(s) * correction + epsilon);
      }
    }
  }
}
