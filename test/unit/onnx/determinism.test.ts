import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/common/index.ts';
import {
  type Gradients,
  initialWeights,
  type T5Config,
  type TeacherForcedBatch,
  TrainableT5,
} from '../../../src/t5/index.ts';

const config: T5Config = {
  vocabularySize: 500,
  modelWidth: 64,
  headWidth: 16,
  feedForwardWidth: 128,
  encoderLayers: 2,
  decoderLayers: 2,
  heads: 4,
  relativeBuckets: 32,
  relativeMaxDistance: 128,
  dropoutRate: 0.1,
  layerNormEpsilon: 1e-6,
  initializerFactor: 1,
  feedForward: 'gated-gelu',
  tiedEmbeddings: false,
  padId: 0,
  endId: 1,
  decoderStartId: 0,
};

/** Rows of random tokens, long enough that ONNX Runtime shares the work among its threads. */
function randomBatch(rows: number, length: number): TeacherForcedBatch {
  const random = new Random(3);
  const row = (size: number) => [...Array.from({ length: size }, () => random.integer(2, 40)), config.endId];
  const targets = Array.from({ length: rows }, (_, i) => row(length - i));
  const tokens = targets.flat().length;
  return {
    sources: Array.from({ length: rows }, (_, i) => row(length - 2 * i)),
    targets,
    tokenWeights: targets.map(() => 1 / tokens),
  };
}

const batch = randomBatch(8, 60);

interface Step {
  readonly loss: number;
  readonly gradients: Gradients;
}

async function step(model: TrainableT5): Promise<Step> {
  const gradients: Gradients = new Map();
  const loss = await model.accumulateGradients(batch, gradients, new Random(11));
  return { loss, gradients };
}

/** Bytes, because equal numbers are not enough: 0 equals −0, and NaN nothing. */
function sameBits(a: Float32Array | undefined, b: Float32Array | undefined): boolean {
  const bytes = (data: Float32Array) => Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return a !== undefined && b !== undefined && bytes(a).equals(bytes(b));
}

function expectSameBits(got: Step, expected: Step): void {
  expect(Object.is(got.loss, expected.loss)).toBe(true);
  const names = [...expected.gradients.keys()];
  expect([...got.gradients.keys()]).toEqual(names);
  expect(names.filter((name) => !sameBits(got.gradients.get(name), expected.gradients.get(name)))).toEqual([]);
}

describe('a training step', () => {
  it('gives the same loss and gradients to the last bit, in one session and in another', async () => {
    const model = new TrainableT5(config, initialWeights(config, 1));
    const first = await step(model);
    expect(first.loss).toBeGreaterThan(0);
    for (const gradient of first.gradients.values()) expect(gradient.some((element) => element !== 0)).toBe(true);
    for (let repeat = 0; repeat < 5; repeat++) expectSameBits(await step(model), first);
    await model.release();
    for (let session = 0; session < 3; session++) {
      const fresh = new TrainableT5(config, initialWeights(config, 1));
      expectSameBits(await step(fresh), first);
      await fresh.release();
    }
  });

  it('differs with another dropout, so that equal bits mean something', async () => {
    const model = new TrainableT5(config, initialWeights(config, 1));
    const first = await step(model);
    const other = await model.accumulateGradients(batch, new Map(), new Random(12));
    expect(other).not.toBe(first.loss);
    await model.release();
  });
});
