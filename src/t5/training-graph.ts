import { crossEntropy, type ElementType, encodeModel, Graph, gradients, op, type Value } from '../onnx/index.ts';
import type { T5Config } from './config.ts';
import { causalBias } from './inference-graphs.ts';
import {
  decoderStack,
  encoderStack,
  keysAndValues,
  type LayerContext,
  paddingBias,
  type SequenceSizes,
  vocabularyScores,
} from './layers.ts';
import { layerName, listParameters, outputMatrix, positionBiasName, sharedEmbedding } from './parameters.ts';
import { positionBias, relativePositions } from './relative-position.ts';

/** One place where training drops elements out, over token states of one side. */
export interface DropoutSite {
  readonly name: string;
  readonly side: Side;
}

/** The sequences of a training step: what is read and written, and the same of the cycle's second pass. */
export type Side = 'source' | 'target' | 'cycleSource' | 'cycleTarget';

/** The graph of one teacher-forced batch, and what it wants at each run. */
export interface TrainingGraph {
  readonly model: Uint8Array;
  /** The parameters that are inputs of the graph, in order. */
  readonly parameters: readonly string[];
  /** Masks wanted as inputs, float32[tokens of that side, width]: 0 drops, 1 / (1 − rate) keeps. */
  readonly dropoutSites: readonly DropoutSite[];
}

export const gradientName = (value: string): string => `gradient.${value}`;

/** The inputs that hold embedded tokens. */
export const embeddedInput = {
  source: 'source_embedded',
  target: 'target_embedded',
  prefix: 'prefix_embedded',
  cycleTarget: 'cycle_target_embedded',
} as const;

export interface TrainingGraphOptions {
  /** With gradients it is a training step's graph, without them it only measures the loss. */
  readonly gradients: boolean;
  readonly dropout: boolean;
  /** Whether `logits` is an output, [tokens of the target side, vocabulary]. */
  readonly logits?: boolean;
  /** Whether what was written is read again (`trainingGraph`). */
  readonly cycle?: boolean;
  /** What parameters and states are made of; float32 where absent. */
  readonly type?: 'float32' | 'float64';
}

/** The symbolic sizes of a side. The cycle's source is a prefix and what the first pass wrote. */
const sizesOf = {
  source: { batch: 'batch', length: 'source' },
  target: { batch: 'batch', length: 'target' },
  cycleSource: { batch: 'batch', length: 'prefix+target' },
  cycleTarget: { batch: 'batch', length: 'label' },
} as const satisfies Record<Side, SequenceSizes>;

/**
 * Loss and gradients of one batch.
 *
 * Embedding lookup stays outside: the graph takes embedded tokens and gives their gradient, and the caller adds its rows
 * to those of the embedding matrix. Inside the graph that addition costs as much as a layer.
 *
 * Inputs: every parameter by name (the embedding matrix only where it is also the output matrix), `source_embedded`
 * [batch·source, width], `source_mask` int64[batch, source], `target_embedded` [batch·target, width] (the tokens before
 * each target token), `targets` int64[batch, target], `target_weights` float32[batch·target], and one mask per dropout
 * site. Outputs: `loss`, a scalar, Σ weight · −log p(target); and `gradient.<input>` for every parameter and both
 * embedded inputs.
 *
 * With `cycle`, what the batch writes is read again (Reason2Decide-C, Computers 2026, 15(5), 279): each written token is the
 * mean of all embeddings under softmax((logits + Gumbel noise) / temperature), and behind a prefix these soft tokens are the
 * source of a second pass through the same weights. Inputs then are also the embedding matrix in any case, `prefix_embedded`
 * [prefix, width], `cycle_mask` int64[batch, prefix+target], `gumbel_uniform` [batch·target, vocabulary] with numbers
 * between 0 and 1 of which the noise is made, `gumbel_sharpness` (1 / temperature), and `cycle_target_embedded`, `cycle_targets`,
 * `cycle_target_weights` as above. Outputs then are also `cycle_loss`, and the gradients are those of `loss` + `cycle_loss`.
 */
export function trainingGraph(config: T5Config, options: TrainingGraphOptions): TrainingGraph {
  const graph = new Graph();
  const { type = 'float32', cycle = false } = options;
  const parameters = new Map<string, Value>();
  for (const { name, shape } of listParameters(config)) {
    if (name !== sharedEmbedding || config.tiedEmbeddings || cycle)
      parameters.set(name, graph.input(name, type, shape));
  }
  const build: Building = { config, graph, type, parameters, dropout: options.dropout, dropoutSites: [] };
  const mask = graph.input('source_mask', 'int64', ['batch', 'source']);
  const source = graph.input(embeddedInput.source, type, ['batch*source', config.modelWidth]);
  const first = writingPass(build, source, mask, {
    read: 'source',
    write: 'target',
    inputs: { embedded: embeddedInput.target, targets: 'targets', weights: 'target_weights' },
    site: 'dropout.',
  });
  graph.output('loss', first.loss);
  if (options.logits === true) graph.output('logits', first.logits);
  const second = cycle ? cyclePass(build, first.logits) : undefined;
  if (second !== undefined) graph.output('cycle_loss', second.loss);
  if (options.gradients) {
    const loss = second === undefined ? first.loss : op.add(first.loss, second.loss);
    const wanted = [...parameters.values(), source, first.embedded, ...(second?.embedded ?? [])];
    gradients(loss, wanted).forEach((gradient, i) => {
      const name = wanted[i]?.name;
      if (name !== undefined) graph.output(gradientName(name), gradient);
    });
  }
  return {
    model: encodeModel(graph, 'training'),
    parameters: [...parameters.keys()],
    dropoutSites: build.dropoutSites,
  };
}

/** A training graph while it is built. */
interface Building {
  readonly config: T5Config;
  readonly graph: Graph;
  readonly type: ElementType;
  readonly parameters: ReadonlyMap<string, Value>;
  readonly dropout: boolean;
  readonly dropoutSites: DropoutSite[];
}

/** Which sides a pass reads and writes, its inputs on the written side, and how its dropout masks begin. */
interface Pass {
  readonly read: Side;
  readonly write: Side;
  readonly inputs: { readonly embedded: string; readonly targets: string; readonly weights: string };
  readonly site: string;
}

/** Encoder and decoder over one batch, with the loss of what they should have written. */
function writingPass(build: Building, source: Value, mask: Value, pass: Pass) {
  const { config, graph, type } = build;
  const context = layerContext(build, pass);
  const [sourceSizes, targetSizes] = [sizesOf[pass.read], sizesOf[pass.write]];
  const tokens = `${targetSizes.batch}*${targetSizes.length}`;
  const embedded = graph.input(pass.inputs.embedded, type, [tokens, config.modelWidth]);
  const targets = op.reshape(graph.input(pass.inputs.targets, 'int64', ['batch', targetSizes.length]), [tokens]);
  const weights = graph.input(pass.inputs.weights, type, [tokens]);

  const bias = (stack: 'encoder' | 'decoder', relative: Value) =>
    positionBias(config, context.parameter(positionBiasName(stack)), relative, stack === 'encoder', true);
  const sourceRelative = squareRelativePositions(graph, sourceSizes.length);
  const padding = paddingBias(mask, type);
  const encoded = encoderStack(context, source, sourceSizes, op.add(bias('encoder', sourceRelative), padding));

  const targetRelative = squareRelativePositions(graph, targetSizes.length);
  const states = decoderStack(context, embedded, targetSizes, {
    selfKeyValues: (_, fresh) => fresh,
    crossKeyValues(block) {
      const attention = `${layerName('decoder', block, 1)}.EncDecAttention`;
      return keysAndValues(context, attention, encoded, sourceSizes);
    },
    selfBias: op.add(bias('decoder', targetRelative), causalBias(targetRelative, type)),
    crossBias: padding,
  });
  const output = context.parameter(config.tiedEmbeddings ? sharedEmbedding : outputMatrix);
  const logits = vocabularyScores(context, states, output);
  return { embedded, logits, loss: crossEntropy(logits, targets, weights) };
}

/** The second pass: reads the prefix and the soft tokens of `logits` [batch·target, vocabulary], and writes the label. */
function cyclePass(build: Building, logits: Value) {
  const { config, graph, type } = build;
  const width = config.modelWidth;
  const uniform = graph.input('gumbel_uniform', type, ['batch*target', config.vocabularySize]);
  const sharpness = graph.input('gumbel_sharpness', type, []);
  const prefix = graph.input(embeddedInput.prefix, type, ['prefix', width]);
  const mask = graph.input('cycle_mask', 'int64', ['batch', sizesOf.cycleSource.length]);
  // Gumbel's distribution from the uniform one: −log(−log u).
  const noise = op.negate(op.logarithm(op.negate(op.logarithm(uniform))));
  const choice = op.softmax(op.multiply(op.add(logits, noise), sharpness));
  const written = op.gemm(choice, known(build.parameters, sharedEmbedding));
  const source = op.concatenate(
    [op.expand(op.unsqueeze(prefix, [0]), ['batch', 'prefix', width]), op.reshape(written, ['batch', 'target', width])],
    1,
  );
  const { batch, length } = sizesOf.cycleSource;
  const { embedded, loss } = writingPass(build, op.reshape(source, [`${batch}*${length}`, width]), mask, {
    read: 'cycleSource',
    write: 'cycleTarget',
    inputs: { embedded: embeddedInput.cycleTarget, targets: 'cycle_targets', weights: 'cycle_target_weights' },
    site: 'dropout.cycle.',
  });
  return { embedded: [prefix, embedded], loss };
}

function layerContext(build: Building, { read, write, site }: Pass): LayerContext {
  const { batch, length } = sizesOf[read];
  return {
    config: build.config,
    parameter: (name) => known(build.parameters, name),
    dropout(states, place) {
      if (!build.dropout) return states;
      const name = `${site}${place}`;
      build.dropoutSites.push({ name, side: states.shape[0] === `${batch}*${length}` ? read : write });
      return op.multiply(states, build.graph.input(name, build.type, states.shape));
    },
  };
}

function squareRelativePositions(graph: Graph, size: string): Value {
  const length = op.reshape(op.sizeOf(graph, size), []);
  return relativePositions(length, length, op.scalar(graph, 'int64', 0), [size, size]);
}

function known(values: ReadonlyMap<string, Value>, name: string): Value {
  const value = values.get(name);
  if (value === undefined) throw new RangeError(`the architecture has no parameter ${name}`);
  return value;
}
