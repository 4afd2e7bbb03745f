import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { train } from '../../../src/training/index.ts';
import { TriageModel, triageNote } from '../../../src/triage/index.ts';
import { device } from '../failing-device.ts';
import { onCpu, tinyConfiguration } from '../training/tiny.ts';

vi.mock('../../../src/onnx/sessions.ts', async (importOriginal) => {
  const { withFailingDevice } = await import('../failing-device.ts');
  return withFailingDevice(await importOriginal());
});

const plenty = 1000;
const note = 'Crushing chest pain, HR 118';
let folder = '';
let modelFolder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'triage-device-'));
  const configuration = tinyConfiguration(folder);
  await train(configuration, onCpu());
  modelFolder = configuration.output;
});
beforeEach(() => {
  device.runsLeft = Number.POSITIVE_INFINITY;
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

// While the label is predicted, and while the rationale is written.
test.each([
  ['at once', () => 0],
  ['in the middle of the label', () => 1],
  ['with the last word of the rationale', (runs: number) => runs - 1],
] as const)('a device that fails %s does not lose the note', async (_, runsUntil) => {
  const onOneDevice = await TriageModel.open(modelFolder, 'cpu');
  const { milliseconds: __, ...expected } = await triageNote(onOneDevice, note);
  await onOneDevice.release();

  const model = await TriageModel.open(modelFolder, 'auto');
  expect(model.device).toBe('webgpu');
  device.runsLeft = plenty;
  await triageNote(model, note);
  device.runsLeft = runsUntil(plenty - device.runsLeft);
  const texts: string[] = [];
  const result = await triageNote(model, note, { onText: (text) => texts.push(text) });
  expect(result).toMatchObject(expected);
  expect(texts.at(-1)).toBe(result.rationale);
  expect(model.device).toBe('cpu');
  expect(model.deviceExplanation).toBe('cpu (webgpu failed while working: the device was lost)');
  await model.release();
});

test('a reviewer who stops a rationale, for whatever reason, does not count as a failure of the device', async () => {
  const model = await TriageModel.open(modelFolder, 'auto');
  const [label] = model.manifest.labels;
  if (label === undefined) throw new RangeError('there is no label');
  for (const reason of [undefined, new Error('another note was opened'), 'timeout']) {
    const stop = new AbortController();
    let tokens = 0;
    const onText = () => {
      tokens++;
      stop.abort(reason);
    };
    const stopped = await model
      .explain(note, label, { onText, signal: stop.signal })
      .catch((thrown: unknown) => thrown);
    expect(stopped).toBe(stop.signal.reason);
    expect(tokens).toBe(1);
    expect(model.device).toBe('webgpu');
  }
  await model.release();
});
