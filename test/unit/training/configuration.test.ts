import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify, parse as yaml } from 'yaml';
import { checkTrainingConfiguration, readTrainingConfiguration } from '../../../src/training/index.ts';
import { userErrorOf } from '../user-error.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'configuration-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const whole = {
  model: { id: 'tiny', version: '1', architecture: { d_model: 32 }, tokenizer: { vocabularySize: 1000 } },
  run: 'runs/tiny',
  output: '/models/tiny',
  data: {
    training: [{ file: 'notes.jsonl' }, { synthetic: { count: 10 } }],
    validation: [{ synthetic: { count: 5, seed: 2 } }],
  },
  optimizer: { kind: 'adafactor', learningRate: 0.01 },
  batchSize: 8,
  inputTokens: 128,
  rationaleTokens: 64,
  stage2: { maxSteps: 10, evaluateEvery: 5 },
  checkpointEvery: 5,
};

const parse = (changes: Record<string, unknown>) =>
  checkTrainingConfiguration(yaml(stringify({ ...whole, ...changes })), '/project/train.yaml');

describe('a training configuration', () => {
  test('has defaults for what it leaves out, and paths that count from its file', () => {
    expect(parse({})).toEqual({
      ...whole,
      model: { ...whole.model, numberFeatures: true },
      run: '/project/runs/tiny',
      data: {
        training: [{ file: '/project/notes.jsonl' }, { synthetic: { count: 10, seed: 1 } }],
        validation: [{ synthetic: { count: 5, seed: 2 } }],
      },
      optimizer: { ...whole.optimizer, warmUpSteps: 100, flatFraction: 0.3, weightDecay: 0, clipNorm: 1 },
      seed: 1,
      objective: 'r2d',
    });
  });

  test('may start from a model instead', () => {
    const { id, version } = whole.model;
    expect(parse({ model: { id, version, from: '../models/base' } }).model.from).toBe('/models/base');
  });

  test.each<[string, string, Record<string, unknown>]>([
    ['an unknown setting', 'batchsize', { batchsize: 3 }],
    ['an unknown setting further in', 'optimizer.momentum', { optimizer: { ...whole.optimizer, momentum: 0.9 } }],
    ['a missing setting', 'batchSize', { batchSize: undefined }],
    ['a missing setting further in', 'stage2.maxSteps', { stage2: { evaluateEvery: 5 } }],
    ['text for a number', 'batchSize', { batchSize: 'many' }],
    ['a broken number', 'checkpointEvery', { checkpointEvery: 2.5 }],
    ['a number out of its range', 'dropout', { dropout: 1 }],
    ['an unknown choice', 'optimizer.kind', { optimizer: { kind: 'sgd', learningRate: 1 } }],
    ['an unknown source of data', 'data.training.1', { data: { ...whole.data, training: [{ file: 'a.jsonl' }, {}] } }],
    ['no data', 'data.training', { data: { ...whole.data, training: [] } }],
    ['a label named twice', 'data.labels', { data: { ...whole.data, labels: ['yes', 'no', 'yes'] } }],
    ['a label without text', 'data.labels.1', { data: { ...whole.data, labels: ['yes', ''] } }],
    ['fewer tokens than a model can be opened with', 'inputTokens', { inputTokens: 7 }],
    ['neither a base nor an architecture', 'model', { model: { id: 'tiny', version: '1' } }],
    ['a base and an architecture', 'model', { model: { ...whole.model, tokenizer: undefined, from: 'base' } }],
  ])('with %s is refused by the name of the field', async (_, field, changes) => {
    const message = await userErrorOf(() => parse(changes));
    expect(message).toMatch(new RegExp(`^/project/train\\.yaml: ${field.replaceAll('.', '\\.')}[: ]`));
  });

  test('may choose the labels of the explain prompts, and the settings of r2d-c', () => {
    const sampling = { labels: 'scheduled', schedule: 'inverse-sigmoid', cap: 0.5 };
    expect(parse({ sampling })).toMatchObject({ objective: 'r2d', sampling });
    const adaptive = {
      objective: 'r2d-c',
      confidence: { window: 50 },
      cycle: { weight: 0 },
      sampling: { labels: 'gold' },
    };
    expect(parse(adaptive)).toMatchObject(adaptive);
  });

  test('may take a part of a published set, from its own folder', () => {
    const training = [
      { pubmedqa: 'pqal.json', split: 'train' },
      { medreason: 'val.jsonl' },
      { ktas: 'k.csv', split: 'test' },
    ];
    expect(parse({ data: { ...whole.data, training } }).data.training).toEqual([
      { pubmedqa: '/project/pqal.json', split: 'train' },
      { medreason: '/project/val.jsonl' },
      { ktas: '/project/k.csv', split: 'test' },
    ]);
  });

  test.each<[string, RegExp, Record<string, unknown>]>([
    [
      'a schedule without labels to schedule',
      /sampling: sft never gives/,
      { objective: 'sft', sampling: { cap: 0.5 } },
    ],
    [
      'labels for rationales that get none',
      /sampling: dss never gives/,
      { objective: 'dss', sampling: { labels: 'gold' } },
    ],
    ['a cap of gold labels alone', /nothing is scheduled/, { sampling: { labels: 'gold', cap: 0.5 } }],
    [
      'a schedule of own labels alone',
      /nothing is scheduled/,
      { sampling: { labels: 'predicted', schedule: 'linear' } },
    ],
    ['all own labels by confidence', /r2d-c chooses/, { objective: 'r2d-c', sampling: { labels: 'predicted' } }],
    ['a cycle of another objective', /cycle: only the objective r2d-c/, { cycle: { weight: 0.1 } }],
    ['a τ of another objective', /confidence: only the objective r2d-c/, { confidence: { window: 10 } }],
    ['a cap above 1', /sampling\.cap: /, { sampling: { cap: 1.1 } }],
    ['an unknown schedule', /sampling\.schedule: /, { sampling: { schedule: 'sudden' } }],
    [
      'a part that no set has',
      /data\.training\.0/,
      { data: { ...whole.data, training: [{ ktas: 'k.csv', split: 'dev' }] } },
    ],
  ])('with %s is refused in one sentence', async (_, reason, changes) => {
    expect(await userErrorOf(() => parse(changes))).toMatch(reason);
  });

  test.each([
    ['a mapping in a mapping', 'model: id: tiny', /not YAML: .*line 1/],
    ['an open bracket', 'data:\n  training: [1, 2', /not YAML: .*line 2/],
    ['a setting given twice', 'run: a\nrun: b', /not YAML: .*unique/],
    ['nothing', '', /the file/],
  ])('of bad YAML (%s) is refused with the place', async (_, text, reason) => {
    const file = join(folder, 'bad.yaml');
    await writeFile(file, text);
    expect(await userErrorOf(() => readTrainingConfiguration(file))).toMatch(reason);
  });

  test('whose file is missing, or is a folder, is refused by its path', async () => {
    const missing = join(folder, 'missing.yaml');
    expect(await userErrorOf(() => readTrainingConfiguration(missing))).toContain(missing);
    const file = join(folder, 'train.yaml');
    await writeFile(file, stringify(whole));
    expect((await readTrainingConfiguration(file)).run).toBe(join(folder, 'runs/tiny'));
    expect(await userErrorOf(() => readTrainingConfiguration(join(file, 'inside')))).toContain('inside');
    expect(await userErrorOf(() => readTrainingConfiguration(folder))).toContain('folder');
  });
});
