import { spawn } from 'node:child_process';
import { cp, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Random } from '../../../src/common/index.ts';
import { type TrainingConfiguration, train } from '../../../src/training/index.ts';
import { userErrorOf } from '../user-error.ts';
import { recordsOf, weightBytesOf } from './records.ts';
import { onCpu, syntheticExamples, tinyConfiguration } from './tiny.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'resume-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const adafactor: Partial<TrainingConfiguration> = { quoting: { maxSteps: 6, evaluateEvery: 3 } };
const adamW: Partial<TrainingConfiguration> = {
  optimizer: {
    kind: 'adamw',
    learningRate: 0.002,
    warmUpSteps: 4,
    flatFraction: 0.3,
    weightDecay: 0.01,
    clipNorm: 1,
  },
};

const configurationOf = (name: string, changes: Partial<TrainingConfiguration>): TrainingConfiguration => ({
  ...tinyConfiguration(join(folder, name)),
  ...changes,
});

/** A point at which a run is killed. */
interface Kill {
  readonly afterLines: number;
  readonly milliseconds: number;
}

/** @returns whether the run reached its end before it was killed. */
async function runInChild(configuration: TrainingConfiguration, kill?: Kill): Promise<boolean> {
  const script = join(import.meta.dirname, 'train-in-child.ts');
  const child = spawn(process.execPath, [script, JSON.stringify(configuration)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.on('close', (_, signal) => resolve(signal)));
  let lines = 0;
  for await (const _ of createInterface(child.stdout)) {
    lines++;
    if (lines === kill?.afterLines) setTimeout(() => child.kill('SIGKILL'), kill.milliseconds);
  }
  const signal = await ended;
  if (signal === null) expect(child.exitCode).toBe(0);
  return signal === null;
}

describe.each([
  ['Adafactor', adafactor],
  ['AdamW', adamW],
])('a run with %s', (name, changes) => {
  const unbroken = () => configurationOf(`${name}-unbroken`, changes);
  beforeAll(async () => {
    await train(unbroken(), onCpu());
  });

  async function expectAsUnbroken(configuration: TrainingConfiguration) {
    expect(await recordsOf(configuration.run)).toEqual(await recordsOf(unbroken().run));
    expect((await weightBytesOf(configuration.output)).equals(await weightBytesOf(unbroken().output))).toBe(true);
  }

  test('has a log of every step and evaluation', async () => {
    const records = await recordsOf(unbroken().run);
    const of = (kind: string, stage: string) =>
      records.filter((record) => record.kind === kind && record.stage === stage).map(({ step }) => step);
    expect(of('step', 'quoting')).toHaveLength(changes.quoting?.maxSteps ?? 0);
    expect(of('step', 'stage1')).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    expect(of('step', 'stage2')).toEqual(Array.from({ length: 24 }, (_, i) => i + 1));
    expect(of('evaluation', 'stage1')).toEqual([6, 12]);
    expect(of('evaluation', 'stage2')).toEqual([6, 12, 18, 24]);
  });

  test('with the same seed gives the same losses and weights to the last bit, with another seed others', async () => {
    const again = configurationOf(`${name}-again`, changes);
    await train(again, onCpu());
    await expectAsUnbroken(again);
    const other = configurationOf(`${name}-other`, { ...changes, seed: 4 });
    await train(other, onCpu());
    expect((await recordsOf(other.run))[0]).not.toEqual((await recordsOf(unbroken().run))[0]);
  });

  test('killed many times gives them too', async () => {
    const killed = configurationOf(`${name}-killed`, changes);
    const random = Random.derive(9, name);
    const kills: Kill[] = [
      { afterLines: 1, milliseconds: 0 },
      ...Array.from({ length: 3 }, () => ({
        afterLines: random.integer(7, 12),
        milliseconds: random.uniform() * 12,
      })),
    ];
    for (const kill of kills) expect(await runInChild(killed, kill)).toBe(false);
    expect(await runInChild(killed)).toBe(true);
    await expectAsUnbroken(killed);
  });

  test('resumed after its end writes the same model again', async () => {
    await train(unbroken(), onCpu({ resume: true }));
    const again = configurationOf(`${name}-again`, changes);
    await expectAsUnbroken(again);
  });
});

describe('a run with AdamW that is killed', () => {
  const unbroken = () => configurationOf('kill-unbroken', adamW);
  beforeAll(async () => {
    await train(unbroken(), onCpu());
  });

  // After a checkpoint of stage 1 the optimiser's memory is restored, and is not for stage 2, which this run then begins.
  test.each([
    ['in stage 1, after a checkpoint', 8],
    ['at the turn of the stages', 14],
    ['in stage 2, after a checkpoint', 24],
    ['while the model is written', 42],
  ])('%s, goes on to the same losses and weights', async (where, afterLines) => {
    const killed = configurationOf(where, adamW);
    await runInChild(killed, { afterLines, milliseconds: 3 });
    await train(killed, onCpu({ resume: true }));
    expect(await recordsOf(killed.run)).toEqual(await recordsOf(unbroken().run));
    expect((await weightBytesOf(killed.output)).equals(await weightBytesOf(unbroken().output))).toBe(true);
    expect((await readdir(join(folder, where))).toSorted()).toEqual(['model', 'run']);
  });
});

describe('a batch in smaller parts', () => {
  // Masks of dropout are drawn for each part, so they differ; without dropout only the order of sums does.
  test('gives the same losses', async () => {
    const whole = configurationOf('whole', { dropout: 0 });
    const parts = configurationOf('parts', { dropout: 0, microBatchSize: 3 });
    await train(whole, onCpu());
    await train(parts, onCpu());
    const losses = async ({ run }: TrainingConfiguration) =>
      (await recordsOf(run)).filter(({ kind }) => kind === 'step').map(({ loss }) => Number(loss));
    const expected = await losses(whole);
    for (const [i, loss] of (await losses(parts)).entries()) {
      expect(Math.abs(loss - (expected[i] ?? Number.NaN))).toBeLessThan(1e-5);
    }
  });
});

describe('a folder that holds a run', () => {
  const configuration = () => configurationOf('held', { stage2: { maxSteps: 6, evaluateEvery: 6 } });
  beforeAll(async () => {
    await train(configuration(), onCpu());
  });

  test('is not begun anew without being asked', async () => {
    const before = await recordsOf(configuration().run);
    const message = await userErrorOf(() => train(configuration(), onCpu()));
    expect(message).toContain(configuration().run);
    expect(message).toContain('--resume');
    expect(await recordsOf(configuration().run)).toEqual(before);
  });

  test.each([
    ['another seed', { seed: 99 }],
    ['another batch size', { batchSize: 4 }],
    ['another optimiser', adamW],
    ['other steps', { stage2: { maxSteps: 12, evaluateEvery: 6 } }],
    ['other synthetic notes', { data: { training: [{ synthetic: { count: 201, seed: 1 } }], validation: [] } }],
  ] satisfies [string, Partial<TrainingConfiguration>][])('is not resumed with %s', async (_, changes) => {
    const data = changes.data && { ...changes.data, validation: configuration().data.validation };
    const changed = { ...configuration(), ...changes, ...(data && { data }) };
    const message = await userErrorOf(() => train(changed, onCpu({ resume: true })));
    expect(message).toMatch(/configuration or its data changed/);
  });

  test('may be resumed with another output folder', async () => {
    const moved = { ...configuration(), output: join(folder, 'moved') };
    await train(moved, onCpu({ resume: true }));
    expect(await weightBytesOf(moved.output)).toEqual(await weightBytesOf(configuration().output));
  });

  test('is not resumed when a file of its data has changed', async () => {
    const examples = syntheticExamples(30);
    const jsonl = (from: number, to: number) =>
      examples
        .slice(from, to)
        .map((example) => `${JSON.stringify(example)}\n`)
        .join('');
    const training = join(folder, 'training.jsonl');
    const validation = join(folder, 'validation.jsonl');
    await writeFile(training, jsonl(0, 20));
    await writeFile(validation, jsonl(20, 30));
    const onFiles = {
      ...configurationOf('files', { stage2: { maxSteps: 6, evaluateEvery: 6 } }),
      data: { training: [{ file: training }], validation: [{ file: validation }] },
    };
    await train(onFiles, onCpu());
    // An example that moved from validation to training leaves the examples in their order, but is another run.
    await writeFile(training, jsonl(0, 21));
    await writeFile(validation, jsonl(21, 30));
    expect(await userErrorOf(() => train(onFiles, onCpu({ resume: true })))).toMatch(/its data changed/);
    await writeFile(training, jsonl(0, 20));
    await writeFile(validation, jsonl(20, 30));
    await train(onFiles, onCpu({ resume: true }));
  });

  // As when an update puts the program, and the model in it, elsewhere.
  test('goes on from where it was when its data and the model it started from were moved', async () => {
    const at = (place: string): TrainingConfiguration => ({
      ...configurationOf('moving', {}),
      model: { id: 'tiny', version: '2', from: join(folder, place, 'base'), numberFeatures: true },
      data: {
        training: [{ file: join(folder, place, 'training.jsonl') }],
        validation: [{ file: join(folder, place, 'training.jsonl') }],
      },
    });
    await cp(configuration().output, join(folder, 'before', 'base'), { recursive: true });
    const examples = syntheticExamples(30).map((example) => `${JSON.stringify(example)}\n`);
    await writeFile(join(folder, 'before', 'training.jsonl'), examples.join(''));
    await train(at('before'), onCpu());
    await rename(join(folder, 'before'), join(folder, 'after'));
    const records = await recordsOf(at('after').run);
    await train(at('after'), onCpu({ resume: true }));
    expect(await recordsOf(at('after').run)).toEqual(records);

    const another = configurationOf('another-base', { seed: 5, stage2: { maxSteps: 6, evaluateEvery: 6 } });
    await train(another, onCpu());
    await rm(join(folder, 'after', 'base'), { recursive: true });
    await cp(another.output, join(folder, 'after', 'base'), { recursive: true });
    expect(await userErrorOf(() => train(at('after'), onCpu({ resume: true })))).toMatch(
      /configuration or its data changed/,
    );
  });

  test('that was begun by nothing but a request to resume is begun', async () => {
    const fresh = { ...configuration(), run: join(folder, 'fresh', 'run'), output: join(folder, 'fresh', 'model') };
    await train(fresh, onCpu({ resume: true }));
    expect(await recordsOf(fresh.run)).toEqual(await recordsOf(configuration().run));
  });

  test('whose log was cut off in the middle of a line is resumed', async () => {
    const cut = { ...configuration(), run: join(folder, 'cut', 'run'), output: join(folder, 'cut', 'model') };
    await cp(configuration().run, cut.run, { recursive: true });
    await writeFile(join(cut.run, 'log.jsonl'), '{"kind":"step","stage":"stage2","step":6,"lo', { flag: 'a' });
    await train(cut, onCpu({ resume: true }));
    expect(await recordsOf(cut.run)).toEqual(await recordsOf(configuration().run));
  });
});
