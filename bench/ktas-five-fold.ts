/**
 * How well does training on four fifths of a hospital's records serve the last fifth? Goes on from the model of synthetic notes
 * five times, as recipes/triage-small-hospital.yaml says, and prints the figures of both on the records that neither has seen:
 *
 *     npm run bench -- ktas-five-fold [--apply MODEL]
 *
 * Records with the same note stay in one fold. The temperature that makes the five models' probabilities honest on the records
 * they have not seen is printed too, and the figures with the two urgent levels counted more than by their probability; `--apply` writes
 * temperature and weights into a model's reason2decide.json. A fold that is done is not done again.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ACUITY_LABELS, type Example, readKtas, writeExamples } from '../src/dataset/index.ts';
import type { Judged } from '../src/evaluation/index.ts';
import { parseDeviceRequest } from '../src/onnx/index.ts';
import { readTrainingConfiguration, type TrainingConfiguration, train } from '../src/training/index.ts';
import { readManifest } from '../src/triage/index.ts';
import { foldsOf } from './ktas/folds.ts';
import {
  applyCalibration,
  fitAndPrintTemperature,
  judgeRecords,
  printFigures,
  weighted,
} from './ktas/judge-records.ts';

const FOLDS = 5;
/** To miss an urgent patient is worse than the opposite. The least weight that is enough for four urgent patients of five. */
const urgentWeight = 1.3;
const recipe = 'recipes/triage-small-hospital.yaml';
const cpu = parseDeviceRequest('cpu');

const configuration = await readTrainingConfiguration(recipe);
const source = configuration.data.training.find((item) => 'ktas' in item);
const base = configuration.model.from;
if (source === undefined || base === undefined) throw new Error(`${recipe} names no records or no model to start from`);
const records: Example[] = [];
for await (const record of readKtas(source.ktas)) records.push(record);
const folds = foldsOf(records, FOLDS);

const before: Judged[] = [];
const after: Judged[] = [];
/** Of each record, in which fold it was held out. */
const heldIn: number[] = [];
for (const [fold, held] of folds.entries()) {
  const folder = join('runs', 'ktas-five-fold', String(fold + 1));
  await mkdir(folder, { recursive: true });
  const seen = records.filter((record) => !held.includes(record));
  const file = join(folder, 'training.jsonl');
  await writeExamples(file, seen, { columns: 'all' });
  const model = await trainedOn(file, folder);
  before.push(...(await judgeRecords(base, held)));
  after.push(...(await judgeRecords(model, held)));
  heldIn.push(...held.map(() => fold));
  console.error(`fold ${fold + 1} of ${FOLDS}: ${held.length} records`);
}

printFigures('synthetic notes alone', before);
printFigures('with the other four fifths of the records', after);
const { temperature, honest } = fitAndPrintTemperature(after);
for (const weight of [1.2, urgentWeight, 1.5, 2]) {
  printFigures(`the same, levels 1 and 2 counted ${weight} times`, weighted(honest, weightsOf(weight)));
}
printFigures('the same, the weight chosen on the other four folds', weightedByOthers());
await applyCalibration(process.argv.slice(2), () => ({ temperature, weights: weightsOf(urgentWeight) }));

function weightsOf(weight: number): Record<string, number> {
  return Object.fromEntries(
    ACUITY_LABELS.flatMap(({ id, level }) => (level !== null && level <= 2 ? [[id, weight]] : [])),
  );
}

/** Each fold with the least weight that finds four urgent patients of five in the others: what choosing it here is worth. */
function weightedByOthers(): Judged[] {
  const tried = [1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.75, 2, 2.5, 3].map((weight) => weighted(honest, weightsOf(weight)));
  return honest.map((record, i) => {
    const enough = tried.find((judged) => urgentRecall(judged.filter((_, j) => heldIn[j] !== heldIn[i])) >= 0.8);
    return (enough ?? tried.at(-1))?.[i] ?? record;
  });
}

function urgentRecall(judged: readonly Judged[]): number {
  const urgent = judged.filter(({ gold }) => gold < 2);
  const found = urgent.filter(({ probabilities }) => probabilities.indexOf(Math.max(...probabilities)) < 2);
  return found.length / urgent.length;
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
