import { cpSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ModelStatus } from '../../../../src/engine/index.ts';
import { KnownModels } from '../../../../src/extension/engine/known-models.ts';
import { shippedModel, temporaryFolder } from '../../engine/engine.ts';
import { memory } from '../review/review-parts.ts';

const status: ModelStatus = {
  id: 'm',
  version: '1',
  fingerprint: 'f',
  labels: [],
  device: 'cpu',
  deviceExplanation: 'cpu',
};

test('a model that was opened before is known by its folder, until its files change', async () => {
  const folder = join(temporaryFolder(), 'model');
  cpSync(shippedModel, folder, { recursive: true });
  const kept = memory();
  const known = new KnownModels(kept);
  expect(await known.find(folder)).toBeUndefined();
  await known.remember(folder, status);
  expect(await new KnownModels(kept).find(folder)).toEqual(status);
  expect(known.folders).toEqual([folder]);
  utimesSync(join(folder, 'model.safetensors'), new Date(), new Date(Date.now() + 5000));
  expect(await known.find(folder)).toBeUndefined();
});
