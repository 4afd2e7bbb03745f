/**
 * Does correcting a model make it better where its reviewer knows better, and leave the rest as it was? A simulated reviewer agrees
 * with the rules behind the synthetic notes, but for one corner: a feverish child under five is emergent at least. They
 * review notes of that corner until they have corrected 150 predictions; the decisions go through the real store and one retraining; then parent and candidate are asked about new notes:
 *
 *     npm run bench -- retraining [--corrections N] [--settings FILE] [--folder DIR] [--model DIR]
 *
 * The folder keeps the store and the registry, and must not hold any yet.
 */
import { mkdir, mkdtemp } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { CorrectionsStore, type NewDecision, noteHash } from '../src/corrections/index.ts';
import { ACUITY_LABELS, type Example, generateSynthetic, NOTE_STYLES, type NoteStyle } from '../src/dataset/index.ts';
import { type AnnotatedExample, generateAnnotated } from '../src/dataset/synthetic/generate.ts';
import { compareJudged, evaluateExamples } from '../src/evaluation/index.ts';
import { ModelRegistry } from '../src/registry/index.ts';
import { defaultSettings, readRetrainingSettings, startRetraining } from '../src/retraining/index.ts';
import { readTrainingConfiguration } from '../src/training/index.ts';
import { modelFingerprint, TriageModel } from '../src/triage/index.ts';

const option = (name: string, otherwise: string) => {
  const index = process.argv.indexOf(`--${name}`);
  return index < 0 ? otherwise : (process.argv[index + 1] ?? otherwise);
};
const wanted = Number(option('corrections', '150'));
const folder = option('folder', '') || (await mkdtemp(join(tmpdir(), 'reason2decide-retraining-')));
const shipped = option('model', 'models/triage-small');
const settingsFile = option('settings', '');
const settings = settingsFile === '' ? defaultSettings : await readRetrainingSettings(settingsFile);

const corner = 'fever-child';
/** The generator gives levels in turn, and a feverish child is hardly ever non-urgent: others take those turns. */
const others = ['limping-child', 'rash-child'];
const recipe = 'recipes/triage-small.yaml';
const { data } = await readTrainingConfiguration(recipe);
const taught = data.training.flatMap((source) => ('synthetic' in source ? [source.synthetic] : []))[0];
const { styles = NOTE_STYLES, withoutComplaints = [] } = taught ?? {};
const seeds = { reviewed: 9_001, corner: 9_012, rest: 9_013, styles: 9_014 };

/** New notes of the corner, one after another, with the level and the reason that the reviewer gives them. */
function* cornerNotes(seed: number): Generator<Example, void, undefined> {
  for (const annotated of generateAnnotated({ count: 100_000, seed, styles, complaints: [corner, ...others] })) {
    if (annotated.example.complaint === corner) yield asReviewed(annotated);
  }
}

const leastUrgent = 2;

function asReviewed({ example, spans }: AnnotatedExample): Example {
  const age = spans.find(({ key }) => key === 'age');
  const young = age !== undefined && isUnderFive(example.question.slice(age.start, age.end));
  if (!young || example.level === undefined || example.level <= leastUrgent) return example;
  const label = ACUITY_LABELS[leastUrgent - 1]?.text ?? '';
  const kept = example.rationale.replace(/[^.]*\.?\s*$/, '').trim();
  return {
    ...example,
    label,
    level: leastUrgent,
    rationale: `${kept} Fever under five years is at least ${label}, so ${label}.`,
  };
}

/** As in `4-year-old boy`, `F/6`, `20mo F`, `3wk M`. */
function isUnderFive(age: string): boolean {
  const months = /\d\s*-?(m\b|mo|month|wk|week|w\b|d\b|day)/i.test(age);
  return months || Number(/\d+/.exec(age)?.[0] ?? Number.NaN) < 5;
}

/** What the reviewer decides on a note when they see what the model says of it. */
async function decide(model: TriageModel, fingerprint: string, note: Example, index: number): Promise<NewDecision> {
  const { id, version } = model.manifest;
  const { label, probabilities } = await model.predict(note.question);
  const rationale = await model.explain(note.question, label);
  const decided = model.manifest.labels.find(({ text }) => text === note.label);
  if (decided === undefined) throw new RangeError(`the model has no label ${note.label}`);
  const agrees = decided.id === label.id;
  return {
    noteId: `notes/${index}.txt`,
    noteHash: noteHash(note.question),
    noteText: note.question,
    predictionId: `prediction-${index}`,
    model: { id, version, fingerprint },
    predicted: {
      labelId: label.id,
      labelText: label.text,
      level: label.level,
      probabilities: Object.fromEntries(probabilities.map((entry) => [entry.label.id, entry.probability])),
      rationale,
    },
    action: agrees ? 'accepted' : 'corrected',
    label: { id: decided.id, text: decided.text, level: decided.level },
    rationale: agrees ? rationale : note.rationale,
    comment: '',
    reviewer: 'simulated reviewer',
    supersedes: null,
  };
}

async function review(file: string): Promise<string> {
  const model = await TriageModel.open(shipped, 'cpu');
  const fingerprint = await modelFingerprint(shipped);
  const store = CorrectionsStore.open(file);
  const done = { corrected: 0, accepted: 0 };
  for (const note of cornerNotes(seeds.reviewed)) {
    const { action } = store.append(await decide(model, fingerprint, note, done.corrected + done.accepted));
    done[action === 'corrected' ? 'corrected' : 'accepted']++;
    if (done.corrected === wanted) break;
  }
  store.close();
  await model.release();
  return `${done.corrected} predictions corrected and ${done.accepted} accepted`;
}

async function answers(model: string, notes: readonly Example[]) {
  const opened = await TriageModel.open(model, 'cpu');
  const evaluated = await evaluateExamples(
    { labels: opened.manifest.labels, predict: (note) => opened.predict(note), explain: async () => '' },
    // Labels alone: the verdict's own evaluations measure the rationales.
    notes.map((note, i) => ({ ...note, id: String(i), rationale: '' })),
  );
  await opened.release();
  return { labels: opened.manifest.labels, ...evaluated };
}

async function compare(title: string, candidate: string, notes: readonly Example[]): Promise<void> {
  const before = await answers(shipped, notes);
  const after = await answers(candidate, notes);
  const { differences } = compareJudged(before.labels, before.examples, after.examples);
  const row = (name: 'macroF1' | 'accuracy' | 'underTriage') => {
    const { value, interval } = differences[name];
    const points = (number: number | null | undefined) => (100 * (number ?? Number.NaN)).toFixed(1);
    return `${name} ${points(before.metrics[name])} → ${points(after.metrics[name])} (${points(value)}; 95 %: ${points(interval?.low)} to ${points(interval?.high)})`;
  };
  // A label that is never right counts 0 in macro-F1, even where a single wrong answer is all there is of it.
  const occurring = ({ metrics }: typeof before) => {
    const levels = metrics.perLevel.filter(({ support }) => support > 0);
    return (100 * levels.reduce((sum, { f1 }) => sum + f1, 0)) / levels.length;
  };
  const ofLevels = `mean F1 of the levels that occur ${occurring(before).toFixed(1)} → ${occurring(after).toFixed(1)}`;
  console.log(
    `${title}, ${notes.length} notes\n  ${row('macroF1')}\n  ${ofLevels}\n  ${row('accuracy')}\n  ${row('underTriage')}`,
  );
}

console.log(`${cpus()[0]?.model ?? 'unknown CPU'}, ${availableParallelism()} cores`);
await mkdir(folder, { recursive: true });
const store = join(folder, 'corrections.db');
console.log(await review(store));
const registry = ModelRegistry.open(join(folder, 'registry'), shipped);
const started = performance.now();
const before = process.cpuUsage();
const { candidate, provenance } = await startRetraining({ registry, store, settings, recipe }, { device: 'cpu' });
const { user, system } = process.cpuUsage(before);
const minutes = (milliseconds: number) => (milliseconds / 60_000).toFixed(1);
console.log(
  `retrained in ${minutes(performance.now() - started)} min, ${minutes((user + system) / 1000)} min of processor time: ${candidate.name}`,
);
console.log(`${provenance.verdict.offered ? 'offered' : 'not offered'} for promotion:`);
for (const { met, reason } of provenance.verdict.criteria) console.log(`  ${met ? '✓' : '✗'} ${reason}`);

const newCornerNotes: Example[] = [];
for (const note of cornerNotes(seeds.corner)) {
  if (newCornerNotes.push(note) === 2000) break;
}
await compare('The corner, as its reviewer sees it', candidate.folder, newCornerNotes);
const elsewhere = { styles, withoutComplaints: [...withoutComplaints, corner] };
await compare('All other complaints', candidate.folder, [
  ...generateSynthetic({ count: 2000, seed: seeds.rest, ...elsewhere }),
]);
const otherStyles: NoteStyle[] = NOTE_STYLES.filter((style) => !styles.includes(style));
const unseen = { styles: otherStyles, withoutComplaints: [...withoutComplaints, corner] };
await compare('Styles never taught', candidate.folder, [
  ...generateSynthetic({ count: 1000, seed: seeds.styles, ...unseen }),
]);
console.log(`The report is ${join(candidate.folder, 'report.html')}.`);
