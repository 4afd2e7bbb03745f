import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadTrainingData } from '../../../src/training/data.ts';
import type { TrainingConfiguration } from '../../../src/training/index.ts';
import { userErrorOf } from '../user-error.ts';
import { tinyConfiguration } from './tiny.ts';

const header =
  'Group;Sex;Age;Patients number per hour;Arrival mode;Injury;Chief_complain;Mental;Pain;NRS_pain;SBP;DBP;HR;RR;BT;' +
  'Saturation;KTAS_RN;Diagnosis in ED;Disposition;KTAS_expert;Error_group;Length of stay_min;KTAS duration_min;mistriage';
const record = '1;2;71;8;1;1;ascites tapping;1;1;3;139;94;88;20;36.5;;4;Cirrhosis;1;5;8;109;6,60;1';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'training-data-'));
  await writeFile(join(folder, 'ktas.csv'), `${header}\n${record}\n`);
  const example = { question: 'sore throat', label: 'less urgent', rationale: 'Nothing urgent.' };
  await writeFile(join(folder, 'own.jsonl'), `${JSON.stringify(example)}\n`);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function withTraining(data: Partial<TrainingConfiguration['data']>): TrainingConfiguration {
  const tiny = tinyConfiguration(folder);
  return { ...tiny, data: { ...tiny.data, ...data } };
}

test('a source is shown as often as it says', async () => {
  const training = [
    { ktas: join(folder, 'ktas.csv'), repeat: 3 },
    { file: join(folder, 'own.jsonl'), repeat: 2 },
    { synthetic: { count: 4, seed: 1 } },
  ];
  const { training: examples } = await loadTrainingData(withTraining({ training }));
  expect(examples.map(({ note_source }) => note_source)).toEqual([
    ...['ktas', 'ktas', 'ktas'],
    ...[undefined, undefined],
    ...['synthetic', 'synthetic', 'synthetic', 'synthetic'],
  ]);
  expect(examples[0]).toMatchObject({ label: 'non-urgent', rationale: '' });
});

test('a share of the rationales is read as notes, with the label that they explain and no rationale of their own', async () => {
  const configuration = withTraining({ training: [{ synthetic: { count: 500, seed: 1 } }], rationalesAsNotes: 0.2 });
  const { training } = await loadTrainingData(configuration);
  const notes = training.slice(0, 500);
  const added = training.slice(500);
  // A hundred, give or take four standard deviations; twenty of each level, so that all are there.
  expect(Math.abs(added.length - 100)).toBeLessThan(36);
  expect(new Set(added.map(({ label }) => label)).size).toBe(5);
  for (const { question, label, rationale } of added) {
    expect(rationale).toBe('');
    expect(notes).toContainEqual(expect.objectContaining({ rationale: question, label }));
  }
});

test('synthetic notes are drawn as the source says', async () => {
  const synthetic = { count: 30, seed: 1, styles: ['sbar' as const], withoutComplaints: ['fever'] };
  const { training } = await loadTrainingData(withTraining({ training: [{ synthetic }] }));
  expect(new Set(training.map(({ style }) => style))).toEqual(new Set(['sbar']));
});

test('the parts of a published set hold each of its records once, and a note that stands twice in one part', async () => {
  const rows = Array.from({ length: 60 }, (_, i) => record.replace('ascites tapping', `complaint ${i % 50}`));
  const ktas = join(folder, 'many.csv');
  await writeFile(ktas, `${[header, ...rows].join('\n')}\n`);
  const partOf = async (split?: 'train' | 'validation' | 'test') =>
    (await loadTrainingData(withTraining({ training: [{ ktas, ...(split && { split }) }] }))).training;
  const [train, validation, held] = [await partOf('train'), await partOf('validation'), await partOf('test')];
  const ids = [...train, ...validation, ...held].map(({ id }) => id);
  expect(ids.toSorted()).toEqual((await partOf()).map(({ id }) => id).toSorted());
  const notes = new Set(held.map(({ question }) => question));
  expect([...train, ...validation].filter(({ question }) => notes.has(question))).toEqual([]);
  // Three tenths of 50 notes are 15; four standard deviations are 13.
  expect(notes.size).toBeGreaterThan(2);
  expect(notes.size).toBeLessThan(28);
  expect(train.length).toBeGreaterThan(validation.length);
});

test('a published test set stays the test', async () => {
  const pubmedqa = join(folder, 'pqal.json');
  const abstract = { CONTEXTS: ['One.'], LONG_ANSWER: 'It is.', final_decision: 'yes' };
  const ids = Array.from({ length: 40 }, (_, i) => String(i));
  const records = Object.fromEntries(ids.map((id) => [id, { QUESTION: `Is it ${id}?`, ...abstract }]));
  await writeFile(pubmedqa, JSON.stringify(records));
  await writeFile(join(folder, 'test_ground_truth.json'), JSON.stringify({ 3: 'yes', 17: 'yes' }));
  const labels = ['yes', 'no', 'maybe'];
  const load = async (split: 'train' | 'validation' | 'test') =>
    (
      await loadTrainingData(
        withTraining({ labels, training: [{ pubmedqa, split }], validation: [{ pubmedqa, split: 'test' }] }),
      )
    ).training.map(({ id }) => id);
  expect(await load('test')).toEqual(['pubmedqa-3', 'pubmedqa-17']);
  expect((await load('train')).length + (await load('validation')).length).toBe(38);
});

test('the right choice of MedReason is its letter', async () => {
  const medreason = join(folder, 'val.jsonl');
  const question = 'Which?. Answer Choices:\nA. A stone\nB. Pus.\nC. Blood\nD. Air';
  const lines = ['Pus', 'Air\n"'].map((label) => JSON.stringify({ question, label, rationale: 'For [LABEL].' }));
  await writeFile(medreason, `${lines.join('\n')}\n`);
  const data = { labels: ['A', 'B', 'C', 'D'], training: [{ medreason }], validation: [{ medreason }] };
  const { training } = await loadTrainingData(withTraining(data));
  expect(training.map(({ label, rationale }) => [label, rationale])).toEqual([
    ['B', 'For [LABEL].'],
    ['D', 'For [LABEL].'],
  ]);
  expect(await userErrorOf(() => loadTrainingData(withTraining({ ...data, labels: ['A', 'B'] })))).toContain('"D"');
  await writeFile(medreason, `${JSON.stringify({ question, label: 'Water', rationale: '' })}\n`);
  expect(await userErrorOf(() => loadTrainingData(withTraining(data)))).toMatch(/record medreason-1: .*none of its/);
});
