import { Random, UserError } from '../common/index.ts';
import type { Example } from '../dataset/index.ts';
import type { Gradients } from '../t5/index.ts';
import type { AdaptiveObjective } from './adaptive-training.ts';
import { BatchOrder } from './batches.ts';
import type { CheckpointStore, Progress } from './checkpoint.ts';
import { confidenceAt, freshConfidence, withConfidences } from './confidence.ts';
import type { Learner } from './learner.ts';
import { clipGradients, type Optimizer } from './optimizer.ts';
import type { LogRecord, RunLog } from './run-log.ts';
import { type LearningRateSchedule, learningRateAt } from './schedules.ts';

/** What one stage does, and when it stops. */
export interface Stage {
  readonly name: Progress['stage'];
  readonly objective: AdaptiveObjective;
  /** Steps between two settings of τ; left out by objectives that ask for none. */
  readonly confidenceWindow?: number;
  readonly examples: readonly Example[];
  readonly maxSteps: number;
  readonly batchSize: number;
  readonly evaluateEvery: number;
  /** Evaluations without improvement before it stops, and the step before which it never does. */
  readonly patience: number;
  readonly earliestStop: number;
  readonly learningRate: LearningRateSchedule;
  readonly clipNorm: number;
  readonly checkpointEvery: number;
  /** Measures the model; `score` selects the best weights, higher is better. */
  evaluate(learner: Learner): Promise<{ readonly score: number; readonly metrics: Readonly<Record<string, number>> }>;
}

/** What a stage works with. */
export interface StageTools {
  readonly learner: Learner;
  readonly optimizer: Optimizer;
  readonly checkpoints: CheckpointStore;
  readonly log: RunLog;
  readonly seed: number;
  /** Told of every record, for progress on a terminal. */
  readonly onRecord: (record: LogRecord, maxSteps: number) => void;
}

/** Where a stage begins when nothing of it is done. */
export function freshProgress(stage: Progress['stage']): Progress {
  return { stage, step: 0, optimizerSteps: 0, best: null, evaluationsSinceBest: 0 };
}

/**
 * Runs a stage from where it stands to its end, and leaves the learner with its best weights. Every random draw depends
 * on the seed, the stage and the step alone, so a run that was stopped anywhere goes on to the same losses.
 */
export async function runStage(stage: Stage, tools: StageTools, from: Progress): Promise<void> {
  const { learner, optimizer, checkpoints, log } = tools;
  const batched = stage.examples.map((example) => ({
    length: learner.length(example),
    explained: example.rationale !== '',
  }));
  const order = new BatchOrder(batched, stage.batchSize, tools.seed);
  let progress = from;
  const save = () => checkpoints.save({ progress, weights: learner.model.weights, optimizerState: optimizer.state });
  while (progress.step < stage.maxSteps && !stopsEarly(stage, progress)) {
    const started = performance.now();
    const step = progress.step;
    const confidence =
      stage.confidenceWindow === undefined
        ? undefined
        : confidenceAt(progress.confidence ?? freshConfidence, step, stage.maxSteps, stage.confidenceWindow);
    const batch = order.at(step).flatMap((index) => stage.examples[index] ?? []);
    const taught = await stage.objective(
      batch,
      { step, maxSteps: stage.maxSteps },
      {
        prompts: learner.prompts,
        predictLabels: (notes) => learner.predictLabels(notes),
        predictConfidently: (notes) => learner.predictConfidently(notes),
        threshold: confidence?.threshold ?? null,
        random: Random.derive(tools.seed, stage.name, 'sampling', step),
      },
    );
    const gradients: Gradients = new Map();
    const dropout = Random.derive(tools.seed, stage.name, 'dropout', step);
    const gumbel = (lesson: number) => Random.derive(tools.seed, stage.name, 'gumbel', step, lesson);
    const losses = await learner.accumulate(taught.tasks, gradients, { dropout, gumbel });
    const learningRate = learningRateAt(step + 1, stage.maxSteps, stage.learningRate);
    const gradientNorm = gradients.size === 0 ? 0 : clipGradients(gradients, stage.clipNorm);
    // Before the update: neither the weights nor a checkpoint of them is spoilt.
    if (!Number.isFinite(losses.total) || !Number.isFinite(gradientNorm)) throw diverged(stage.name, step + 1);
    if (gradients.size > 0) optimizer.update(learner.model.weights, gradients, learningRate);
    const seen = taught.confidences ?? [];
    progress = {
      ...progress,
      step: step + 1,
      optimizerSteps: optimizer.steps,
      ...(confidence && { confidence: withConfidences(confidence, seen) }),
    };
    const record: LogRecord = {
      kind: 'step',
      stage: stage.name,
      step: progress.step,
      loss: losses.total,
      predictLoss: losses.predict,
      explainLoss: losses.explain,
      gradientNorm,
      learningRate,
      predictWeight: taught.predictWeight,
      samplingRate: taught.samplingRate,
      ownLabels: taught.ownLabels,
      ...(losses.cycle === undefined ? {} : { cycleLoss: losses.cycle }),
      ...(confidence && { threshold: confidence.threshold, confidence: mean(seen) }),
      seconds: (performance.now() - started) / 1000,
    };
    await log.append(record);
    tools.onRecord(record, stage.maxSteps);
    if (progress.step % stage.evaluateEvery === 0 || progress.step === stage.maxSteps) {
      progress = await evaluateStage(stage, tools, progress);
    }
    if (progress.step % stage.checkpointEvery === 0) await save();
  }
  const best = await checkpoints.loadBest(stage.name);
  for (const [name, { data }] of best) learner.model.weights.get(name)?.data.set(data);
}

async function evaluateStage(stage: Stage, tools: StageTools, progress: Progress): Promise<Progress> {
  const { score, metrics } = await stage.evaluate(tools.learner);
  const best = progress.best === null || score > progress.best.score;
  if (best) await tools.checkpoints.saveBest(stage.name, tools.learner.model.weights);
  const record: LogRecord = { kind: 'evaluation', stage: stage.name, step: progress.step, metrics, best };
  await tools.log.append(record);
  tools.onRecord(record, stage.maxSteps);
  return best
    ? { ...progress, best: { score, step: progress.step }, evaluationsSinceBest: 0 }
    : { ...progress, evaluationsSinceBest: progress.evaluationsSinceBest + 1 };
}

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

function stopsEarly(stage: Stage, progress: Progress): boolean {
  return progress.evaluationsSinceBest >= stage.patience && progress.step > stage.earliestStop;
}

const diverged = (stage: string, step: number) =>
  new UserError(
    `${stage}: the loss or its gradient is no longer a finite number at step ${step}; lower the learning rate and begin ` +
      'in another run folder.',
  );
