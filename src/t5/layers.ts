import { type Dimension, type ElementType, gelu, op, rmsNorm, type Value } from '../onnx/index.ts';
import type { T5Config } from './config.ts';
import { finalNormName, layerName, type Stack } from './parameters.ts';

// T5's layers over token states of the shape [tokens, width], all sequences of a batch one after another: so every
// projection is one matrix product, and only attention looks at sequences.

/** What the layers of one graph share. */
export interface LayerContext {
  readonly config: T5Config;
  /** A parameter as a value of the graph: an input when training, an initializer when shipped. */
  parameter(name: string): Value;
  /** Drops out elements of token states while training; elsewhere gives them back as they are. */
  dropout(states: Value, site: string): Value;
}

/** The sizes by which token states [batch·length, width] are cut into sequences. */
export interface SequenceSizes {
  readonly batch: Dimension;
  readonly length: Dimension;
}

/** Keys and values of one attention layer, [batch, heads, length, head width]. */
export interface KeyValues {
  readonly keys: Value;
  readonly values: Value;
}

const linear = (states: Value, weight: Value): Value => op.gemm(states, weight, { b: true });

/** Cuts projected states [batch·length, heads·head width] into heads: [batch, heads, length, head width]. */
function splitHeads(context: LayerContext, states: Value, sizes: SequenceSizes): Value {
  const { heads, headWidth } = context.config;
  return op.transpose(op.reshape(states, [sizes.batch, sizes.length, heads, headWidth]), [0, 2, 1, 3]);
}

/** The keys and values of normalised states for the attention layer named `attention`. */
export function keysAndValues(
  context: LayerContext,
  attention: string,
  states: Value,
  sizes: SequenceSizes,
): KeyValues {
  return {
    keys: splitHeads(context, linear(states, context.parameter(`${attention}.k.weight`)), sizes),
    values: splitHeads(context, linear(states, context.parameter(`${attention}.v.weight`)), sizes),
  };
}

/**
 * Attention of normalised states over keys and values. T5 does not scale the scores.
 *
 * @param bias added to the scores [batch, heads, length, key length], or broadcast to them: position bias and mask.
 */
export function attend(
  context: LayerContext,
  attention: string,
  states: Value,
  sizes: SequenceSizes,
  { keys, values }: KeyValues,
  bias: Value,
): Value {
  const { heads, headWidth } = context.config;
  const queries = splitHeads(context, linear(states, context.parameter(`${attention}.q.weight`)), sizes);
  const scores = op.add(op.matMul(queries, op.transpose(keys, [0, 1, 3, 2])), bias);
  const attended = op.transpose(op.matMul(op.softmax(scores), values), [0, 2, 1, 3]);
  const joined = op.reshape(attended, [`${sizes.batch}*${sizes.length}`, heads * headWidth]);
  return linear(joined, context.parameter(`${attention}.o.weight`));
}

/** Adds a sub-layer to the states it reads: states + dropout(sub-layer(norm(states))). */
export function residual(context: LayerContext, layer: string, states: Value, inner: (normed: Value) => Value): Value {
  return states.graph.scoped(layer, () => {
    const weight = context.parameter(`${layer}.layer_norm.weight`);
    const normed = rmsNorm(states, weight, context.config.layerNormEpsilon);
    return op.add(states, context.dropout(inner(normed), layer));
  });
}

export function feedForward(context: LayerContext, layer: string, states: Value): Value {
  const weight = (part: string) => context.parameter(`${layer}.DenseReluDense.${part}.weight`);
  const hidden =
    context.config.feedForward === 'relu'
      ? op.relu(linear(states, weight('wi')))
      : op.multiply(gelu(linear(states, weight('wi_0'))), linear(states, weight('wi_1')));
  return linear(hidden, weight('wo'));
}

/** The stack's last norm. */
export function finalNorm(context: LayerContext, stack: Stack, states: Value): Value {
  const weight = context.parameter(finalNormName(stack));
  return context.dropout(rmsNorm(states, weight, context.config.layerNormEpsilon), finalNormName(stack));
}

/**
 * The encoder over embedded tokens.
 *
 * @param embedded [batch·length, width]
 * @param bias position bias and padding mask, [batch, heads, length, length]
 */
export function encoderStack(context: LayerContext, embedded: Value, sizes: SequenceSizes, bias: Value): Value {
  let states = context.dropout(embedded, 'encoder.embedded');
  for (let block = 0; block < context.config.encoderLayers; block++) {
    const [selfLayer, forwardLayer] = [layerName('encoder', block, 0), layerName('encoder', block, 1)];
    states = residual(context, selfLayer, states, (normed) => {
      const attention = `${selfLayer}.SelfAttention`;
      return attend(context, attention, normed, sizes, keysAndValues(context, attention, normed, sizes), bias);
    });
    states = residual(context, forwardLayer, states, (normed) => feedForward(context, forwardLayer, normed));
  }
  return finalNorm(context, 'encoder', states);
}

/** Where the decoder's attention layers find keys and values, and how their scores are biased. */
export interface DecoderAttention {
  /** Keys and values for self-attention of block `block`, given those of the new tokens (with a cache: appended to it). */
  selfKeyValues(block: number, fresh: KeyValues): KeyValues;
  crossKeyValues(block: number): KeyValues;
  readonly selfBias: Value;
  readonly crossBias: Value;
}

/** The decoder over embedded tokens [batch·length, width]. */
export function decoderStack(
  context: LayerContext,
  embedded: Value,
  sizes: SequenceSizes,
  attention: DecoderAttention,
): Value {
  let states = context.dropout(embedded, 'decoder.embedded');
  for (let block = 0; block < context.config.decoderLayers; block++) {
    const [selfLayer, crossLayer] = [layerName('decoder', block, 0), layerName('decoder', block, 1)];
    const forwardLayer = layerName('decoder', block, 2);
    states = residual(context, selfLayer, states, (normed) => {
      const name = `${selfLayer}.SelfAttention`;
      const keyValues = attention.selfKeyValues(block, keysAndValues(context, name, normed, sizes));
      return attend(context, name, normed, sizes, keyValues, attention.selfBias);
    });
    states = residual(context, crossLayer, states, (normed) => {
      const name = `${crossLayer}.EncDecAttention`;
      return attend(context, name, normed, sizes, attention.crossKeyValues(block), attention.crossBias);
    });
    states = residual(context, forwardLayer, states, (normed) => feedForward(context, forwardLayer, normed));
  }
  return finalNorm(context, 'decoder', states);
}

/** Scores over the vocabulary, [tokens, vocabulary], from the decoder's last states. */
export function vocabularyScores(context: LayerContext, states: Value, output: Value): Value {
  // v1.0 scales the states, because its output matrix is the embedding matrix, whose rows are long.
  const scaled = context.config.tiedEmbeddings
    ? op.multiply(states, op.scalar(states.graph, states.type, context.config.modelWidth ** -0.5))
    : states;
  return linear(scaled, output);
}

/** The additive mask for a padding mask [batch, length]: 0 at tokens, a number below any score at padding. */
export function paddingBias(mask: Value, type: ElementType = 'float32'): Value {
  const number = (value: number) => op.scalar(mask.graph, type, value);
  const absent = op.multiply(op.subtract(op.cast(mask, type), number(1)), number(1e9));
  return op.unsqueeze(absent, [1, 2]);
}
