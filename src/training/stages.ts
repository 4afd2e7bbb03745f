import { Random, UserError } from '../common/index.ts';
import type { Example } from '../dataset/index.ts';
import { classificationMetrics } from '../evaluation/index.ts';
import { Adafactor } from './adafactor.ts';
import { AdamW } from './adamw.ts';
import { adaptiveTraining, methodCycleWeight } from './adaptive-training.ts';
import { methodConfidenceWindow } from './confidence.ts';
import type { StageConfiguration, TrainingConfiguration } from './configuration.ts';
import type { TrainingData } from './data.ts';
import type { Learner } from './learner.ts';
import {
  distillingStepByStep,
  jointTrainingWith,
  type LabelSampling,
  rationalePretraining,
  scheduledSampling,
  supervisedFineTuning,
} from './objectives.ts';
import type { Optimizer } from './optimizer.ts';
import { quotingExamples } from './quoting.ts';
import { earliestStop } from './schedules.ts';
import type { Stage } from './stage.ts';

/** Validation examples measured at each evaluation; more would cost more time than they tell. */
const evaluatedExamples = 400;

/** The optimiser of a stage, with no memory yet. */
export function makeOptimizer({ optimizer }: TrainingConfiguration): Optimizer {
  if (optimizer.kind === 'adafactor') return new Adafactor();
  return new AdamW({ beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: optimizer.weightDecay });
}

/** What stage 2 teaches, and where it needs a τ, how often that is set. */
function objectiveOf(configuration: TrainingConfiguration): Pick<Stage, 'objective' | 'confidenceWindow'> {
  const sampling: LabelSampling = { ...scheduledSampling, ...configuration.sampling };
  switch (configuration.objective) {
    case 'sft':
      return { objective: supervisedFineTuning };
    case 'dss':
      return { objective: distillingStepByStep };
    case 'r2d':
      return { objective: jointTrainingWith(sampling) };
    case 'r2d-c':
      return {
        objective: adaptiveTraining({ sampling, cycleWeight: configuration.cycle?.weight ?? methodCycleWeight }),
        confidenceWindow: configuration.confidence?.window ?? methodConfidenceWindow,
      };
  }
}

/**
 * The stages of a run: quoting and rationale pre-training where they are asked for, then the objective.
 *
 * @throws UserError when rationale pre-training is asked for and there is none to learn from.
 */
export function planStages(configuration: TrainingConfiguration, data: TrainingData): Stage[] {
  const { optimizer, batchSize, checkpointEvery, quoting, stage1, stage2 } = configuration;
  const base = { batchSize, checkpointEvery, clipNorm: optimizer.clipNorm };
  const schedule = (learningRate = optimizer.learningRate) => ({ ...optimizer, learningRate });
  const explained = data.training.filter(({ rationale }) => rationale !== '');
  const rationaleStage = (
    name: Stage['name'],
    { maxSteps, evaluateEvery, patience = 3, learningRate }: StageConfiguration,
    examples: readonly Example[],
    validation: readonly Example[],
  ): Stage => ({
    ...base,
    name,
    objective: rationalePretraining,
    examples,
    maxSteps,
    evaluateEvery,
    patience,
    earliestStop: 0,
    learningRate: schedule(learningRate),
    evaluate: (learner) => rationaleLoss(learner, validation),
  });
  const stages: Stage[] = [];
  if (quoting !== undefined) {
    const shown = batchSize * quoting.maxSteps;
    const examples = quotingExamples(data.training, shown + evaluatedExamples, configuration.seed);
    stages.push(rationaleStage('quoting', quoting, examples.slice(0, shown), examples.slice(shown)));
  }
  if (stage1 !== undefined) {
    requireRationales('training', data.training);
    requireRationales('validation', data.validation);
    stages.push(rationaleStage('stage1', stage1, explained, data.validation));
  }
  stages.push({
    ...base,
    name: 'stage2',
    ...objectiveOf(configuration),
    examples: data.training,
    maxSteps: stage2.maxSteps,
    evaluateEvery: stage2.evaluateEvery,
    patience: stage2.patience ?? 5,
    earliestStop: earliestStop(stage2.maxSteps),
    learningRate: schedule(stage2.learningRate),
    evaluate: (learner) => validate(learner, data),
  });
  return stages;
}

function requireRationales(part: string, examples: readonly Example[]): void {
  if (examples.some(({ rationale }) => rationale !== '')) return;
  throw new UserError(
    `stage1 learns rationales, but no ${part} example has one; give examples with rationales, or leave stage1 out.`,
  );
}

async function rationaleLoss(learner: Learner, validation: readonly Example[]) {
  const examples = validation.filter(({ rationale }) => rationale !== '').slice(0, evaluatedExamples);
  const { tasks } = await rationalePretraining(
    examples,
    { step: 0, maxSteps: 1 },
    {
      prompts: learner.prompts,
      predictLabels: (notes) => learner.predictLabels(notes),
      random: new Random(0),
    },
  );
  const loss = await learner.meanLoss(tasks.flatMap(({ lessons }) => lessons));
  return { score: -loss, metrics: { loss } };
}

/** Macro-F1 of the greedy labels on validation examples; a text that is no label counts as a wrong one. */
export async function validate(learner: Learner, { validation, labels }: TrainingData) {
  const examples = validation.slice(0, evaluatedExamples);
  const noLabel = '(no label)';
  const known = new Set(labels.map(({ text }) => text));
  const texts = await learner.predictLabels(examples.map(({ question }) => question));
  const predicted = texts.map((text) => (known.has(text) ? text : noLabel));
  const gold = examples.map(({ label }) => label);
  const { accuracy, macroF1 } = classificationMetrics([...labels, { text: noLabel }], gold, predicted);
  return { score: macroF1, metrics: { accuracy, macroF1 } };
}
