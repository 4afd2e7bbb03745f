import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Manifest,
  manifestFile,
  readManifest,
  reason2DecidePrompts,
  writeManifest,
} from '../../../src/triage/index.ts';
import { userErrorOf } from '../user-error.ts';

const label = (id: string) => ({ id, text: id, level: null, colour: '#808080', description: '' });
const manifest: Manifest = {
  id: 'answers',
  version: '1',
  labels: [label('yes'), label('no')],
  prompts: reason2DecidePrompts,
  limits: { inputTokens: 128, rationaleTokens: 64 },
  tokenizer: 'f00',
  training: { seed: 1 },
  metrics: { validation: { accuracy: 0.5 } },
};

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'manifest-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const write = (text: string) => writeFile(join(folder, manifestFile), text);

describe('what a model says of itself', () => {
  test('is read as it was written', async () => {
    await writeManifest(folder, manifest);
    expect(await readManifest(folder)).toEqual(manifest);
  });

  test('is asked for where it is missing', async () => {
    await rm(join(folder, manifestFile), { force: true });
    expect(await userErrorOf(() => readManifest(folder))).toMatch(/reason2decide\.json: this file .* is missing/);
  });

  test('is refused when it is cut off, at any place', async () => {
    const text = JSON.stringify(manifest);
    for (let length = 0; length < text.length; length += 37) {
      await write(text.slice(0, length));
      expect(await userErrorOf(() => readManifest(folder))).toMatch(/reason2decide\.json: .*not JSON, or is cut off/);
    }
  });

  test.each<[string, unknown]>([
    ['id', { ...manifest, id: 7 }],
    ['version', { ...manifest, version: undefined }],
    ['labels', { ...manifest, labels: [label('yes')] }],
    ['labels.1.text', { ...manifest, labels: [label('yes'), { ...label('no'), text: '' }] }],
    ['labels.0.level', { ...manifest, labels: [{ ...label('yes'), level: 'high' }, label('no')] }],
    ['prompts.predict', { ...manifest, prompts: { ...reason2DecidePrompts, predict: 'predict: {text}' } }],
    ['prompts.explain', { ...manifest, prompts: { ...reason2DecidePrompts, explain: 'given label: {label}' } }],
    ['calibration.temperature', { ...manifest, calibration: { temperature: 0 } }],
    ['calibration.weights.yes', { ...manifest, calibration: { temperature: 1, weights: { yes: 0 } } }],
    ['limits.inputTokens', { ...manifest, limits: { inputTokens: 7, rationaleTokens: 64 } }],
    ['limits.rationaleTokens', { ...manifest, limits: { inputTokens: 128, rationaleTokens: 1.5 } }],
    ['tokenizer', { ...manifest, tokenizer: null }],
    ['the file', null],
    ['the file', { ...manifest, calibration: { temperature: 1, weights: { perhaps: 2 } } }],
  ])('is refused by the name of the field: %s', async (field, json) => {
    await write(JSON.stringify(json));
    expect(await userErrorOf(() => readManifest(folder))).toContain(`${manifestFile}: ${field} is not`);
  });
});
