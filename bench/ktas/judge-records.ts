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
import { readManifest, TriageModel, writeManifest } from '../../src/triage/index.ts';

/** What a model says of records, by its own probabilities, without the temperature of its manifest. */
export async function judgeRecords(folder: string, held: readonly Example[]): Promise<Judged[]> {
  const model = await TriageModel.open(folder, 'cpu');
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

/**
 * Fits the temperature that makes the probabilities of judged records honest, and prints it; `--apply MODEL` among the words of the
 * command writes it into that model's reason2decide.json.
 */
export async function fitAndApplyTemperature(judged: readonly Judged[], words: readonly string[]): Promise<void> {
  const temperature = fitTemperature(judged);
  const error = expectedCalibrationError(
    judged.map(({ probabilities, gold }) => ({ probabilities: heated(probabilities, temperature), gold })),
  );
  console.log(`temperature ${temperature.toFixed(2)}, calibration error then ${error.toFixed(3)}`);
  if (!words.includes('--apply')) return;
  const folder = words[words.indexOf('--apply') + 1];
  if (folder === undefined) throw new Error('name the model folder after --apply');
  await writeManifest(folder, { ...(await readManifest(folder)), calibration: { temperature } });
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
