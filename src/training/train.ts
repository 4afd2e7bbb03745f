import { join } from 'node:path';
import { DeviceHost, type DeviceRequest } from '../onnx/index.ts';
import { type Tokenizer, TrainableT5 } from '../t5/index.ts';
import { reason2DecidePrompts } from '../triage/index.ts';
import { type Checkpoint, CheckpointStore, type Progress, STAGES } from './checkpoint.ts';
import type { TrainingConfiguration } from './configuration.ts';
import { loadTrainingData, type TrainingData } from './data.ts';
import { Learner, type LearnerLimits } from './learner.ts';
import { requireOutput, writeModel } from './model-output.ts';
import { sumOfSquares } from './optimizer.ts';
import { recordRun, requireSameRun } from './run-identity.ts';
import { openRunLog } from './run-log.ts';
import { freshProgress, runStage, type Stage, type StageTools } from './stage.ts';
import { makeOptimizer, planStages, validate } from './stages.ts';
import { prepareTokenizer, startingPoint } from './starting-point.ts';

/** What a finished run gives. */
export interface TrainingOutcome {
  readonly folder: string;
  readonly metrics: Readonly<Record<string, number>>;
  /** Whether the model was taught rationales: its objective asks for them, and some training example has one. */
  readonly explains: boolean;
  /** SHA-256 over its training and validation examples. */
  readonly data: string;
}

export interface TrainingOptions {
  /** Goes on with a run that was stopped, instead of refusing to write over it. */
  readonly resume: boolean;
  readonly device: DeviceRequest;
  /** Told which device is used and why, and again when that device fails and the CPU begins anew from the last checkpoint. */
  readonly onDevice: (explanation: string) => void;
  /** Told of every step and evaluation. */
  readonly onRecord: StageTools['onRecord'];
}

/**
 * Trains a model as a configuration says, in the method's two stages or as one of its baselines, and writes its folder.
 *
 * @throws UserError when the run's folder holds another run, its data has changed since it began, a file cannot be read or
 *   written, or the loss diverges.
 */
export async function train(configuration: TrainingConfiguration, options: TrainingOptions): Promise<TrainingOutcome> {
  const data = await loadTrainingData(configuration);
  const checkpoints = new CheckpointStore(join(configuration.run, 'checkpoints'));
  await requireOutput(configuration);
  await requireSameRun(configuration, data, options.resume);
  const tokenizerFolder = join(configuration.run, 'tokenizer');
  const tokenizer = await prepareTokenizer(configuration, data, tokenizerFolder);
  const stages = planStages(configuration, data);
  const limits = learnerLimits(configuration, data, tokenizer);
  const log = openRunLog(configuration.run);

  const host = await DeviceHost.open(options.device, {
    // Read anew for every device: training changes weights in place, and one that failed has left them half-way.
    open: async (device) => {
      const { config, weights } = await startingPoint(configuration, tokenizer);
      const last = await checkpoints.loadLast();
      return new TrainableT5(config, last?.weights ?? weights, device);
    },
    release: (model) => model.release(),
    check: deviceCheck(data, tokenizer, limits),
  });
  const work = async (model: TrainableT5): Promise<TrainingOutcome> => {
    options.onDevice(host.explanation);
    const learner = new Learner(model, tokenizer, reason2DecidePrompts, limits);
    let { progress, optimizerState } = (await checkpoints.loadLast()) ?? freshStage(stages[0]);
    await log.keep(({ stage, step }) => isDone(progress, stage, step));
    for (const stage of stages.slice(stages.findIndex(({ name }) => name === progress.stage))) {
      const optimizer = makeOptimizer(configuration);
      optimizer.restore(progress.optimizerSteps, new Map(optimizerState));
      await runStage(
        stage,
        { learner, optimizer, checkpoints, log, seed: configuration.seed, onRecord: options.onRecord },
        progress,
      );
      const next = stages[stages.indexOf(stage) + 1];
      if (next === undefined) break;
      ({ progress, optimizerState } = freshStage(next));
      await checkpoints.save({ progress, weights: model.weights, optimizerState });
    }
    const { metrics } = await validate(learner, data);
    const { config, weights } = model;
    await writeModel(configuration, data, { config, weights, tokenizer, tokenizerFolder, metrics });
    const explains = configuration.objective !== 'sft' && data.training.some(({ rationale }) => rationale !== '');
    return { folder: configuration.output, metrics, explains, data: data.hash };
  };
  try {
    await recordRun(configuration, data);
    return await host.use(work);
  } finally {
    await host.release();
  }
}

/** A stage of which nothing is done; its optimiser remembers nothing of the stage before. */
function freshStage(stage: Stage | undefined): Pick<Checkpoint, 'progress' | 'optimizerState'> {
  return { progress: freshProgress(stage?.name ?? 'stage2'), optimizerState: new Map() };
}

function learnerLimits(
  { inputTokens, rationaleTokens, batchSize, microBatchSize = batchSize }: TrainingConfiguration,
  { labels }: TrainingData,
  tokenizer: Tokenizer,
): LearnerLimits {
  const labelTokens = Math.max(...labels.map(({ text }) => tokenizer.encodeIds(text).length));
  return { inputTokens, labelTokens, rationaleTokens, microBatchSize };
}

/** The loss and its gradient's size on one small batch, to three digits: equal on every device that computes right. */
function deviceCheck({ training }: TrainingData, tokenizer: Tokenizer, limits: LearnerLimits) {
  return async (model: TrainableT5): Promise<readonly number[]> => {
    const learner = new Learner(model, tokenizer, reason2DecidePrompts, limits);
    const lessons = training
      .slice(0, 2)
      .map(({ question, label }) => ({ task: 'predict', prompt: question, target: label }) as const);
    const gradients = new Map<string, Float32Array>();
    const { total } = await learner.accumulate([{ weight: 1, lessons }], gradients);
    const size = [...gradients.values()].reduce((sum, values) => sum + Math.sqrt(sumOfSquares(values)), 0);
    return [total, size].map((value) => Number(value.toPrecision(3)));
  };
}

/** Whether a step lies before the point at which a run resumes. */
function isDone(progress: Progress, stage: Progress['stage'], step: number): boolean {
  if (stage === progress.stage) return step <= progress.step;
  return STAGES.indexOf(stage) < STAGES.indexOf(progress.stage);
}
