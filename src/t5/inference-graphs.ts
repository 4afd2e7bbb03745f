import { type ElementType, type ExternalData, encodeModel, Graph, op, type Value } from '../onnx/index.ts';
import type { T5Config } from './config.ts';
import {
  decoderStack,
  encoderStack,
  type KeyValues,
  keysAndValues,
  type LayerContext,
  paddingBias,
  vocabularyScores,
} from './layers.ts';
import { layerName, listParameters, outputMatrix, positionBiasName, sharedEmbedding } from './parameters.ts';
import { positionBias, relativePositions } from './relative-position.ts';

/** Where a graph finds its weights: in the model's safetensors file, or handed in at each run (while training). */
export type WeightSource =
  | { readonly kind: 'external'; locate(name: string): ExternalData }
  | { readonly kind: 'inputs' };

/** Names of the graphs' inputs and outputs for the keys and values of a decoder block. */
export const cacheName = (kind: 'self' | 'cross', block: number, part: 'keys' | 'values'): string =>
  `${kind}.${block}.${part}`;

function inferenceContext(graph: Graph, config: T5Config, weights: WeightSource): LayerContext {
  const shapes = new Map(listParameters(config).map(({ name, shape }) => [name, shape]));
  const declared = new Map<string, Value>();
  return {
    config,
    parameter(name) {
      const known = declared.get(name);
      if (known !== undefined) return known;
      const shape = shapes.get(name);
      if (shape === undefined) throw new RangeError(`the architecture has no parameter ${name}`);
      const value =
        weights.kind === 'inputs'
          ? graph.input(name, 'float32', shape)
          : graph.initializer(name, 'float32', shape, weights.locate(name));
      declared.set(name, value);
      return value;
    },
    dropout: (states) => states,
  };
}

/**
 * The encoder, with the cross-attention keys and values of every decoder block, which never change while decoding.
 *
 * Inputs `input_ids` int64[batch, source] and `attention_mask` int64[batch, source]; outputs `encoder_output`
 * [batch, source, width] and `cross.<block>.keys|values` [batch, heads, source, head width].
 */
export function encoderGraph(config: T5Config, weights: WeightSource): Uint8Array {
  const graph = new Graph();
  const context = inferenceContext(graph, config, weights);
  const ids = graph.input('input_ids', 'int64', ['batch', 'source']);
  const mask = graph.input('attention_mask', 'int64', ['batch', 'source']);
  const sizes = { batch: 'batch', length: 'source' };
  const length = op.reshape(op.sizeOf(graph, 'source'), []);
  const relative = relativePositions(length, length, op.scalar(graph, 'int64', 0), ['source', 'source']);
  const table = context.parameter(positionBiasName('encoder'));
  const bias = op.add(positionBias(config, table, relative, true, false), paddingBias(mask));
  const flatIds = op.reshape(ids, ['batch*source']);
  const states = encoderStack(context, op.gather(context.parameter(sharedEmbedding), flatIds), sizes, bias);
  graph.output('encoder_output', op.reshape(states, ['batch', 'source', config.modelWidth]));
  for (let block = 0; block < config.decoderLayers; block++) {
    const attention = `${layerName('decoder', block, 1)}.EncDecAttention`;
    const cross = keysAndValues(context, attention, states, sizes);
    graph.output(cacheName('cross', block, 'keys'), cross.keys);
    graph.output(cacheName('cross', block, 'values'), cross.values);
  }
  return encodeModel(graph, 'encoder');
}

/**
 * The decoder over new tokens, with the keys and values of the tokens before them. The cross keys and values may have a
 * batch of 1 for any number of rows: several targets are then scored against one source.
 *
 * Inputs `input_ids` int64[batch, target], `attention_mask` int64[1 or batch, source], `self.<block>.keys|values` [batch,
 * heads, past, head width], `cross.<block>.keys|values` [sources, heads, source, head width]; outputs `logits`
 * [batch, target, vocabulary] and `present.self.<block>.keys|values` [batch, heads, past+target, head width].
 */
export function decoderGraph(config: T5Config, weights: WeightSource): Uint8Array {
  const graph = new Graph();
  const context = inferenceContext(graph, config, weights);
  const ids = graph.input('input_ids', 'int64', ['batch', 'target']);
  const mask = graph.input('attention_mask', 'int64', ['batch?', 'source']);
  const sizes = { batch: 'batch', length: 'target' };
  const cached = (kind: 'self' | 'cross', block: number): KeyValues => {
    const [rows, length] = kind === 'self' ? ['batch', 'past'] : ['batch?', 'source'];
    const shape = [rows, config.heads, length, config.headWidth];
    return {
      keys: graph.input(cacheName(kind, block, 'keys'), 'float32', shape),
      values: graph.input(cacheName(kind, block, 'values'), 'float32', shape),
    };
  };
  const past = Array.from({ length: config.decoderLayers }, (_, block) => cached('self', block));
  const cross = Array.from({ length: config.decoderLayers }, (_, block) => cached('cross', block));

  const pastLength = op.reshape(op.sizeOf(graph, 'past'), []);
  const newLength = op.reshape(op.sizeOf(graph, 'target'), []);
  const relative = relativePositions(newLength, op.add(pastLength, newLength), pastLength, ['target', 'past+target']);
  const table = context.parameter(positionBiasName('decoder'));
  const selfBias = op.add(positionBias(config, table, relative, false, false), causalBias(relative));
  const embedded = op.gather(context.parameter(sharedEmbedding), op.reshape(ids, ['batch*target']));

  const present: KeyValues[] = [];
  const states = decoderStack(context, embedded, sizes, {
    selfKeyValues(block, fresh) {
      const before = at(past, block);
      const joined = {
        keys: op.concatenate([before.keys, fresh.keys], 2),
        values: op.concatenate([before.values, fresh.values], 2),
      };
      present.push(joined);
      return joined;
    },
    // Rows of one source broadcast over all targets; with as many sources as targets, they pair up.
    crossKeyValues: (block) => at(cross, block),
    selfBias,
    crossBias: paddingBias(mask),
  });
  const output = context.parameter(config.tiedEmbeddings ? sharedEmbedding : outputMatrix);
  const logits = vocabularyScores(context, states, output);
  graph.output('logits', op.reshape(logits, ['batch', 'target', config.vocabularySize]));
  present.forEach(({ keys, values }, block) => {
    graph.output(`present.${cacheName('self', block, 'keys')}`, keys);
    graph.output(`present.${cacheName('self', block, 'values')}`, values);
  });
  return encodeModel(graph, 'decoder');
}

/** The additive mask that hides later tokens, [1, 1, queries, keys], from relative positions [queries, keys]. */
export function causalBias(relative: Value, type: ElementType = 'float32'): Value {
  const number = (value: number) => op.scalar(relative.graph, type, value);
  const later = op.greater(relative, op.scalar(relative.graph, 'int64', 0));
  const bias = op.where(later, number(-1e9), number(0));
  return op.unsqueeze(bias, [0, 1]);
}

function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError(`no item ${index}`);
  return item;
}
