import type { Random } from '../common/index.ts';
import {
  type Device,
  floats,
  named,
  openSession,
  type Session,
  type Tensor,
  type Tensors,
  tensor,
} from '../onnx/index.ts';
import type { T5Config } from './config.ts';
import { type CycleBatch, cycleSequences } from './cycle.ts';
import { fillDropoutMask } from './dropout.ts';
import { decoderGraph, encoderGraph } from './inference-graphs.ts';
import { selectParameters, sharedEmbedding } from './parameters.ts';
import { T5Runner } from './runner.ts';
import type { Weights, WeightTensor } from './safetensors.ts';
import { embeddedPlaces, type Sequences, sequencesOf, type TeacherForcedBatch } from './sequences.ts';
import { embeddedInput, gradientName, type TrainingGraph, trainingGraph } from './training-graph.ts';

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
  #cycleStep: OpenedGraph | undefined;
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
    const sequences = sequencesOf(this.config, batch);
    const results = await session.run(this.#inputs(graph, sequences, random));
    this.#addGradients(gradients, graph, sequences, results);
    return floats(results, 'loss')[0] ?? Number.NaN;
  }

  /**
   * The loss of a batch and that of reading again what it writes (`trainingGraph` with `cycle`); the gradients of their sum
   * are added to `gradients`.
   */
  async accumulateCycleGradients(
    batch: TeacherForcedBatch,
    cycle: CycleBatch,
    gradients: Gradients,
    random?: Random,
  ): Promise<{ readonly loss: number; readonly cycleLoss: number }> {
    const dropout = this.config.dropoutRate > 0;
    this.#cycleStep ??= await this.#openGraph({ gradients: true, dropout, cycle: true });
    const { session, graph } = this.#cycleStep;
    const sequences = cycleSequences(this.config, batch, cycle);
    const results = await session.run(this.#inputs(graph, sequences, random));
    this.#addGradients(gradients, graph, sequences, results);
    const number = (name: string) => floats(results, name)[0] ?? Number.NaN;
    return { loss: number('loss'), cycleLoss: number('cycle_loss') };
  }

  /** The loss of a batch without dropout, and with `logits` the scores [rows·length, vocabulary]. */
  async measureLoss(batch: TeacherForcedBatch): Promise<{ readonly loss: number; readonly logits: Float32Array }> {
    this.#measure ??= await this.#openGraph({ gradients: false, dropout: false, logits: true });
    const { session, graph } = this.#measure;
    const results = await session.run(this.#inputs(graph, sequencesOf(this.config, batch)));
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

  #inputs(graph: TrainingGraph, sequences: Sequences, random?: Random): Record<string, Tensor> {
    const { modelWidth, dropoutRate } = this.config;
    const inputs: Record<string, Tensor> = { ...sequences.inputs };
    for (const [place, ids] of embeddedPlaces(sequences)) {
      inputs[embeddedInput[place]] = tensor(this.#embed(ids), [ids.length, modelWidth]);
    }
    for (const name of graph.parameters) inputs[name] = named(this.#tensors, name);
    for (const { name, side } of graph.dropoutSites) {
      const tokens = sequences.tokens[side] ?? 0;
      const mask = new Float32Array(tokens * modelWidth);
      fillDropoutMask(mask, dropoutRate, random);
      inputs[name] = tensor(mask, [tokens, modelWidth]);
    }
    return inputs;
  }

  #addGradients(gradients: Gradients, graph: TrainingGraph, sequences: Sequences, results: Tensors): void {
    for (const name of graph.parameters) addInto(gradients, name, floats(results, gradientName(name)));
    const embedding = this.#embeddingGradient(gradients);
    for (const [place, ids] of embeddedPlaces(sequences)) {
      addRows(embedding, ids, floats(results, gradientName(embeddedInput[place])), this.config.modelWidth);
    }
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
