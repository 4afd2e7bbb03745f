import type { Random } from '../common/index.ts';
import type { Example } from '../dataset/index.ts';
import { fillPrompt, type Prompts } from '../triage/index.ts';
import { methodSampling, predictWeight, type SamplingSchedule, samplingRate } from './schedules.ts';

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
  /** Reading again what the lessons write (Reason2Decide-C); left out where it is not. */
  readonly cycle?: CycleLessons;
}

/** The label that each lesson's written text must give when it is read as a note. */
export interface CycleLessons {
  /** What the mean token loss of the labels counts in the step's loss, beside that of the lessons. */
  readonly weight: number;
  readonly temperature: number;
  /** One label a lesson: the one that stood in its prompt. */
  readonly labels: readonly string[];
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
  /** How sure the model was of each label that it predicted; left out where that is of no matter. */
  readonly confidences?: readonly number[];
}

export type Objective = (
  examples: readonly Example[],
  position: StepPosition,
  context: ObjectiveContext,
) => Promise<StepLessons>;

/** Which labels the explain prompts carry: π says how often the model's own. `gold` is π = 0, `predicted` π = 1 at every step. */
export interface LabelSampling extends SamplingSchedule {
  readonly labels: 'scheduled' | 'gold' | 'predicted';
}

/** The method's own. */
export const scheduledSampling: LabelSampling = { labels: 'scheduled', ...methodSampling };

/** π at a step. */
export function ownLabelRate({ step, maxSteps }: StepPosition, sampling: LabelSampling): number {
  if (sampling.labels === 'scheduled') return samplingRate(step, maxSteps, sampling);
  return sampling.labels === 'gold' ? 0 : 1;
}

export const withRationale = (examples: readonly Example[]) => examples.filter(({ rationale }) => rationale !== '');

export const predictLessons = (examples: readonly Example[], { prompts }: ObjectiveContext): Lesson[] =>
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

/** Explaining examples that have a rationale, each given a label. */
export const lessonsGiven = (labels: readonly string[], examples: readonly Example[], { prompts }: ObjectiveContext) =>
  examples.map(
    ({ question, label, rationale }, i): Lesson => ({
      task: 'explain',
      prompt: fillPrompt(prompts.explain, question, labels[i] ?? label),
      target: rationale,
    }),
  );

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
export const jointTrainingWith =
  (sampling: LabelSampling): Objective =>
  async (examples, position, context) => {
    const alpha = predictWeight(position.step, position.maxSteps);
    const pi = ownLabelRate(position, sampling);
    const explained = withRationale(examples);
    const sampled = explained.map(() => context.random.chance(pi));
    const own = await context.predictLabels(explained.filter((_, i) => sampled[i]).map(({ question }) => question));
    let next = 0;
    const given = explained.map(({ label }, i) => (sampled[i] ? (own[next++] ?? label) : label));
    const explainLessons = lessonsGiven(given, explained, context);
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

/** Stage 2 as the method has it. */
export const jointTraining: Objective = jointTrainingWith(scheduledSampling);

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
