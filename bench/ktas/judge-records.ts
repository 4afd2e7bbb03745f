import { Random } from '../../src/common/index.ts';
import { ACUITY_LABELS, type Example } from '../../src/dataset/index.ts';
import {
  bootstrapInterval,
  type ClassificationMetrics,
  classificationMetrics,
  expectedCalibrationError,
  fitTemperature,
  type Judged,
} from '../../src/evaluation/index.ts';
import { type Manifest, readManifest, TriageModel, writeManifest } from '../../src/triage/index.ts';

/** What a model says of records, by its own probabilities, without the temperature and the weights of its manifest. */
export async function judgeRecords(folder: string, held: readonly Example[]): Promise<Judged[]> {
  const model = await TriageModel.open(folder, 'cpu');
  const judged: Judged[] = [];
  // The temperature is fitted on what the model itself says.
  const { temperature = 1, weights } = model.manifest.calibration ?? {};
  for (const { question, label } of held) {
    const { probabilities } = await model.predict(question);
    const unweighted = probabilities.map(({ label: { id }, probability }) => probability / (weights?.[id] ?? 1));
    judged.push({
      probabilities: heated(unweighted, 1 / temperature),
      gold: probabilities.findIndex((entry) => entry.label.text === label),
    });
  }
  await model.release();
  return judged;
}

function heated(probabilities: readonly number[], temperature: number): number[] {
  return toSumOfOne(probabilities.map((probability) => probability ** (1 / temperature)));
}

function toSumOfOne(values: readonly number[]): number[] {
  const total = values.reduce((sum, value) => sum + value, 0);
  return values.map((value) => value / total);
}

/**
 * Fits the temperature that makes the probabilities of judged records honest, and prints it.
 *
 * @returns it, and what is said of the records with it.
 */
export function fitAndPrintTemperature(judged: readonly Judged[]): { temperature: number; honest: Judged[] } {
  const temperature = fitTemperature(judged);
  const honest = judged.map(({ probabilities, gold }) => ({ probabilities: heated(probabilities, temperature), gold }));
  console.log(
    `temperature ${temperature.toFixed(2)}, calibration error then ${expectedCalibrationError(honest).toFixed(3)}`,
  );
  return { temperature, honest };
}

type Calibration = NonNullable<Manifest['calibration']>;

/** Changes the manifest of the model that is named after `--apply` among the words of the command, if one is. */
export async function applyCalibration(
  words: readonly string[],
  change: (before: Calibration) => Calibration,
): Promise<void> {
  if (!words.includes('--apply')) return;
  const folder = words[words.indexOf('--apply') + 1];
  if (folder === undefined) throw new Error('name the model folder after --apply');
  const manifest = await readManifest(folder);
  await writeManifest(folder, { ...manifest, calibration: change(manifest.calibration ?? { temperature: 1 }) });
}

/** With another temperature, and the weights that give every note the same level as before. */
export function atTemperature({ temperature: before, weights = {} }: Calibration, temperature: number): Calibration {
  const scaled = Object.entries(weights).map(([id, weight]) => [id, weight ** (before / temperature)]);
  return { temperature, weights: Object.fromEntries(scaled) };
}

/** As a manifest's weights have it: each label's probability times its weight, all of them brought to a sum of 1 again. */
export function weighted(judged: readonly Judged[], weights: Readonly<Record<string, number>>): Judged[] {
  return judged.map(({ probabilities, gold }) => ({
    probabilities: toSumOfOne(probabilities.map((value, i) => value * (weights[ACUITY_LABELS[i]?.id ?? ''] ?? 1))),
    gold,
  }));
}

/** Prints the figures of judged records with their 95 % intervals, and the confusions. */
export function printFigures(title: string, judged: readonly Judged[]): void {
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
