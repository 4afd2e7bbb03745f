import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  generateGreedy,
  openModelFolder,
  parseConfig,
  readConfig,
  readSafetensors,
  relativePositionBucket,
  scoreTargets,
  type T5Config,
  type T5Runner,
  type TeacherForcedBatch,
  TrainableT5,
  type Weights,
  writeModelFolder,
} from '../../src/t5/index.ts';
import { Adafactor } from '../../src/training/adafactor.ts';
import { AdamW } from '../../src/training/adamw.ts';
import type { Optimizer } from '../../src/training/optimizer.ts';

const golden = join(import.meta.dirname, 't5');
const tolerance = 1e-4;

interface Expected {
  readonly input_ids: number[][];
  readonly attention_mask: number[][];
  readonly labels: number[][];
  readonly loss: number;
  readonly adamWSettings: { lr: number; beta1: number; beta2: number; eps: number; weight_decay: number };
  readonly tenAdamWLosses: number[];
  readonly adafactorSettings: { lr: number };
  readonly tenAdafactorLosses: number[];
  readonly greedyTokens: number[][];
  readonly choices: number[][];
  readonly choiceLogProbabilities: number[];
}

/** The largest difference of two tensors, relative to the largest expected element. */
function relativeDifference(got: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(got.length).toBe(expected.length);
  let difference = 0;
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    const value = Math.abs((got[i] ?? Number.NaN) - (expected[i] ?? Number.NaN));
    if (!(value <= difference)) difference = value;
    largest = Math.max(largest, Math.abs(expected[i] ?? 0));
  }
  return difference / largest;
}

const report: string[] = [];
function expectClose(what: string, got: ArrayLike<number>, expected: ArrayLike<number>): void {
  const difference = relativeDifference(got, expected);
  report.push(`${difference.toExponential(1)}  ${what}`);
  expect(difference, what).toBeLessThanOrEqual(tolerance);
}

afterAll(() => {
  console.log(`largest relative differences from transformers:\n${report.join('\n')}`);
});

describe.each(['v1_0', 'v1_1'])('T5 %s against transformers', (version) => {
  const folder = join(golden, version);
  let expected: Expected;
  let tensors: Weights;
  let config: T5Config;
  let weights: Weights;
  let batch: TeacherForcedBatch;
  let copy: string;
  let runner: T5Runner;

  beforeAll(async () => {
    expected = JSON.parse(await readFile(join(folder, 'expected.json'), 'utf8'));
    tensors = await readSafetensors(join(folder, 'expected.safetensors'));
    config = { ...(await readConfig(folder)), dropoutRate: 0 };
    weights = await readSafetensors(join(folder, 'model.safetensors'));
    const targets = expected.labels.map((row) => row.filter((id) => id !== -100));
    const tokens = targets.flat().length;
    batch = {
      sources: expected.input_ids.map((row, i) => row.filter((_, k) => expected.attention_mask[i]?.[k] === 1)),
      targets,
      tokenWeights: targets.map(() => 1 / tokens),
    };
    copy = await mkdtemp(join(tmpdir(), 'golden-t5-'));
    await writeModelFolder(copy, config, weights);
    runner = await openModelFolder(copy, 'cpu');
  });

  afterAll(async () => {
    await runner.release();
    await rm(copy, { recursive: true });
  });

  const tensor = (name: string) => {
    const found = tensors.get(name);
    if (found === undefined) throw new Error(`no golden tensor ${name}`);
    return found.data;
  };

  it('reads the configuration of newer and of published checkpoints alike', async () => {
    const published = JSON.parse(await readFile(join(folder, 'config.published.json'), 'utf8'));
    expect({ ...parseConfig(published, 'published'), dropoutRate: 0 }).toEqual(config);
  });

  it('encodes', async () => {
    const encoded = await runner.encode(batch.sources);
    const states = Float32Array.from(encoded.output.data as Float32Array);
    const width = config.modelWidth;
    expected.attention_mask.flat().forEach((present, i) => {
      if (present === 0) states.fill(0, i * width, (i + 1) * width);
    });
    expectClose(`${version} encoder output`, states, tensor('encoder_output'));
  });

  it('gives the loss, the logits and every gradient', async () => {
    const model = new TrainableT5(config, weights);
    const measured = await model.measureLoss(batch);
    // What the decoder reads behind a row's end differs from transformers, and counts nowhere.
    const counted = (logits: Float32Array) =>
      expected.labels.flat().flatMap((label, i) => (label === -100 ? [] : [...logits.subarray(i * 64, (i + 1) * 64)]));
    expectClose(`${version} logits`, counted(measured.logits), counted(tensor('logits')));
    const gradients = new Map<string, Float32Array>();
    const loss = await model.accumulateGradients(batch, gradients);
    expectClose(`${version} loss`, [loss, measured.loss], [expected.loss, expected.loss]);
    const names = [...tensors.keys()].filter((name) => name.startsWith('gradient.'));
    expect([...gradients.keys()].sort()).toEqual(names.map((name) => name.slice('gradient.'.length)).sort());
    for (const [name, gradient] of gradients) {
      expectClose(`${version} gradient of ${name}`, gradient, tensor(`gradient.${name}`));
    }
    await model.release();
  });

  async function tenLosses(optimizer: Optimizer, learningRate: number): Promise<number[]> {
    const model = new TrainableT5(config, new Map([...weights].map(([n, w]) => [n, { ...w, data: w.data.slice() }])));
    const losses: number[] = [];
    for (let step = 0; step < 10; step++) {
      const gradients = new Map<string, Float32Array>();
      losses.push(await model.accumulateGradients(batch, gradients));
      optimizer.update(model.weights, gradients, learningRate);
    }
    await model.release();
    return losses;
  }

  it('trains ten AdamW steps to the same losses', async () => {
    const { lr, beta1, beta2, eps, weight_decay } = expected.adamWSettings;
    const optimizer = new AdamW({ beta1, beta2, epsilon: eps, weightDecay: weight_decay });
    expectClose(`${version} AdamW losses`, await tenLosses(optimizer, lr), expected.tenAdamWLosses);
  });

  it('trains ten Adafactor steps to the same losses', async () => {
    const losses = await tenLosses(new Adafactor(), expected.adafactorSettings.lr);
    expectClose(`${version} Adafactor losses`, losses, expected.tenAdafactorLosses);
  });

  it('decodes greedily to the same tokens', async () => {
    const encoded = await runner.encode(batch.sources);
    const rows = await generateGreedy(runner, encoded, { maxNewTokens: 12 });
    const withoutSpecial = expected.greedyTokens.map((row) => {
      const end = row.indexOf(config.endId);
      return row.slice(1, end === -1 ? undefined : end);
    });
    expect(rows).toEqual(withoutSpecial);
  });

  it('decodes to the same tokens when the weights are handed in at each run', async () => {
    const model = new TrainableT5(config, weights);
    const handed = await model.runner();
    const rows = await generateGreedy(handed, await handed.encode(batch.sources), { maxNewTokens: 12 });
    const shipped = await generateGreedy(runner, await runner.encode(batch.sources), { maxNewTokens: 12 });
    expect(rows).toEqual(shipped);
    await model.release();
  });

  it('scores several targets in one pass', async () => {
    const first = batch.sources.slice(0, 1);
    const scores = await scoreTargets(runner, await runner.encode(first), expected.choices);
    expectClose(`${version} target log-probabilities`, scores, expected.choiceLogProbabilities);
  });
});

describe('safetensors', () => {
  it.each(['f16', 'bf16'])('reads %s as the same numbers', async (type) => {
    const expected = JSON.parse(await readFile(join(golden, 'half', 'expected.json'), 'utf8'))[type];
    const read = await readSafetensors(join(golden, 'half', `${type}.safetensors`));
    expect([...read.keys()].sort()).toEqual(Object.keys(expected).sort());
    for (const [name, { shape, data }] of read) {
      expect(shape).toEqual(expected[name].shape);
      const values = expected[name].values.flat(2).map(Number);
      expect([...data]).toEqual(values);
    }
  });
});

describe('relative position buckets', () => {
  it('are those of transformers', async () => {
    const expected = JSON.parse(await readFile(join(golden, 'relative-position-buckets.json'), 'utf8'));
    for (const [stack, buckets, distance] of [
      ['encoder', 32, 128],
      ['decoder', 32, 128],
      ['encoder', 8, 16],
      ['decoder', 8, 16],
    ] as const) {
      const got = expected.relativePositions.map((relative: number) =>
        relativePositionBucket(relative, stack === 'encoder', buckets, distance),
      );
      expect(got, `${stack} ${buckets} ${distance}`).toEqual(expected[`${stack}-${buckets}-${distance}`]);
    }
  });
});
