/**
 * How well does training on four fifths of a hospital's records serve the last fifth? Goes on from the model of synthetic notes
 * five times, as recipes/triage-small-hospital.yaml says, and prints the figures of both on the records that neither has seen:
 *
 *     npm run bench -- ktas-five-fold [--apply MODEL]
 *
 * Records with the same note stay in one fold. The temperature that makes the five models' probabilities honest on the records
 * they have not seen is printed too; `--apply` writes it into a model's reason2decide.json. A fold that is done is not done again.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Random } from '../src/common/index.ts';
import { ACUITY_LABELS, type Example, readKtas, writeExamples } from '../src/dataset/index.ts';
import {
  bootstrapInterval,
  type ClassificationMetrics,
  classificationMetrics,
  expectedCalibrationError,
  fitTemperature,
  type Judged,
} from '../src/evaluation/index.ts';
import { parseDeviceRequest } from '../src/onnx/index.ts';
import { readTrainingConfiguration, type TrainingConfiguration, train } from '../src/training/index.ts';
import { readManifest, TriageModel, writeManifest } from '../src/triage/index.ts';
import { foldsOf } from './ktas/folds.ts';

const FOLDS = 5;
const recipe = 'recipes/triage-small-hospital.yaml';
const cpu = parseDeviceRequest('cpu');
const apply = process.argv[process.argv.indexOf('--apply') + 1];

const configuration = await readTrainingConfiguration(recipe);
const source = configuration.data.training.find((item) => 'ktas' in item);
const base = configuration.model.from;
if (source === undefined || base === undefined) throw new Error(`${recipe} names no records or no model to start from`);
const records: Example[] = [];
for await (const record of readKtas(source.ktas)) records.push(record);
const folds = foldsOf(records, FOLDS);

const before: Judged[] = [];
const after: Judged[] = [];
for (const [fold, held] of folds.entries()) {
  const folder = join('runs', 'ktas-five-fold', String(fold + 1));
  await mkdir(folder, { recursive: true });
  const seen = records.filter((record) => !held.includes(record));
  const file = join(folder, 'training.jsonl');
  await writeExamples(file, seen, { columns: 'all' });
  const model = await trainedOn(file, folder);
  before.push(...(await judge(base, held)));
  after.push(...(await judge(model, held)));
  console.error(`fold ${fold + 1} of ${FOLDS}: ${held.length} records`);
}

report('synthetic notes alone', before);
report('with the other four fifths of the records', after);
const temperature = fitTemperature(after);
console.log(`temperature ${temperature.toFixed(2)}, calibration error then ${ece(after, temperature).toFixed(3)}`);
if (process.argv.includes('--apply')) {
  if (apply === undefined) throw new Error('name the model folder after --apply');
  await writeManifest(apply, { ...(await readManifest(apply)), calibration: { temperature } });
}

async function trainedOn(file: string, folder: string): Promise<string> {
  const output = join(folder, 'model');
  const done = await readManifest(output).then(
    () => true,
    () => false,
  );
  if (done) return output;
  const training = configuration.data.training.map((item) =>
    'ktas' in item ? { file, ...(item.repeat === undefined ? {} : { repeat: item.repeat }) } : item,
  );
  const own: TrainingConfiguration = {
    ...configuration,
    run: join(folder, 'run'),
    output,
    data: { ...configuration.data, training },
  };
  const quiet = () => undefined;
  await train(own, { resume: false, device: cpu, onDevice: quiet, onRecord: quiet });
  return output;
}

async function judge(folder: string, held: readonly Example[]): Promise<Judged[]> {
  const model = await TriageModel.open(folder, cpu);
  const judged: Judged[] = [];
  // The temperature is fitted on what the model itself says.
  const own = model.manifest.calibration?.temperature ?? 1;
  for (const { question, label } of held) {
    const { probabilities } = await model.predict(question);
    judged.push({
      probabilities: heated(
        probabilities.map(({ probability }) => probability),
        1 / own,
      ),
      gold: probabilities.findIndex((entry) => entry.label.text === label),
    });
  }
  await model.release();
  return judged;
}

function heated(probabilities: readonly number[], temperature: number): number[] {
  const powers = probabilities.map((probability) => probability ** (1 / temperature));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

function ece(judged: readonly Judged[], temperature: number): number {
  return expectedCalibrationError(
    judged.map(({ probabilities, gold }) => ({ probabilities: heated(probabilities, temperature), gold })),
  );
}

function report(title: string, judged: readonly Judged[]): void {
  const texts = ACUITY_LABELS.map(({ text }) => text);
  const gold = judged.map((one) => texts[one.gold] ?? '');
  const predicted = judged.map(({ probabilities }) => texts[probabilities.indexOf(Math.max(...probabilities))] ?? '');
  const measure = (indices: readonly number[]) =>
    classificationMetrics(
      ACUITY_LABELS,
      indices.map((i) => gold[i] ?? ''),
      indices.map((i) => predicted[i] ?? ''),
    );
  const whole = measure(judged.map((_, i) => i));
  const line = (name: string, value: (metrics: ClassificationMetrics) => number | null) => {
    const interval = bootstrapInterval(judged.length, (indices) => value(measure(indices)), new Random(1));
    const range = interval === null ? '' : ` (95 %: ${interval.low.toFixed(3)} to ${interval.high.toFixed(3)})`;
    console.log(`  ${name.padEnd(22)}${value(whole)?.toFixed(3) ?? 'undefined'}${range}`);
  };
  console.log(`${title}, ${judged.length} records`);
  line('accuracy', ({ accuracy }) => accuracy);
  line('macro-F1', ({ macroF1 }) => macroF1);
  line('under-triage', ({ underTriage }) => underTriage);
  line('over-triage', ({ overTriage }) => overTriage);
  line('quadratic kappa', ({ quadraticKappa }) => quadraticKappa);
  line('recall of levels 1-2', ({ urgentRecall }) => urgentRecall);
  console.log(`  ${'calibration error'.padEnd(22)}${expectedCalibrationError(judged).toFixed(3)}`);
  for (const [row, counts] of whole.confusion.counts.entries()) console.log(`  gold ${row + 1}: ${counts.join(' ')}`);
}
