/**
 * How the model reads synthetic notes that it was not trained on: new notes of the complaints and styles it knows, notes about the
 * complaints that its recipe holds out, and notes in the style that its recipe holds out. Labels alone, with 95 % intervals:
 *
 *     npm run bench -- held-out [--model FOLDER] [--count N]
 */
import { generateSynthetic, NOTE_STYLES, type SyntheticOptions } from '../src/dataset/index.ts';
import { readTrainingConfiguration } from '../src/training/index.ts';
import { TriageModel } from '../src/triage/index.ts';
import { printLabelFigures } from './labels/label-figures.ts';

const option = (name: string, otherwise: string) => {
  const index = process.argv.indexOf(`--${name}`);
  return index < 0 ? otherwise : (process.argv[index + 1] ?? otherwise);
};
const count = Number(option('count', '1000'));
const model = await TriageModel.open(option('model', 'models/triage-small'), 'cpu');

const { data } = await readTrainingConfiguration('recipes/triage-small.yaml');
const taught = data.training.flatMap((source) => ('synthetic' in source ? [source.synthetic] : []))[0];
const { styles = NOTE_STYLES, withoutComplaints = [] } = taught ?? {};
const heldOutStyles = NOTE_STYLES.filter((style) => !styles.includes(style));

const SEED = 1001;
await measure('New notes of what was taught', { styles, withoutComplaints });
await measure(`Complaints held out (${withoutComplaints.join(', ')})`, { styles, complaints: withoutComplaints });
await measure(`Style held out (${heldOutStyles.join(', ')})`, { styles: heldOutStyles, withoutComplaints });
await model.release();

async function measure(title: string, options: Pick<SyntheticOptions, 'styles' | 'complaints' | 'withoutComplaints'>) {
  // bench/rationales.ts measures the rationales.
  await printLabelFigures(title, model, [...generateSynthetic({ count, seed: SEED, ...options })]);
}
