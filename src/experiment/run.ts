import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode, writeFileAtomically } from '../common/index.ts';
import type { Example } from '../dataset/index.ts';
import { type Evaluation, evaluate } from '../evaluation/index.ts';
import type { DeviceRequest } from '../onnx/index.ts';
import { loadExamples, type TrainingOptions, train } from '../training/index.ts';
import { TriageModel } from '../triage/index.ts';
import type { Experiment, PlannedRun } from './configuration.ts';

/** What one run came to: its evaluation on each test. */
export interface RunResult {
  readonly variant: string;
  readonly seed: number;
  readonly seconds: number;
  readonly tests: Readonly<Record<string, Evaluation>>;
}

export interface ExperimentOptions {
  readonly device: DeviceRequest;
  readonly onRun: (run: PlannedRun, position: { readonly index: number; readonly count: number }) => void;
  readonly onRecord: TrainingOptions['onRecord'];
}

const resultFile = 'result.json';

/**
 * Trains and evaluates every run of an experiment. A run that is done is not done again, and one that was interrupted goes on
 * from its last checkpoint, so an experiment may be spread over several sittings.
 *
 * @throws UserError as training and evaluation do.
 */
export async function runExperiment(experiment: Experiment, options: ExperimentOptions): Promise<RunResult[]> {
  const results: RunResult[] = [];
  for (const [index, run] of experiment.runs.entries()) {
    const done = await readResult(run);
    if (done === undefined) options.onRun(run, { index, count: experiment.runs.length });
    results.push(done ?? (await runOne(run, experiment, options)));
  }
  return results;
}

async function readResult({ folder }: PlannedRun): Promise<RunResult | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, resultFile), 'utf8'));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function runOne(
  run: PlannedRun,
  experiment: Experiment,
  { device, onRecord }: ExperimentOptions,
): Promise<RunResult> {
  const { variant, seed, folder, configuration } = run;
  await mkdir(folder, { recursive: true });
  const started = performance.now();
  const resume = await isThere(configuration.run);
  await train(configuration, { resume, device, onDevice: () => undefined, onRecord });
  const seconds = (performance.now() - started) / 1000;
  const tests: Record<string, Evaluation> = {};
  const model = await TriageModel.open(configuration.output, device);
  try {
    const { labels } = model.manifest;
    for (const [test, sources] of Object.entries(experiment.tests)) {
      const examples = await loadExamples(
        sources,
        labels.map(({ text }) => text),
      );
      const asked = configuration.objective === 'sft' ? examples.map(withoutRationale) : examples;
      tests[test] = await evaluate(
        {
          labels,
          predict: (note) => model.predict(note),
          explain: (note, label) => model.explain(note, label),
        },
        asked,
      );
    }
  } finally {
    await model.release();
  }
  const result: RunResult = { variant, seed, seconds, tests };
  await writeFileAtomically(join(folder, resultFile), (file) => file.writeFile(`${JSON.stringify(result)}\n`));
  return result;
}

/** A model that learnt labels alone is not asked why. */
const withoutRationale = (example: Example): Example => ({ ...example, rationale: '' });

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
