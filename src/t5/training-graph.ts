import { crossEntropy, encodeModel, Graph, gradients, op, type Value } from '../onnx/index.ts';
import type { T5Config } from './config.ts';
import { causalBias } from './inference-graphs.ts';
import {
  decoderStack,
  encoderStack,
  keysAndValues,
  type LayerContext,
  paddingBias,
  vocabularyScores,
} from './layers.ts';
import { layerName, listParameters, outputMatrix, positionBiasName, sharedEmbedding } from './parameters.ts';
import { positionBias, relativePositions } from './relative-position.ts';

/** One place where training drops elements out, over token states of one side. */
export interface DropoutSite {
  readonly name: string;
  readonly side: 'source' | 'target';
}

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
export const embeddedInput = { source: 'source_embedded', target: 'target_embedded' } as const;

export interface TrainingGraphOptions {
  /** With gradients it is a training step's graph, without them it only measures the loss. */
  readonly gradients: boolean;
  readonly dropout: boolean;
  /** Whether `logits` is an output, [tokens of the target side, vocabulary]. */
  readonly logits?: boolean;
}

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
 */
export function trainingGraph(config: T5Config, options: TrainingGraphOptions): TrainingGraph {
  const graph = new Graph();
  const parameters = new Map<string, Value>();
  for (const { name, shape } of listParameters(config)) {
    if (name !== sharedEmbedding || config.tiedEmbeddings) parameters.set(name, graph.input(name, 'float32', shape));
  }
  const mask = graph.input('source_mask', 'int64', ['batch', 'source']);
  const width = config.modelWidth;
  const source = graph.input(embeddedInput.source, 'float32', ['batch*source', width]);
  const target = graph.input(embeddedInput.target, 'float32', ['batch*target', width]);
  const targets = op.reshape(graph.input('targets', 'int64', ['batch', 'target']), ['batch*target']);
  const weights = graph.input('target_weights', 'float32', ['batch*target']);
  const dropoutSites: DropoutSite[] = [];
  const context: LayerContext = {
    config,
    parameter: (name) => known(parameters, name),
    dropout(states, name) {
      if (!options.dropout) return states;
      const side = states.shape[0] === 'batch*source' ? 'source' : 'target';
      dropoutSites.push({ name: `dropout.${name}`, side });
      return op.multiply(states, graph.input(`dropout.${name}`, 'float32', states.shape));
    },
  };

  const bias = (stack: 'encoder' | 'decoder', relative: Value) =>
    positionBias(config, context.parameter(positionBiasName(stack)), relative, stack === 'encoder', true);
  const sourceSizes = { batch: 'batch', length: 'source' };
  const sourceRelative = squareRelativePositions(graph, 'source');
  const padding = paddingBias(mask);
  const encoded = encoderStack(context, source, sourceSizes, op.add(bias('encoder', sourceRelative), padding));

  const targetRelative = squareRelativePositions(graph, 'target');
  const targetSizes = { batch: 'batch', length: 'target' };
  const states = decoderStack(context, target, targetSizes, {
    selfKeyValues: (_, fresh) => fresh,
    crossKeyValues(block) {
      const attention = `${layerName('decoder', block, 1)}.EncDecAttention`;
      return keysAndValues(context, attention, encoded, sourceSizes);
    },
    selfBias: op.add(bias('decoder', targetRelative), causalBias(targetRelative)),
    crossBias: padding,
  });
  const output = context.parameter(config.tiedEmbeddings ? sharedEmbedding : outputMatrix);
  const logits = vocabularyScores(context, states, output);
  const loss = crossEntropy(logits, targets, weights);
  graph.output('loss', loss);
  if (options.logits === true) graph.output('logits', logits);
  if (options.gradients) {
    const wanted = [...parameters.values(), source, target];
    gradients(loss, wanted).forEach((gradient, i) => {
      const name = wanted[i]?.name;
      if (name !== undefined) graph.output(gradientName(name), gradient);
    });
  }
  return { model: encodeModel(graph, 'training'), parameters: [...parameters.keys()], dropoutSites };
}

function squareRelativePositions(graph: Graph, side: 'source' | 'target'): Value {
  const length = op.reshape(op.sizeOf(graph, side), []);
  return relativePositions(length, length, op.scalar(graph, 'int64', 0), [side, side]);
}

function known(values: ReadonlyMap<string, Value>, name: string): Value {
  const value = values.get(name);
  if (value === undefined) throw new RangeError(`the architecture has no parameter ${name}`);
  return value;
}
