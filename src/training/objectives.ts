import type { Random } from '../common/index.ts';
import type { Example } from '../dataset/index.ts';
import { fillPrompt, type Prompts } from '../triage/index.ts';
import { predictWeight, samplingRate } from './schedules.ts';

/** One thing the model is taught: a prompt, what it must answer, and what that counts for. */
export interface Lesson {
  readonly task: 'predict' | 'explain';
  readonly prompt: string;
  readonly target: string;
}

/** Lessons of one task whose mean token loss counts `weight` in the step's loss. */
export interface TaskLessons {
  readonly weight: number;
  readonly lessons: readonly Lesson[];
}

/** Where a step stands. */
export interface StepPosition {
  /** Counted from 0. */
  readonly step: number;
  readonly maxSteps: number;
}

/** What a step of an objective may ask for. */
export interface ObjectiveContext {
  readonly prompts: Prompts;
  /** The model's own greedy label text for each note, without gradient. */
  predictLabels(notes: readonly string[]): Promise<readonly string[]>;
  /** Draws which examples take the model's own label. */
  readonly random: Random;
}

/** What a step teaches, and what it used. */
export interface StepLessons {
  readonly tasks: readonly TaskLessons[];
  /** α, the weight of the prediction loss. */
  readonly predictWeight: number;
  /** π, the chance that an explain prompt carries the model's own label. */
  readonly samplingRate: number;
  /** How many explain prompts of this batch did. */
  readonly ownLabels: number;
}

export type Objective = (
  examples: readonly Example[],
  position: StepPosition,
  context: ObjectiveContext,
) => Promise<StepLessons>;

const withRationale = (examples: readonly Example[]) => examples.filter(({ rationale }) => rationale !== '');

const predictLessons = (examples: readonly Example[], { prompts }: ObjectiveContext): Lesson[] =>
  examples.map(({ question, label }) => ({
    task: 'predict',
    prompt: fillPrompt(prompts.predict, question),
    target: label,
  }));

const rationaleLessons = (examples: readonly Example[], { prompts }: ObjectiveContext): Lesson[] =>
  withRationale(examples).map(({ question, rationale }) => ({
    task: 'explain',
    prompt: fillPrompt(prompts.rationale, question),
    target: rationale,
  }));

/** Stage 1 of Reason2Decide: the rationale from the note alone. */
export const rationalePretraining: Objective = async (examples, _position, context) => ({
  tasks: [{ weight: 1, lessons: rationaleLessons(examples, context) }],
  predictWeight: 0,
  samplingRate: 0,
  ownLabels: 0,
});

/**
 * Stage 2 of Reason2Decide: α·L_predict + (1−α)·L_explain, where with probability π an explain prompt carries the label
 * that the model itself predicts for the note, instead of the gold one (task-level scheduled sampling).
 */
export const jointTraining: Objective = async (examples, { step, maxSteps }, context) => {
  const alpha = predictWeight(step, maxSteps);
  const pi = samplingRate(step, maxSteps);
  const explained = withRationale(examples);
  const sampled = explained.map(() => context.random.chance(pi));
  const own = await context.predictLabels(explained.filter((_, i) => sampled[i]).map(({ question }) => question));
  let next = 0;
  const explainLessons = explained.map(({ question, label, rationale }, i): Lesson => {
    const given = sampled[i] ? (own[next++] ?? label) : label;
    return { task: 'explain', prompt: fillPrompt(context.prompts.explain, question, given), target: rationale };
  });
  return {
    tasks: [
      { weight: alpha, lessons: predictLessons(examples, context) },
      { weight: 1 - alpha, lessons: explainLessons },
    ],
    predictWeight: alpha,
    samplingRate: pi,
    ownLabels: own.length,
  };
};

/** SFT: the label alone. */
export const supervisedFineTuning: Objective = async (examples, _position, context) => ({
  tasks: [{ weight: 1, lessons: predictLessons(examples, context) }],
  predictWeight: 1,
  samplingRate: 0,
  ownLabels: 0,
});

/** DSS, distilling step by step: label and rationale as two tasks of the note, the rationale never given a label. */
export const distillingStepByStep: Objective = async (examples, { step, maxSteps }, context) => {
  const alpha = predictWeight(step, maxSteps);
  return {
    tasks: [
      { weight: alpha, lessons: predictLessons(examples, context) },
      { weight: 1 - alpha, lessons: rationaleLessons(examples, context) },
    ],
    predictWeight: alpha,
    samplingRate: 0,
    ownLabels: 0,
  };
};
