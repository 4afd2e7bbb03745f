import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ProcessLock } from '../common/index.ts';
import type { Example } from '../dataset/index.ts';
import { evaluate, openEncoder, type TokenEncoder } from '../evaluation/index.ts';
import type { DeviceRequest } from '../onnx/index.ts';
import { loadExamples, readRunLog, type TrainingOptions, train } from '../training/index.ts';
import { TriageModel } from '../triage/index.ts';
import type { Experiment, ExperimentTest, PlannedRun } from './configuration.ts';
import { type RunResult, readResult, readResults, writeResult } from './result-file.ts';

/** Milliseconds to wait for a run's lock: two processes that ask in the same moment would both be refused, and neither would do the run. */
const patience = 300;

export interface ExperimentOptions {
  readonly device: DeviceRequest;
  readonly onRun: (run: PlannedRun, position: { readonly index: number; readonly count: number }) => void;
  readonly onRecord: TrainingOptions['onRecord'];
  /** Told after each example of a test. */
  readonly onExample?: (test: string, done: number) => void;
  /** Asked before each run that is not done; when it says false, the rest is left for another sitting. */
  readonly goOn?: () => boolean;
}

/**
 * Trains and evaluates every run of an experiment. What is done is not done again, neither a training nor a test, and a training
 * that was interrupted goes on from its last checkpoint, so an experiment may be spread over several sittings; and a run that
 * another process works on is left to it, so it may be spread over several processes.
 *
 * @returns the results of all runs that are done.
 * @throws UserError as training and evaluation do, and when a run in its folder was made with other settings.
 */
export async function runExperiment(experiment: Experiment, options: ExperimentOptions): Promise<RunResult[]> {
  for (const [index, run] of experiment.runs.entries()) {
    if (await isDone(run)) continue;
    if (options.goOn?.() === false) break;
    await mkdir(run.folder, { recursive: true });
    const lock = ProcessLock.acquire(join(run.folder, 'run.lock'), patience);
    if (lock === undefined) continue;
    try {
      // Read anew: another process may have finished it meanwhile.
      if (await isDone(run)) continue;
      const before = await readResult(run);
      options.onRun(run, { index, count: experiment.runs.length });
      // A result may have come without its model, which is not kept in the history: then it is trained again.
      const answers = before !== undefined && (await isThere(run.configuration.output));
      const trained = answers ? before : await trainOne(run, options);
      await ask(run, trained, experiment, options);
    } finally {
      lock.release();
    }
  }
  return readResults(experiment);
}

async function isDone(run: PlannedRun): Promise<boolean> {
  const result = await readResult(run);
  return result !== undefined && testsLeft(run, result).length === 0;
}

/** The tests of a run that it has not been asked as they stand now. */
function testsLeft({ tests }: PlannedRun, result: RunResult): ExperimentTest[] {
  return tests.filter(({ name, identity }) => result.tests[name]?.identity !== identity);
}

async function trainOne(run: PlannedRun, { device, onRecord }: ExperimentOptions): Promise<RunResult> {
  const { variant, seed, identity, configuration } = run;
  const resume = await isThere(configuration.run);
  const { explains, data } = await train(configuration, { resume, device, onDevice: () => undefined, onRecord });
  const log = await readRunLog(configuration.run);
  const steps = log.filter((record) => record.kind === 'step');
  const seconds = steps.reduce((sum, step) => sum + step.seconds, 0);
  const result: RunResult = { variant, seed, identity, data, explains, steps: steps.length, seconds, tests: {} };
  await writeResult(run, result);
  // The model is what is asked; its way there would fill the disk.
  await rm(join(configuration.run, 'checkpoints'), { recursive: true, force: true });
  return result;
}

async function ask(
  run: PlannedRun,
  trained: RunResult,
  experiment: Experiment,
  { device, onExample }: ExperimentOptions,
): Promise<void> {
  let result = trained;
  const model = await TriageModel.open(run.configuration.output, device);
  let encoder: TokenEncoder | undefined;
  try {
    encoder = experiment.encoder === undefined ? undefined : await openEncoder(experiment.encoder);
    for (const { name, labels, sources, identity } of testsLeft(run, trained)) {
      const started = performance.now();
      const examples = await loadExamples(sources, labels);
      const evaluation = await evaluate(
        {
          labels: model.manifest.labels,
          predict: (note) => model.predict(note),
          explain: (note, label) => model.explain(note, label),
        },
        trained.explains ? examples : examples.map(withoutRationale),
        { ...(encoder && { encoder }), onExample: (done) => onExample?.(name, done) },
      );
      const seconds = (performance.now() - started) / 1000;
      result = { ...result, tests: { ...result.tests, [name]: { identity, seconds, evaluation } } };
      await writeResult(run, result);
    }
  } finally {
    await encoder?.release();
    await model.release();
  }
}

/** A model that learnt labels alone is not asked why. */
const withoutRationale = (example: Example): Example => ({ ...example, rationale: '' });

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
