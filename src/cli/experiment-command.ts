import { UserError, writeFileAtomically } from '../common/index.ts';
import { readExperiment, reportExperiment, runExperiment } from '../experiment/index.ts';
import { parseDeviceRequest } from '../onnx/index.ts';
import { readArguments } from './arguments.ts';
import { ProgressLine } from './progress.ts';

export const experimentUsage = 'experiment FILE.yaml [--report FILE.md] [--device auto|gpu|cpu|NAME]';

/** Runs what is not done of an experiment, and prints its tables or writes them into a file. */
export async function experimentCommand(argv: readonly string[]): Promise<boolean> {
  const { values, positionals } = readArguments(argv, { values: ['report', 'device'], flags: [] }, experimentUsage);
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new UserError(`Give one experiment; use: ${experimentUsage}`);
  const experiment = await readExperiment(file);
  const line = new ProgressLine();
  let name = '';
  const results = await runExperiment(experiment, {
    device: parseDeviceRequest(values.device ?? 'auto'),
    onRun({ variant, seed }, { index, count }) {
      name = `${variant}, seed ${seed}`;
      line.keep(`Run ${index + 1} of ${count}: ${name}`);
    },
    onRecord(record, maxSteps) {
      if (record.kind === 'step') {
        line.show(`${name}  ${record.stage} ${record.step}/${maxSteps}  loss ${record.loss.toFixed(3)}`);
      }
    },
  });
  line.clear();
  const report = reportExperiment(experiment, results);
  if (values.report === undefined) console.log(report);
  else await writeFileAtomically(values.report, (out) => out.writeFile(`${report}\n`));
  return true;
}
