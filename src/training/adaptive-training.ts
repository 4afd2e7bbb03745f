import type { Example } from '../dataset/index.ts';
import { acceptance } from './confidence.ts';
import {
  type LabelSampling,
  lessonsGiven,
  type ObjectiveContext,
  ownLabelRate,
  predictLessons,
  type StepLessons,
  type StepPosition,
  withRationale,
} from './objectives.ts';
import { gumbelTemperature, predictWeight, warmUpSteps } from './schedules.ts';

/** A label text that the model wrote, and exp of the mean log-probability of its tokens, the end token included. */
export interface ConfidentLabel {
  readonly label: string;
  readonly confidence: number;
}

/** What a step of Reason2Decide-C may ask for. */
export interface AdaptiveContext extends ObjectiveContext {
  /** The model's own greedy label for each note, and how sure it is, without gradient. */
  predictConfidently(notes: readonly string[]): Promise<readonly ConfidentLabel[]>;
  /** τ; null until the warm-up has ended. */
  readonly threshold: number | null;
}

export type AdaptiveObjective = (
  examples: readonly Example[],
  position: StepPosition,
  context: AdaptiveContext,
) => Promise<StepLessons>;

export interface AdaptiveSettings {
  readonly sampling: LabelSampling;
  /** What the cycle loss counts; 0 leaves it out. */
  readonly cycleWeight: number;
}

/** What the cycle loss counts in the paper. */
export const methodCycleWeight = 0.1;

/**
 * Stage 2 of Reason2Decide-C (Computers 2026, 15(5), 279): an explain prompt carries the model's own label when u₁ < π and
 * u₂ < λ, so that a label of which the model is unsure is seldom used; and after the warm-up the label that stood in the
 * prompt must be recovered from the rationale as the model writes it, the cycle loss.
 */
export const adaptiveTraining =
  ({ sampling, cycleWeight }: AdaptiveSettings): AdaptiveObjective =>
  async (examples, position, context) => {
    const { step, maxSteps } = position;
    const alpha = predictWeight(step, maxSteps);
    const pi = ownLabelRate(position, sampling);
    const explained = withRationale(examples);
    const draws = explained.map(() => [context.random.uniform(), context.random.uniform()] as const);
    // Every label is predicted, also those that cannot be used: τ is the mean confidence of all.
    const own =
      sampling.labels === 'gold' ? [] : await context.predictConfidently(explained.map(({ question }) => question));
    let ownLabels = 0;
    const given = explained.map(({ label }, i) => {
      const predicted = own[i];
      const [first, second] = draws[i] ?? [1, 1];
      if (predicted === undefined || first >= pi) return label;
      if (second >= acceptance(predicted.confidence, context.threshold)) return label;
      ownLabels++;
      return predicted.label;
    });
    const explaining = { weight: 1 - alpha, lessons: lessonsGiven(given, explained, context) };
    const cycle = { weight: cycleWeight, temperature: gumbelTemperature(step, maxSteps), labels: given };
    const withCycle = cycleWeight > 0 && step >= warmUpSteps(maxSteps);
    return {
      tasks: [
        { weight: alpha, lessons: predictLessons(examples, context) },
        withCycle ? { ...explaining, cycle } : explaining,
      ],
      predictWeight: alpha,
      samplingRate: pi,
      ownLabels,
      confidences: own.map(({ confidence }) => confidence),
    };
  };
