import { UserError, writeFileAtomically } from '../common/index.ts';
import {
  type ExperimentResults,
  readExperiment,
  readResults,
  reportExperiment,
  resultsPage,
  runExperiment,
} from '../experiment/index.ts';
import { parseDeviceRequest } from '../onnx/index.ts';
import { readArguments, wholeNumber } from './arguments.ts';
import { ProgressLine } from './progress.ts';

export const experimentUsages = [
  'experiment FILE.yaml [--report FILE.md] [--minutes N] [--device auto|gpu|cpu|NAME]',
  'experiment FILE.yaml… --results FILE.md',
] as const;
export const experimentUsage = experimentUsages.join('\n  reason2decide ');

/**
 * Runs what is not done of an experiment, and prints its tables or writes them into a file; with `--results` writes the page of
 * what is done of all the experiments, and runs nothing.
 */
export async function experimentCommand(argv: readonly string[]): Promise<boolean> {
  const names = { values: ['report', 'results', 'minutes', 'device'], flags: [] } as const;
  const { values, positionals } = readArguments(argv, names, experimentUsage);
  if (values.results !== undefined) {
    await writeResults(positionals, values.results);
    return true;
  }
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new UserError(`Give one experiment; use: ${experimentUsages[0]}`);
  const experiment = await readExperiment(file);
  const seconds = values.minutes === undefined ? undefined : 60 * wholeNumber(values.minutes, 'minutes', 1);
  const started = performance.now();
  const line = new ProgressLine();
  let name = '';
  const results = await runExperiment(experiment, {
    device: parseDeviceRequest(values.device ?? 'auto'),
    goOn: () => seconds === undefined || (performance.now() - started) / 1000 < seconds,
    onRun({ variant, seed }, { index, count }) {
      name = `${variant}, seed ${seed}`;
      line.keep(`Run ${index + 1} of ${count}: ${name}`);
    },
    onRecord(record, maxSteps) {
      if (record.kind === 'step') {
        line.show(`${name}  ${record.stage} ${record.step}/${maxSteps}  loss ${record.loss.toFixed(3)}`);
      }
    },
    onExample: (test, done) => line.show(`${name}  asked about ${test}: ${done}`),
  });
  line.clear();
  const report = reportExperiment(experiment, results);
  if (values.report === undefined) console.log(report);
  else await writeFileAtomically(values.report, (out) => out.writeFile(`${report}\n`));
  return true;
}

async function writeResults(files: readonly string[], page: string): Promise<void> {
  if (files.length === 0) throw new UserError(`Give the experiments; use: ${experimentUsages[1]}`);
  const all: ExperimentResults[] = [];
  for (const file of files) {
    const experiment = await readExperiment(file);
    all.push({ experiment, results: await readResults(experiment) });
  }
  await writeFileAtomically(page, (out) => out.writeFile(resultsPage(all)));
  console.log(`Wrote ${page} (${all.reduce((sum, { results }) => sum + results.length, 0)} runs).`);
}
