import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { train } from '../../../src/training/index.ts';
import { device } from '../failing-device.ts';
import { recordsOf, weightBytesOf } from './records.ts';
import { onCpu, tinyConfiguration } from './tiny.ts';

vi.mock('../../../src/onnx/sessions.ts', async (importOriginal) => {
  const { withFailingDevice } = await import('../failing-device.ts');
  return withFailingDevice(await importOriginal());
});

let folder = '';
let whole: Awaited<ReturnType<typeof trainOn>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'device-failure-'));
  whole = await trainOn('whole', Number.POSITIVE_INFINITY);
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function trainOn(name: string, runs: number) {
  device.runsLeft = runs;
  const configuration = tinyConfiguration(join(folder, name));
  const explanations: string[] = [];
  await train(configuration, onCpu({ device: 'auto', onDevice: (explanation) => explanations.push(explanation) }));
  return {
    explanations,
    records: await recordsOf(configuration.run),
    weights: await weightBytesOf(configuration.output),
  };
}

test('a device that does not fail is named once', () => {
  expect(whole.explanations).toHaveLength(1);
  expect(whole.explanations[0]).toMatch(/^webgpu/);
});

// Before the first checkpoint, within stage 1 after it, and within stage 2.
test.each([4, 11, 40])('a device that fails after %i runs leaves the losses what they are', async (runs) => {
  const failed = await trainOn(`failed-${runs}`, runs);
  expect(failed.explanations).toHaveLength(2);
  expect(failed.explanations[1]).toBe('cpu (webgpu failed while working: the device was lost)');
  expect(failed.records).toEqual(whole.records);
  expect(failed.weights.equals(whole.weights)).toBe(true);
});
