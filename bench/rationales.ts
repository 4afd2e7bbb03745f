// Do the rationales of a model say what the note says, name what decides, and lead to the same label? Triages synthetic notes that
// the model has not been trained on, and holds each rationale against what its note is known to state:
//   npm run bench -- rationales [--model FOLDER] [--count N] [--seed N] [--styles A,B] [--complaints A,B]
//     [--without-complaints A,B] [--faults N]
// The rationales that the rules wrote for the same notes stand beside as the measure of the measure. --faults prints that many
// rationales in which something does not stand, is not named or cannot be read.
import { readArguments, wholeNumber } from '../src/cli/arguments.ts';
import { defaultModelFolder } from '../src/cli/default-model.ts';
import { ProgressLine, timeLeft } from '../src/cli/progress.ts';
import { UserError } from '../src/common/index.ts';
import { NOTE_STYLES, type NoteStyle } from '../src/dataset/index.ts';
import { type AnnotatedExample, generateAnnotated } from '../src/dataset/synthetic/generate.ts';
import { parseDeviceRequest } from '../src/onnx/index.ts';
import { TriageModel, triageNote } from '../src/triage/index.ts';
import { agreementsOf } from './rationales/agreements.ts';
import { buildLexicon } from './rationales/lexicon.ts';
import { judgeRationale } from './rationales/measures.ts';
import { type JudgedNote, reportOf } from './rationales/report.ts';

const usage =
  'npm run bench -- rationales [--model FOLDER] [--count N] [--seed N] [--styles A,B] [--complaints A,B] ' +
  '[--without-complaints A,B] [--faults N]';
/** The seeds of the notes in recipes/triage-small*.yaml. */
const TRAINING_SEEDS: readonly number[] = [1, 2, 4, 5];

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!UserError.is(error)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

async function main(argv: readonly string[]): Promise<void> {
  const names = {
    values: ['model', 'count', 'seed', 'styles', 'complaints', 'without-complaints', 'faults'],
    flags: [],
  } as const;
  const { values } = readArguments(argv, names, usage);
  const count = wholeNumber(values.count ?? '300', 'count', 1);
  const seed = wholeNumber(values.seed ?? '3', 'seed', 0);
  const faults = wholeNumber(values.faults ?? '0', 'faults', 0);
  if (TRAINING_SEEDS.includes(seed)) {
    throw new UserError(`--seed ${seed} gives notes of the training; use another than ${TRAINING_SEEDS.join(', ')}.`);
  }
  const notes = generateAnnotated({
    count,
    seed,
    ...(values.styles === undefined ? {} : { styles: listOf(values.styles).map(styleOf) }),
    ...(values.complaints === undefined ? {} : { complaints: listOf(values.complaints) }),
    ...(values['without-complaints'] === undefined ? {} : { withoutComplaints: listOf(values['without-complaints']) }),
  });
  const model = await TriageModel.open(values.model ?? defaultModelFolder(), parseDeviceRequest('cpu'));
  try {
    const judged = await judgeNotes(model, notes, count);
    const { id, version } = model.manifest;
    console.log(`${judged.length} synthetic notes of seed ${seed}, triaged by ${id} ${version} on the CPU\n`);
    console.log(reportOf(judged, faults));
  } finally {
    await model.release();
  }
}

async function judgeNotes(model: TriageModel, notes: Iterable<AnnotatedExample>, count: number): Promise<JudgedNote[]> {
  const lexicon = buildLexicon();
  const line = new ProgressLine();
  const started = performance.now();
  const judged: JudgedNote[] = [];
  for (const annotated of notes) {
    const { question, rationale: gold, label } = annotated.example;
    const { label: predicted, rationale } = await triageNote(model, question);
    const labelOf = async (text: string) => (text === '' ? undefined : (await model.predict(text)).label.text);
    judged.push({
      annotated,
      rationale,
      generated: judgeRationale(annotated, rationale, lexicon),
      gold: judgeRationale(annotated, gold, lexicon),
      agreements: await agreementsOf({ predicted: predicted.text, label, rationale, gold }, labelOf),
    });
    const seconds = (performance.now() - started) / 1000;
    line.show(`${judged.length} of ${count} notes, ${timeLeft(judged.length, count, seconds)}`);
  }
  line.clear();
  return judged;
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function styleOf(name: string): NoteStyle {
  const style = NOTE_STYLES.find((known) => known === name);
  if (style !== undefined) return style;
  throw new UserError(`--styles names "${name}", which is no style; use one or more of: ${NOTE_STYLES.join(', ')}.`);
}
