import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CheckpointStore } from '../../../src/training/checkpoint.ts';
import { type TrainingConfiguration, train } from '../../../src/training/index.ts';
import { Learner } from '../../../src/training/learner.ts';
import { RunLog } from '../../../src/training/run-log.ts';
import { freshProgress, runStage } from '../../../src/training/stage.ts';
import { makeOptimizer, planStages } from '../../../src/training/stages.ts';
import { manifestFile, readManifest } from '../../../src/triage/index.ts';
import { userErrorOf } from '../user-error.ts';
import { recordsOf, weightBytesOf } from './records.ts';
import { mountRefused, mountSmallDisk } from './small-disk.ts';
import { onCpu, syntheticExamples, textsOf, tinyConfiguration, tinyLearner } from './tiny.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'train-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** A run of a few steps of stage 2. */
function shortConfiguration(name: string, changes: Partial<TrainingConfiguration> = {}): TrainingConfiguration {
  const { stage1: _, ...configuration } = tinyConfiguration(join(folder, name));
  return { ...configuration, stage2: { maxSteps: 6, evaluateEvery: 3 }, checkpointEvery: 1, ...changes };
}

describe('the model that a run writes', () => {
  test('says what it is and where it comes from, and its folder holds nothing unfinished', async () => {
    const configuration = shortConfiguration('written');
    const { metrics } = await train(configuration, onCpu());
    const manifest = await readManifest(configuration.output);
    expect(manifest).toMatchObject({ id: 'tiny', version: '1', limits: { inputTokens: 128, rationaleTokens: 64 } });
    expect(manifest.labels.map(({ level }) => level)).toEqual([1, 2, 3, 4, 5]);
    expect(manifest.training).toMatchObject({ objective: 'r2d', seed: 3, examples: 200, stage2Steps: 6 });
    expect(manifest.metrics).toEqual({ validation: metrics });
    expect((await readdir(configuration.output)).filter((name) => name.startsWith('.'))).toEqual([]);
    expect((await readdir(join(folder, 'written'))).toSorted()).toEqual(['model', 'run']);
  });

  test('takes the place of a model, and of nothing else', async () => {
    const replacing = shortConfiguration('replaced');
    await mkdir(replacing.output, { recursive: true });
    await writeFile(join(replacing.output, 'thesis.txt'), 'years of work');
    expect(await userErrorOf(() => train(replacing, onCpu()))).toContain(replacing.output);
    expect(await readFile(join(replacing.output, 'thesis.txt'), 'utf8')).toBe('years of work');
    await writeFile(join(replacing.output, manifestFile), '{}');
    await train(replacing, onCpu());
    expect(await readdir(replacing.output)).not.toContain('thesis.txt');

    const file = shortConfiguration('file');
    await mkdir(join(folder, 'file'));
    await writeFile(file.output, 'a file');
    expect(await userErrorOf(() => train(file, onCpu()))).toContain(file.output);
    const inFile = { ...file, run: join(file.output, 'run'), output: join(folder, 'elsewhere') };
    expect(await userErrorOf(() => train(inFile, onCpu()))).toContain(inFile.run);
  });

  test('may not have its run in its own folder', async () => {
    const output = join(folder, 'inside');
    expect(await userErrorOf(() => train(shortConfiguration('inside', { output }), onCpu()))).toContain(
      'keep them apart',
    );
    expect(await userErrorOf(() => train(shortConfiguration('inside', { output, run: output }), onCpu()))).toContain(
      'keep them apart',
    );
  });

  test('on a full disk is not written by half, and the model before it stays', async ({ skip }) => {
    const disk = await mountSmallDisk(join(folder, 'full'), '1m');
    if (disk === undefined) return skip(mountRefused);
    try {
      const output = join(disk.folder, 'model');
      const configuration = shortConfiguration('full-run', { output });
      await train(configuration, onCpu());
      const before = await weightBytesOf(output);
      disk.fill(100_000);
      expect(await userErrorOf(() => train(configuration, onCpu({ resume: true })))).toMatch(/the disk is full/);
      expect((await readdir(disk.folder)).toSorted()).toEqual(['filler', 'model']);
      expect(await weightBytesOf(output)).toEqual(before);
      disk.empty();
      await train(configuration, onCpu({ resume: true }));
      expect(await weightBytesOf(output)).toEqual(before);
    } finally {
      disk.unmount();
    }
  });

  test('on a disk that may only be read is refused before any work', async ({ skip }) => {
    const disk = await mountSmallDisk(join(folder, 'read-only'), '1m');
    if (disk === undefined) return skip(mountRefused);
    try {
      disk.resize('1m,ro');
      const configuration = shortConfiguration('read-only-run', { output: join(disk.folder, 'models', 'tiny') });
      expect(await userErrorOf(() => train(configuration, onCpu()))).toMatch(/cannot be written/);
      const run = join(disk.folder, 'run');
      const running = shortConfiguration('read-only-run', { run });
      expect(await userErrorOf(() => train(running, onCpu()))).toMatch(/cannot be written/);
    } finally {
      disk.unmount();
    }
  });
});

describe('a run from another model', () => {
  const base = () => shortConfiguration('base');
  beforeAll(async () => {
    await train(base(), onCpu());
  });
  const fromBase = (name: string, from: string) =>
    shortConfiguration(name, { model: { id: 'next', version: '2', from, numberFeatures: true } });

  test('begins with that model’s weights and tokenizer', async () => {
    const next = fromBase('next', base().output);
    await train({ ...next, optimizer: { ...next.optimizer, learningRate: 0 } }, onCpu());
    // At learning rate 0 the weights stay what they were.
    expect(await weightBytesOf(next.output)).toEqual(await weightBytesOf(base().output));
    expect((await readManifest(next.output)).tokenizer).toBe((await readManifest(base().output)).tokenizer);
    await train(fromBase('trained', base().output), onCpu());
    expect(await weightBytesOf(fromBase('trained', '').output)).not.toEqual(await weightBytesOf(base().output));
  });

  test('is refused in one sentence when that model is not whole', async () => {
    const missing = join(folder, 'no-such-model');
    expect(await userErrorOf(() => train(fromBase('a', missing), onCpu()))).toContain(missing);

    const broken = join(folder, 'broken');
    await cp(base().output, broken, { recursive: true });
    await rm(join(broken, 'model.safetensors'));
    expect(await userErrorOf(() => train(fromBase('b', broken), onCpu()))).toContain('model.safetensors');

    const config = JSON.parse(await readFile(join(base().output, 'config.json'), 'utf8'));
    const foreign = join(folder, 'foreign');
    await cp(base().output, foreign, { recursive: true });
    await writeFile(join(foreign, 'config.json'), JSON.stringify({ ...config, vocab_size: 700 }));
    expect(await userErrorOf(() => train(fromBase('c', foreign), onCpu()))).toContain('tokenizer.json');
  });

  test('an architecture without a field is refused by the field', async () => {
    const { model } = tinyConfiguration('');
    const { d_model: _, ...architecture } = model.architecture ?? {};
    const lacking = shortConfiguration('lacking', { model: { ...model, architecture } });
    expect(await userErrorOf(() => train(lacking, onCpu()))).toContain('d_model');
    // The mistake left no run behind: mended, it begins in the same folder.
    await train({ ...lacking, model }, onCpu());
  });
});

describe('a loss that is no number', () => {
  test('stops the run in one sentence, and no checkpoint holds it', async () => {
    const configuration = shortConfiguration('diverging');
    const wild = { ...configuration, optimizer: { ...configuration.optimizer, learningRate: 1e30, warmUpSteps: 0 } };
    expect(await userErrorOf(() => train(wild, onCpu()))).toMatch(/^stage2: .*lower the learning rate/);
    const last = await new CheckpointStore(join(wild.run, 'checkpoints')).loadLast();
    for (const { data } of last?.weights.values() ?? []) expect(data.every(Number.isFinite)).toBe(true);
    expect((await recordsOf(wild.run)).every(({ loss }) => Number.isFinite(loss))).toBe(true);
  });

  test('stops it too when only the gradient is none, before the weights are changed', async () => {
    class LearnerWithoutGradient extends Learner {
      override async accumulate(...given: Parameters<Learner['accumulate']>) {
        const losses = await super.accumulate(...given);
        for (const gradient of given[1].values()) gradient.fill(Number.NaN, 0, 1);
        return losses;
      }
    }
    const training = syntheticExamples(16);
    const tiny = tinyLearner(textsOf(training));
    const learner = new LearnerWithoutGradient(tiny.model, tiny.tokenizer, tiny.prompts, {
      inputTokens: 128,
      labelTokens: 8,
      rationaleTokens: 64,
      microBatchSize: 8,
    });
    const configuration = shortConfiguration('no-gradient');
    const [stage] = planStages(configuration, { labels: [], training, validation: training, hash: '' });
    if (stage === undefined) throw new RangeError('there is no stage');
    await mkdir(configuration.run, { recursive: true });
    const checkpoints = new CheckpointStore(join(configuration.run, 'checkpoints'));
    const before = [...tiny.model.weights.values()].map(({ data }) => data.slice());
    const message = await userErrorOf(() =>
      runStage(
        stage,
        {
          learner,
          optimizer: makeOptimizer(configuration),
          checkpoints,
          log: new RunLog(join(configuration.run, 'log.jsonl')),
          seed: 1,
          onRecord: () => undefined,
        },
        freshProgress('stage2'),
      ),
    );
    expect(message).toContain('at step 1;');
    expect([...tiny.model.weights.values()].map(({ data }) => data)).toEqual(before);
    expect(await checkpoints.loadLast()).toBeUndefined();
    await tiny.model.release();
  });
});

describe('stopping early', () => {
  test('stage 2 stops only after W and 0.6 of its steps, stage 1 after its patience, each with its best weights', async () => {
    // At learning rate 0 no evaluation is better than the first.
    const tiny = tinyConfiguration(join(folder, 'early'));
    const configuration = {
      ...tiny,
      optimizer: { ...tiny.optimizer, learningRate: 0 },
      stage1: { maxSteps: 40, evaluateEvery: 2 },
      stage2: { maxSteps: 40, evaluateEvery: 1 },
    };
    await train(configuration, onCpu());
    const records = await recordsOf(configuration.run);
    const last = (stage: string) =>
      Math.max(...records.filter((r) => r.stage === stage).map(({ step }) => Number(step)));
    // Stage 1: the first evaluation and three without improvement, every 2 steps.
    expect(last('stage1')).toBe(8);
    // Stage 2: five evaluations without improvement are long past at W + 0.6 · 40 = 26; the step after it is the last.
    expect(last('stage2')).toBe(27);
    const best = records
      .filter(({ kind, best }) => kind === 'evaluation' && best)
      .map(({ stage, step }) => [stage, step]);
    expect(best).toEqual([
      ['stage1', 2],
      ['stage2', 1],
    ]);
  });

  test('the model is the one of the best evaluation, not of the last step', async () => {
    const configuration = shortConfiguration('best', { seed: 3, stage2: { maxSteps: 12, evaluateEvery: 4 } });
    await train(configuration, onCpu());
    const best = (await recordsOf(configuration.run)).findLast(({ best }) => best)?.step;
    const upTo = new CheckpointStore(join(configuration.run, 'checkpoints'));
    const model = await weightBytesOf(configuration.output);
    expect(model).toEqual(await readFile(join(configuration.run, 'checkpoints', 'best-stage2.safetensors')));
    // This run's labels are all wrong at first, so its first evaluation stays the best; the last weights are others.
    expect(best).toBe(4);
    const last = (await upTo.loadLast())?.weights.get('shared.weight')?.data;
    const bestWeights = (await upTo.loadBest('stage2')).get('shared.weight')?.data;
    expect(last).not.toEqual(bestWeights);
  });
});
