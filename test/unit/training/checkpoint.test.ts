import { cp, mkdir, mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Random } from '../../../src/common/index.ts';
import { type Checkpoint, CheckpointStore } from '../../../src/training/checkpoint.ts';
import { train } from '../../../src/training/index.ts';
import { userErrorOf } from '../user-error.ts';
import { recordsOf, weightBytesOf } from './records.ts';
import { mountRefused, mountSmallDisk } from './small-disk.ts';
import { onCpu, tinyConfiguration } from './tiny.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'checkpoint-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const elements = 60_000;

/** 240 kB of weights and as much of the optimiser's memory. */
function checkpointOf(step: number): Checkpoint {
  const random = new Random(step);
  const draw = () => Float32Array.from({ length: elements }, () => random.normal());
  return {
    progress: { stage: 'stage2', step, optimizerSteps: step, best: { score: 0.5, step: 2 }, evaluationsSinceBest: 1 },
    weights: new Map([['shared.weight', { shape: [elements / 100, 100], data: draw() }]]),
    optimizerState: new Map([['shared.weight.square', draw()]]),
  };
}

describe('the checkpoints of a run', () => {
  test('give back the last one to the last bit, and only that one is kept', async () => {
    const path = join(folder, 'kept');
    const store = new CheckpointStore(path);
    expect(await store.loadLast()).toBeUndefined();
    await store.save(checkpointOf(5));
    await store.save(checkpointOf(10));
    expect(await new CheckpointStore(path).loadLast()).toEqual(checkpointOf(10));
    expect(await readdir(path)).toEqual(['checkpoint-000002']);
  });

  test('an unfinished folder is ignored, and the next save takes its place', async () => {
    const path = join(folder, 'unfinished');
    const store = new CheckpointStore(path);
    await store.save(checkpointOf(5));
    const unfinished = join(path, 'checkpoint-000002.unfinished');
    await cp(join(path, 'checkpoint-000001'), unfinished, { recursive: true });
    await truncate(join(unfinished, 'weights.safetensors'), 1000);
    await rm(join(unfinished, 'progress.json'));
    await mkdir(join(path, 'checkpoint-of-mine'));
    expect(await store.loadLast()).toEqual(checkpointOf(5));
    await store.save(checkpointOf(10));
    expect(await store.loadLast()).toEqual(checkpointOf(10));
    expect(await readdir(path)).toEqual(['checkpoint-000002', 'checkpoint-of-mine']);
  });

  test.each([
    ['weights.safetensors', (path: string) => truncate(path, 100_000)],
    ['optimizer.safetensors', (path: string) => rm(path)],
    ['progress.json', (path: string) => truncate(path, 10)],
    ['progress.json', (path: string) => writeFile(path, '{"stage":"stage7"}')],
    ['progress.json', (path: string) => rm(path)],
  ])('damage to %s is one sentence that names it', async (file, damage) => {
    const path = join(folder, 'damaged');
    await rm(path, { recursive: true, force: true });
    const store = new CheckpointStore(path);
    await store.save(checkpointOf(5));
    const damaged = join(path, 'checkpoint-000001', file);
    await damage(damaged);
    expect(await userErrorOf(() => store.loadLast())).toContain(damaged);
  });
});

describe('a full disk', () => {
  // A checkpoint takes 480 kB: with nothing left it breaks off at once, with 100 kB in the weights, with 300 kB in the
  // optimiser's memory.
  test.for([0, 100_000, 300_000])('with %i bytes left keeps the last good checkpoint', async (bytesLeft, { skip }) => {
    const disk = await mountSmallDisk(join(folder, `full-${bytesLeft}`), '1m');
    if (disk === undefined) return skip(mountRefused);
    try {
      const path = join(disk.folder, 'checkpoints');
      const store = new CheckpointStore(path);
      await store.save(checkpointOf(5));
      disk.fill(bytesLeft);
      expect(await userErrorOf(() => store.save(checkpointOf(10)))).toMatch(/the disk is full/);
      expect(await readdir(path)).toEqual(['checkpoint-000001']);
      expect(await store.loadLast()).toEqual(checkpointOf(5));
      disk.empty();
      await store.save(checkpointOf(10));
      expect(await store.loadLast()).toEqual(checkpointOf(10));
    } finally {
      disk.unmount();
    }
  });

  test('keeps the best weights that were there', async ({ skip }) => {
    const disk = await mountSmallDisk(join(folder, 'full-best'), '1m');
    if (disk === undefined) return skip(mountRefused);
    try {
      const store = new CheckpointStore(disk.folder);
      await store.saveBest('stage2', checkpointOf(5).weights);
      disk.fill(50_000);
      expect(await userErrorOf(() => store.saveBest('stage2', checkpointOf(10).weights))).toMatch(/the disk is full/);
      expect(await store.loadBest('stage2')).toEqual(checkpointOf(5).weights);
      expect((await readdir(disk.folder)).toSorted()).toEqual(['best-stage2.safetensors', 'filler']);
    } finally {
      disk.unmount();
    }
  });

  test('stops a run in one sentence, and with more room it resumes to the losses of an unbroken run', async ({
    skip,
  }) => {
    const unbroken = tinyConfiguration(join(folder, 'unbroken'));
    await train(unbroken, onCpu());
    // One checkpoint and the best weights fit; a second checkpoint beside them does not.
    const disk = await mountSmallDisk(join(folder, 'run-on-full-disk'), '700k');
    if (disk === undefined) return skip(mountRefused);
    try {
      const configuration = { ...tinyConfiguration(folder), run: join(disk.folder, 'run') };
      expect(await userErrorOf(() => train(configuration, onCpu()))).toMatch(/the disk is full/);
      const stoppedAt = (await recordsOf(configuration.run)).length;
      expect(stoppedAt).toBeGreaterThan(0);
      disk.resize('8m');
      await train(configuration, onCpu({ resume: true }));
      const records = await recordsOf(configuration.run);
      expect(records.length).toBeGreaterThan(stoppedAt);
      expect(records).toEqual(await recordsOf(unbroken.run));
      expect(await weightBytesOf(configuration.output)).toEqual(await weightBytesOf(unbroken.output));
    } finally {
      disk.unmount();
    }
  });
});
