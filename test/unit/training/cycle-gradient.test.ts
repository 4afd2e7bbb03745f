import { afterAll, describe, expect, test } from 'vitest';
import { Random } from '../../../src/common/index.ts';
import { integers, named, openSession, type Session, type Tensor, tensor } from '../../../src/onnx/index.ts';
import {
  argmax,
  type CycleBatch,
  initialWeights,
  listParameters,
  parseConfig,
  sharedEmbedding,
  type T5Config,
  type TeacherForcedBatch,
  TrainableT5,
} from '../../../src/t5/index.ts';
import { trainingGraph } from '../../../src/t5/training-graph.ts';

const architecture = { d_model: 8, d_kv: 4, d_ff: 12, num_layers: 1, num_decoder_layers: 2, num_heads: 2 };
const vocabulary = 23;

const configOf = (version: 'v1.0' | 'v1.1'): T5Config =>
  parseConfig(
    {
      model_type: 't5',
      ...architecture,
      dropout_rate: 0,
      feed_forward_proj: version === 'v1.0' ? 'relu' : 'gated-gelu',
      tie_word_embeddings: version === 'v1.0',
      vocab_size: vocabulary,
    },
    version,
  );

const versions = ['v1.0', 'v1.1'] as const;

describe.each(versions)('the gradient of the cycle of a T5 %s', (version) => {
  const config = configOf(version);
  const width = config.modelWidth;
  const random = Random.derive(4, version);
  const sizes = { batch: 2, source: 4, target: 3, prefix: 2, label: 2 };
  const { batch } = sizes;

  const drawn = (shape: readonly number[], draw: () => number): Tensor => {
    const count = shape.reduce((product, size) => product * size, 1);
    return tensor(Float64Array.from({ length: count }, draw), shape);
  };
  const states = (length: number) => drawn([length, width], () => random.normal());
  const ids = (length: number) =>
    integers(
      Array.from({ length: batch * length }, () => random.integer(0, vocabulary - 1)),
      [batch, length],
    );
  /** float64[…] by name: what the loss is differentiated by. */
  const differentiated: Record<string, Tensor> = {
    source_embedded: states(batch * sizes.source),
    target_embedded: states(batch * sizes.target),
    prefix_embedded: states(sizes.prefix),
    cycle_target_embedded: states(batch * sizes.label),
  };
  for (const { name, shape } of listParameters(config))
    differentiated[name] = drawn(shape, () => 0.4 * random.normal());
  const feeds: Record<string, Tensor> = {
    ...differentiated,
    // The second row is shorter on both sides.
    source_mask: integers([1, 1, 1, 1, 1, 1, 0, 0], [batch, sizes.source]),
    cycle_mask: integers([1, 1, 1, 1, 1, 1, 1, 1, 1, 0], [batch, sizes.prefix + sizes.target]),
    targets: ids(sizes.target),
    target_weights: tensor(Float64Array.of(0.2, 0.2, 0.2, 0.2, 0.2, 0), [batch * sizes.target]),
    cycle_targets: ids(sizes.label),
    cycle_target_weights: tensor(Float64Array.of(0.7, 0.7, 0.7, 0.7), [batch * sizes.label]),
    gumbel_uniform: drawn([batch * sizes.target, vocabulary], () => random.uniform()),
    gumbel_sharpness: tensor(Float64Array.of(1 / 0.8), []),
  };

  const open = (gradients: boolean): Promise<Session> =>
    openSession(trainingGraph(config, { gradients, dropout: false, cycle: true, type: 'float64' }).model, 'cpu');
  const doubles = (tensors: Readonly<Record<string, Tensor>>, name: string) =>
    named(tensors, name).data as unknown as Float64Array;

  test('agrees with central differences in float64 for every kind of parameter and embedded input', async () => {
    const [whole, measuring] = [await open(true), await open(false)];
    const results = await whole.run(feeds);
    const total = async () => {
      const losses = await measuring.run(feeds);
      return (doubles(losses, 'loss')[0] ?? Number.NaN) + (doubles(losses, 'cycle_loss')[0] ?? Number.NaN);
    };
    const step = 1e-5;
    for (const name of Object.keys(differentiated)) {
      const data = doubles(differentiated, name);
      const gradient = doubles(results, `gradient.${name}`);
      const largest = gradient.reduce((highest, value) => Math.max(highest, Math.abs(value)), 0);
      const probes = Array.from({ length: 8 }, () => random.integer(0, data.length - 1));
      for (const i of probes) {
        const element = data[i] ?? 0;
        data[i] = element + step;
        const above = await total();
        data[i] = element - step;
        const below = await total();
        data[i] = element;
        const error = Math.abs((above - below) / (2 * step) - (gradient[i] ?? Number.NaN));
        expect(error, `${name}[${i}]`).toBeLessThan(1e-6 * Math.max(largest, 1e-3));
      }
    }
    await whole.release();
    await measuring.release();
  });

  test('of the cycle’s loss alone reaches the source through what was written', async () => {
    const session = await open(true);
    const results = await session.run({ ...feeds, target_weights: tensor(new Float64Array(6), [6]) });
    for (const name of ['source_embedded', 'target_embedded', sharedEmbedding]) {
      expect(Math.max(...doubles(results, `gradient.${name}`).map(Math.abs)), name).toBeGreaterThan(1e-4);
    }
    // The second row's source ends after two tokens, and what it wrote after two: behind them nothing is read.
    const ofSource = doubles(results, 'gradient.source_embedded');
    expect([...ofSource.subarray(6 * width)].every((value) => Math.abs(value) < 1e-12)).toBe(true);
    await session.release();
  });
});

describe.each(versions)('a T5 %s that reads what it writes', (version) => {
  const config = configOf(version);
  const model = new TrainableT5(config, initialWeights(config, 6));
  afterAll(() => model.release());

  const batch: TeacherForcedBatch = {
    sources: [
      [5, 6, 7, 8, 1],
      [9, 10, 1],
      [11, 3, 12, 1],
    ],
    targets: [
      [13, 14, 15, 16, 1],
      [17, 18, 1],
      [4, 1],
    ],
    tokenWeights: [0.1, 0.1, 0.1],
  };
  const labels = [
    [19, 1],
    [20, 21, 1],
    [22, 1],
  ];
  const prefix = [2, 5];
  const cycleOf = (changes: Partial<CycleBatch> = {}): CycleBatch => ({
    prefix,
    targets: labels,
    tokenWeights: [0.05, 0.05, 0.05],
    temperature: 0.7,
    noise: (row) => Random.derive(8, 'gumbel', row),
    ...changes,
  });
  const accumulated = async (
    part: TeacherForcedBatch,
    cycle: CycleBatch,
    gradients = new Map<string, Float32Array>(),
  ) => ({
    ...(await model.accumulateCycleGradients(part, cycle, gradients)),
    gradients,
  });
  /** The largest difference of two sets of gradients, relative to the largest element. */
  function difference(a: ReadonlyMap<string, Float32Array>, b: ReadonlyMap<string, Float32Array>): number {
    let [largest, worst] = [0, 0];
    expect([...a.keys()].sort()).toEqual([...b.keys()].sort());
    for (const [name, values] of a) {
      values.forEach((value, i) => {
        largest = Math.max(largest, Math.abs(value));
        worst = Math.max(worst, Math.abs(value - (b.get(name)?.[i] ?? Number.NaN)));
      });
    }
    return worst / largest;
  }
  const plain = async (part: TeacherForcedBatch, gradients = new Map<string, Float32Array>()) => ({
    loss: await model.accumulateGradients(part, gradients),
    gradients,
  });

  test('has, with a cycle that counts nothing, the loss and gradients of the batch alone', async () => {
    const alone = await plain(batch);
    // The output matrix is the embedding matrix or not: the gradients have the same names either way.
    const both = await accumulated(batch, cycleOf({ tokenWeights: [0, 0, 0] }));
    expect(both.loss).toBeCloseTo(alone.loss, 5);
    expect(both.cycleLoss).toBeCloseTo(0, 12);
    expect(difference(alone.gradients, both.gradients)).toBeLessThan(1e-5);
  });

  test('near temperature 0 reads the very tokens that Gumbel noise draws from its own distribution', async () => {
    const cycle = cycleOf({ temperature: 1e-7 });
    const { logits } = await model.measureLoss(batch);
    const length = 5;
    const written = batch.targets.map((target, row) => {
      const noise = cycle.noise(row);
      return target.map((_, position) => {
        const start = (row * length + position) * vocabulary;
        const scores = logits.slice(start, start + vocabulary).map((logit) => {
          const uniform = ((noise.uint32() >>> 9) + 0.5) / 2 ** 23;
          return logit - Math.log(-Math.log(uniform));
        });
        return argmax(scores, 0, vocabulary);
      });
    });
    const read: TeacherForcedBatch = {
      sources: written.map((tokens) => [...prefix, ...tokens]),
      targets: labels,
      tokenWeights: cycle.tokenWeights,
    };
    const alone = await plain(batch);
    const { loss: cycleLoss, gradients } = await plain(read, alone.gradients);
    const both = await accumulated(batch, cycle);
    expect(both.cycleLoss).toBeCloseTo(cycleLoss, 5);
    expect(difference(gradients, both.gradients)).toBeLessThan(1e-5);
  });

  test('gives the same, whichever rows it is run with', async () => {
    const whole = await accumulated(batch, cycleOf());
    const gradients = new Map<string, Float32Array>();
    let [loss, cycleLoss] = [0, 0];
    for (const rows of [[0], [1, 2]]) {
      const pick = <T>(items: readonly T[]) => rows.flatMap((row) => items.slice(row, row + 1));
      const first = rows[0] ?? 0;
      const part = await accumulated(
        { sources: pick(batch.sources), targets: pick(batch.targets), tokenWeights: pick(batch.tokenWeights) },
        cycleOf({
          targets: pick(labels),
          tokenWeights: pick([0.05, 0.05, 0.05]),
          noise: (row) => Random.derive(8, 'gumbel', first + row),
        }),
        gradients,
      );
      loss += part.loss;
      cycleLoss += part.cycleLoss;
    }
    expect(loss).toBeCloseTo(whole.loss, 5);
    expect(cycleLoss).toBeCloseTo(whole.cycleLoss, 5);
    expect(difference(whole.gradients, gradients)).toBeLessThan(1e-5);
  });

  test('draws other soft tokens from other noise, and the same from the same', async () => {
    const [first, again] = [await accumulated(batch, cycleOf()), await accumulated(batch, cycleOf())];
    expect(again.cycleLoss).toBe(first.cycleLoss);
    const other = await accumulated(batch, cycleOf({ noise: (row) => Random.derive(9, 'gumbel', row) }));
    expect(other.cycleLoss).not.toBe(first.cycleLoss);
    expect(other.loss).toBe(first.loss);
  });
});
