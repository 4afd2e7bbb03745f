import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode, UserError, writeFileAtomically } from '../common/index.ts';
import { DeviceHost, type DeviceRequest } from '../onnx/index.ts';
import { type Tokenizer, TrainableT5 } from '../t5/index.ts';
import { reason2DecidePrompts } from '../triage/index.ts';
import { CheckpointStore, type Progress } from './checkpoint.ts';
import type { TrainingConfiguration } from './configuration.ts';
import { loadTrainingData, type TrainingData } from './data.ts';
import { Learner } from './learner.ts';
import { writeModel } from './model-output.ts';
import { sumOfSquares } from './optimizer.ts';
import { RunLog } from './run-log.ts';
import { freshProgress, runStage, type StageTools } from './stage.ts';
import { makeOptimizer, planStages, validate } from './stages.ts';
import { prepareTokenizer, startingPoint } from './starting-point.ts';

/** What a finished run gives. */
export interface TrainingOutcome {
  readonly folder: string;
  readonly metrics: Readonly<Record<string, number>>;
}

export interface TrainingOptions {
  /** Goes on with a run that was stopped, instead of refusing to write over it. */
  readonly resume: boolean;
  readonly device: DeviceRequest;
  /** Told which device is used and why, once. */
  readonly onDevice: (explanation: string) => void;
  /** Told of every step and evaluation. */
  readonly onRecord: StageTools['onRecord'];
}

/**
 * Trains a model as a configuration says, in the method's two stages or as one of its baselines, and writes its folder.
 *
 * @throws UserError when the run's folder holds another run, or its data has changed since it began.
 */
export async function train(configuration: TrainingConfiguration, options: TrainingOptions): Promise<TrainingOutcome> {
  const data = await loadTrainingData(configuration);
  const checkpoints = new CheckpointStore(join(configuration.run, 'checkpoints'));
  await beginRun(configuration, data, options.resume);
  const tokenizerFolder = join(configuration.run, 'tokenizer');
  const tokenizer = await prepareTokenizer(configuration, data, tokenizerFolder);
  const { config, weights } = await startingPoint(configuration, tokenizer);
  const last = await checkpoints.loadLast();

  const host = await DeviceHost.open(options.device, {
    open: async (device) => new TrainableT5(config, last?.weights ?? weights, device),
    release: (model) => model.release(),
    check: deviceCheck(configuration, data, tokenizer),
  });
  options.onDevice(host.explanation);
  const { inputTokens, rationaleTokens, batchSize } = configuration;
  const limits = { inputTokens, rationaleTokens, microBatchSize: configuration.microBatchSize ?? batchSize };
  const log = new RunLog(join(configuration.run, 'log.jsonl'));
  return host.use(async (model) => {
    const learner = new Learner(model, tokenizer, reason2DecidePrompts, limits);
    const stages = planStages(configuration, data);
    let progress = last?.progress ?? freshProgress(stages[0]?.name ?? 'stage2');
    await log.keep(({ stage, step }) => isDone(progress, stage, step));
    for (const stage of stages.slice(stages.findIndex(({ name }) => name === progress.stage))) {
      const optimizer = makeOptimizer(configuration);
      if (progress.stage !== stage.name) progress = freshProgress(stage.name);
      else if (last !== undefined) optimizer.restore(progress.optimizerSteps, new Map(last.optimizerState));
      await runStage(
        stage,
        { learner, optimizer, checkpoints, log, seed: configuration.seed, onRecord: options.onRecord },
        progress,
      );
      const next = stages[stages.indexOf(stage) + 1];
      if (next !== undefined) {
        progress = freshProgress(next.name);
        await checkpoints.save({ progress, weights: model.weights, optimizerState: new Map() });
      }
    }
    const { metrics } = await validate(learner, data);
    await writeModel(configuration, data, { config, weights: model.weights, tokenizer, tokenizerFolder, metrics });
    return { folder: configuration.output, metrics };
  });
}

/** Records what the run is, or makes sure that it is still the same. */
async function beginRun(configuration: TrainingConfiguration, data: TrainingData, resume: boolean): Promise<void> {
  const path = join(configuration.run, 'run.json');
  const { run: _, output: __, ...settings } = configuration;
  const identity = JSON.stringify({ settings: sha256(JSON.stringify(settings)), data: data.hash });
  let before: string | undefined;
  try {
    before = await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
  if (before !== undefined && !resume) {
    throw new UserError(`${configuration.run}: holds a run already; go on with it by --resume, or remove the folder.`);
  }
  if (before !== undefined && before !== identity) {
    throw new UserError(
      `${configuration.run}: the configuration or its data changed since this run began; use another run folder.`,
    );
  }
  if (before !== undefined) return;
  await mkdir(configuration.run, { recursive: true });
  await writeFileAtomically(path, (file) => file.writeFile(identity));
}

/** The loss and its gradient's size on one small batch, to three digits: equal on every device that computes right. */
function deviceCheck(
  { inputTokens, rationaleTokens }: TrainingConfiguration,
  { training }: TrainingData,
  tokenizer: Tokenizer,
) {
  return async (model: TrainableT5): Promise<readonly number[]> => {
    const limits = { inputTokens, rationaleTokens, microBatchSize: 2 };
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
function isDone(progress: Progress, stage: string, step: number): boolean {
  if (stage !== progress.stage) return progress.stage === 'stage2';
  return step <= progress.step;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
