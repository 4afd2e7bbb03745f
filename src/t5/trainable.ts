import type { Random } from '../common/index.ts';
import { type Device, floats, integers, named, openSession, type Session, type Tensor, tensor } from '../onnx/index.ts';
import type { T5Config } from './config.ts';
import { fillDropoutMask } from './dropout.ts';
import { decoderGraph, encoderGraph } from './inference-graphs.ts';
import { selectParameters, sharedEmbedding } from './parameters.ts';
import { padRows, T5Runner } from './runner.ts';
import type { Weights, WeightTensor } from './safetensors.ts';
import { embeddedInput, gradientName, type TrainingGraph, trainingGraph } from './training-graph.ts';

/** Sources with the targets they must give. Targets end with the end token. */
export interface TeacherForcedBatch {
  readonly sources: readonly (readonly number[])[];
  readonly targets: readonly (readonly number[])[];
  /** What each target token of a row counts for in the loss; 1 / (number of target tokens) gives the mean. */
  readonly tokenWeights: readonly number[];
}

/** Gradients under their parameters' names. */
export type Gradients = Map<string, Float32Array>;

interface OpenedGraph {
  readonly session: Session;
  readonly graph: TrainingGraph;
}

/**
 * A T5 whose weights live in this process's memory and change: the graphs are handed them at each run, without a copy, so
 * an optimiser that changes them in place changes what the next run computes.
 */
export class TrainableT5 {
  readonly config: T5Config;
  readonly weights: Weights;
  readonly #device: Device;
  readonly #tensors: Readonly<Record<string, Tensor>>;
  #step: OpenedGraph | undefined;
  #measure: OpenedGraph | undefined;
  #runner: T5Runner | undefined;
  readonly #sessions: Session[] = [];

  /** @throws UserError when the weights do not fit the configuration. */
  constructor(config: T5Config, weights: Weights, device: Device = 'cpu') {
    this.config = config;
    this.weights = selectParameters(config, weights, 'the weights');
    this.#device = device;
    this.#tensors = Object.fromEntries([...this.weights].map(([name, { data, shape }]) => [name, tensor(data, shape)]));
  }

  /**
   * The loss of a batch; its gradients are added to `gradients` (an empty map is filled).
   *
   * @param random draws the dropout masks; left out, nothing is dropped.
   */
  async accumulateGradients(batch: TeacherForcedBatch, gradients: Gradients, random?: Random): Promise<number> {
    const dropout = this.config.dropoutRate > 0;
    this.#step ??= await this.#openGraph({ gradients: true, dropout });
    const { session, graph } = this.#step;
    const { inputs, sourceIds, targetIds } = this.#batchInputs(graph, batch, random);
    const results = await session.run(inputs);
    for (const name of graph.parameters) addInto(gradients, name, floats(results, gradientName(name)));
    const embedding = this.#embeddingGradient(gradients);
    addRows(embedding, sourceIds, floats(results, gradientName(embeddedInput.source)), this.config.modelWidth);
    addRows(embedding, targetIds, floats(results, gradientName(embeddedInput.target)), this.config.modelWidth);
    return floats(results, 'loss')[0] ?? Number.NaN;
  }

  /** The loss of a batch without dropout, and with `logits` the scores [rows·length, vocabulary]. */
  async measureLoss(batch: TeacherForcedBatch): Promise<{ readonly loss: number; readonly logits: Float32Array }> {
    this.#measure ??= await this.#openGraph({ gradients: false, dropout: false, logits: true });
    const { session, graph } = this.#measure;
    const results = await session.run(this.#batchInputs(graph, batch).inputs);
    return { loss: floats(results, 'loss')[0] ?? Number.NaN, logits: floats(results, 'logits') };
  }

  /** Encoder and decoder over the weights as they are at each run. */
  async runner(): Promise<T5Runner> {
    if (this.#runner === undefined) {
      const encoder = await this.#open(encoderGraph(this.config, { kind: 'inputs' }));
      const decoder = await this.#open(decoderGraph(this.config, { kind: 'inputs' }));
      this.#runner = new T5Runner(
        this.config,
        { encoder, decoder },
        { encoder: this.#only(encoder.inputs), decoder: this.#only(decoder.inputs) },
      );
    }
    return this.#runner;
  }

  async release(): Promise<void> {
    for (const session of this.#sessions) await session.release();
  }

  #only(names: readonly string[]): Record<string, Tensor> {
    return Object.fromEntries(
      names.filter((name) => name in this.#tensors).map((name) => [name, named(this.#tensors, name)]),
    );
  }

  async #open(model: Uint8Array): Promise<Session> {
    const session = await openSession(model, this.#device);
    this.#sessions.push(session);
    return session;
  }

  async #openGraph(options: Parameters<typeof trainingGraph>[1]): Promise<OpenedGraph> {
    const graph = trainingGraph(this.config, options);
    return { session: await this.#open(graph.model), graph };
  }

  #batchInputs(graph: TrainingGraph, batch: TeacherForcedBatch, random?: Random) {
    const { padId, decoderStartId, modelWidth, dropoutRate } = this.config;
    const rows = batch.sources.length;
    const source = padRows(batch.sources, padId);
    const target = padRows(batch.targets, padId);
    const shifted = padRows(
      batch.targets.map((ids) => [decoderStartId, ...ids.slice(0, -1)]),
      padId,
    );
    const tokenWeights = new Float32Array(rows * target.length);
    batch.targets.forEach((ids, row) => {
      tokenWeights.fill(batch.tokenWeights[row] ?? 0, row * target.length, row * target.length + ids.length);
    });
    const tokens = { source: rows * source.length, target: rows * target.length };
    const inputs: Record<string, Tensor> = {
      source_mask: integers(source.mask, [rows, source.length]),
      targets: integers(target.ids, [rows, target.length]),
      target_weights: tensor(tokenWeights, [tokens.target]),
      [embeddedInput.source]: tensor(this.#embed(source.ids), [tokens.source, modelWidth]),
      [embeddedInput.target]: tensor(this.#embed(shifted.ids), [tokens.target, modelWidth]),
    };
    for (const name of graph.parameters) inputs[name] = named(this.#tensors, name);
    for (const { name, side } of graph.dropoutSites) {
      const mask = new Float32Array(tokens[side] * modelWidth);
      fillDropoutMask(mask, dropoutRate, random);
      inputs[name] = tensor(mask, [tokens[side], modelWidth]);
    }
    return { inputs, sourceIds: source.ids, targetIds: shifted.ids };
  }

  #embedding(): WeightTensor {
    const embedding = this.weights.get(sharedEmbedding);
    if (embedding === undefined) throw new RangeError(`there is no ${sharedEmbedding}`);
    return embedding;
  }

  #embed(ids: Int32Array): Float32Array {
    const width = this.config.modelWidth;
    const { data } = this.#embedding();
    const embedded = new Float32Array(ids.length * width);
    ids.forEach((id, i) => {
      embedded.set(data.subarray(id * width, (id + 1) * width), i * width);
    });
    return embedded;
  }

  #embeddingGradient(gradients: Gradients): Float32Array {
    let gradient = gradients.get(sharedEmbedding);
    if (gradient === undefined) {
      gradient = new Float32Array(this.#embedding().data.length);
      gradients.set(sharedEmbedding, gradient);
    }
    return gradient;
  }
}

/** Adds a gradient to what is there already; the first one is taken as it is, without a copy. */
function addInto(gradients: Gradients, name: string, gradient: Float32Array): void {
  const sum = gradients.get(name);
  if (sum === undefined) gradients.set(name, gradient);
  else for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + (gradient[i] ?? 0);
}

/** Adds the gradient of each embedded token to its row of the embedding matrix's gradient. */
function addRows(sum: Float32Array, ids: Int32Array, rows: Float32Array, width: number): void {
  for (let i = 0; i < ids.length; i++) {
    const to = (ids[i] ?? 0) * width;
    const from = i * width;
    for (let k = 0; k < width; k++) sum[to + k] = (sum[to + k] ?? 0) + (rows[from + k] ?? 0);
  }
}
