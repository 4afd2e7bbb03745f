/** Part of all steps during which α rises and only gold labels are used. */
const warmUpFraction = 0.05;
const finalPredictWeight = 0.7;
/** Part of all steps over which the sampling rate would rise from 0 to 1. */
const samplingRampFraction = 0.6;

/** W, the warm-up of stage 2: 5 % of all steps. */
export function warmUpSteps(maxSteps: number): number {
  return warmUpFraction * maxSteps;
}

/** α, the weight of the prediction loss at a step: linear from 0 to 0.7 over the warm-up, then constant. */
export function predictWeight(step: number, maxSteps: number): number {
  return finalPredictWeight * Math.min(1, step / warmUpSteps(maxSteps));
}

/**
 * The curves along which π may rise, over the progress p = (t − W) / (0.6 · all steps), at most 1; each from 0 at p = 0 to 1 at
 * p = 1:
 *
 * - linear: p
 * - cosine: (1 − cos(π·p)) / 2
 * - exponential: (1 − e^(−5p)) / (1 − e^(−5)), the gold labels dying away as k^t does in Bengio et al. 2015 (arXiv 1506.03099)
 * - inverse-sigmoid: (σ(12p − 6) − σ(−6)) / (σ(6) − σ(−6)), where σ(x) = 1 / (1 + e^(−x)): 1 − k / (k + e^(i/k)) of the same
 *   paper, moved and scaled to begin at 0 and end at 1
 */
const curves = {
  linear: (p: number) => p,
  cosine: (p: number) => (1 - Math.cos(Math.PI * p)) / 2,
  exponential: (p: number) => (1 - Math.exp(-5 * p)) / (1 - Math.exp(-5)),
  'inverse-sigmoid': (p: number) => (sigmoid(12 * p - 6) - sigmoid(-6)) / (sigmoid(6) - sigmoid(-6)),
} as const;

export type SamplingCurve = keyof typeof curves;
export const SAMPLING_CURVES = Object.keys(curves) as readonly SamplingCurve[];

/** How π, the fraction of explain prompts that carry the model's own label, rises and where it stops. */
export interface SamplingSchedule {
  readonly schedule: SamplingCurve;
  /** The highest π. */
  readonly cap: number;
}

/** The method's own. */
export const methodSampling: SamplingSchedule = { schedule: 'linear', cap: 0.9 };

/** π, the fraction of explain prompts that carry the model's own label: 0 in the warm-up, then min(cap, curve of p). */
export function samplingRate(step: number, maxSteps: number, { schedule, cap } = methodSampling): number {
  const warmUp = warmUpSteps(maxSteps);
  if (step < warmUp) return 0;
  const progress = Math.min(1, (step - warmUp) / (samplingRampFraction * maxSteps));
  return Math.min(cap, curves[schedule](progress));
}

/** The paper's figure, which is not quite ln 2. */
// biome-ignore lint/suspicious/noApproximativeNumericConstant: see above.
const gumbelDecay = 0.693;

/** The temperature of the cycle's Gumbel-softmax: 1.0 · exp(−0.693 · t / all steps), at least 0.5. */
export function gumbelTemperature(step: number, maxSteps: number): number {
  return Math.max(0.5, Math.exp((-gumbelDecay * step) / maxSteps));
}

/** σ(x) = 1 / (1 + e^(−x)). */
export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** The step before which stage 2 never stops early: by then the sampling rate has risen all the way. */
export function earliestStop(maxSteps: number): number {
  return warmUpSteps(maxSteps) + samplingRampFraction * maxSteps;
}

/** How the learning rate moves. */
export interface LearningRateSchedule {
  /** The highest rate. */
  readonly learningRate: number;
  /** Steps over which it rises from 0. */
  readonly warmUpSteps: number;
  /** Part of all steps at whose end it begins to fall, linearly, to reach 0 one step after the last. */
  readonly flatFraction: number;
}

/** The learning rate of a step, counted from 1. */
export function learningRateAt(step: number, maxSteps: number, schedule: LearningRateSchedule): number {
  const rising = Math.min(1, step / Math.max(1, schedule.warmUpSteps));
  const flatEnd = Math.max(schedule.flatFraction * maxSteps, schedule.warmUpSteps);
  const falling = step <= flatEnd ? 1 : Math.max(0, (maxSteps - step + 1) / (maxSteps - flatEnd + 1));
  return schedule.learningRate * rising * falling;
}
