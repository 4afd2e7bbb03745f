import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeBlend } from '../../../src/retraining/blend.ts';
import { readSafetensors, writeSafetensors } from '../../../src/t5/index.ts';
import { TriageModel } from '../../../src/triage/index.ts';
import { temporaryFolder } from '../corrections/decisions.ts';
import { trainTinyModel } from './tiny-registry.ts';

const weightsIn = (folder: string) => readSafetensors(join(folder, 'model.safetensors'));

it('lies between parent and trained model, opens, and appears only when it is whole', async () => {
  const folder = temporaryFolder();
  const parent = await trainTinyModel(folder);
  const trained = join(folder, 'trained');
  await cp(parent, trained, { recursive: true });
  const before = await weightsIn(parent);
  const doubled = [...before].map(
    ([name, { shape, data }]) => [name, { shape, data: data.map((x) => 2 * x) }] as const,
  );
  await writeSafetensors(join(trained, 'model.safetensors'), new Map(doubled));

  const output = join(folder, 'candidate');
  const blend = { trained, parent, parentShare: 0.25 };
  const broken = writeBlend(output, blend, () => Promise.reject(new Error('no')));
  await expect(broken).rejects.toThrow('no');
  expect(existsSync(output)).toBe(false);

  await writeBlend(output, blend, async () => undefined);
  for (const [name, { data }] of await weightsIn(output)) {
    const parents = before.get(name)?.data ?? [];
    data.forEach((x, i) => {
      expect(x).toBeCloseTo(1.75 * (parents[i] ?? Number.NaN), 5);
    });
  }
  const model = await TriageModel.open(output, 'cpu');
  expect((await model.predict('chest pain')).probabilities).toHaveLength(model.manifest.labels.length);
  await model.release();
});
