import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadTrainingData } from '../../../src/training/data.ts';
import type { TrainingConfiguration } from '../../../src/training/index.ts';
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
  const configuration = withTraining({ training: [{ synthetic: { count: 50, seed: 1 } }], rationalesAsNotes: 0.1 });
  const { training } = await loadTrainingData(configuration);
  const notes = training.slice(0, 50);
  const added = training.slice(50);
  expect(added).toHaveLength(5);
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
