/** Part of all steps during which α rises and only gold labels are used. */
const warmUpFraction = 0.05;
const finalPredictWeight = 0.7;
const highestSamplingRate = 0.9;
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

/** π, the fraction of explain prompts that carry the model's own label: 0 in the warm-up, then rising to 0.9. */
export function samplingRate(step: number, maxSteps: number): number {
  const warmUp = warmUpSteps(maxSteps);
  if (step < warmUp) return 0;
  return Math.min(highestSamplingRate, (step - warmUp) / (samplingRampFraction * maxSteps));
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
