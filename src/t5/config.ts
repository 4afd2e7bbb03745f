import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { errorCode, UserError } from '../common/index.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(1));

/** What a Hugging Face `config.json` says of a T5, with transformers' defaults for what it leaves out. */
const schema = v.object({
  model_type: v.literal('t5'),
  vocab_size: count,
  d_model: count,
  d_kv: count,
  d_ff: count,
  num_layers: count,
  num_decoder_layers: v.optional(v.nullable(count)),
  num_heads: count,
  relative_attention_num_buckets: v.optional(count, 32),
  relative_attention_max_distance: v.optional(count, 128),
  dropout_rate: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(0.9)), 0.1),
  layer_norm_epsilon: v.optional(v.number(), 1e-6),
  initializer_factor: v.optional(v.number(), 1),
  feed_forward_proj: v.optional(v.picklist(['relu', 'gated-gelu']), 'relu'),
  tie_word_embeddings: v.optional(v.boolean(), true),
  scale_decoder_outputs: v.optional(v.boolean()),
  pad_token_id: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
  eos_token_id: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 1),
  decoder_start_token_id: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))), 0),
});

/** The architecture of one T5: v1.0 is relu with tied embeddings, v1.1 and Flan gated GELU with untied ones. */
export interface T5Config {
  readonly vocabularySize: number;
  readonly modelWidth: number;
  /** Width of one attention head's queries, keys and values. */
  readonly headWidth: number;
  readonly feedForwardWidth: number;
  readonly encoderLayers: number;
  readonly decoderLayers: number;
  readonly heads: number;
  readonly relativeBuckets: number;
  readonly relativeMaxDistance: number;
  readonly dropoutRate: number;
  readonly layerNormEpsilon: number;
  readonly initializerFactor: number;
  readonly feedForward: 'relu' | 'gated-gelu';
  /** The output matrix is the embedding matrix, and decoder states are scaled by width^−½ before it. */
  readonly tiedEmbeddings: boolean;
  readonly padId: number;
  readonly endId: number;
  readonly decoderStartId: number;
}

/**
 * Reads a Hugging Face T5 configuration.
 *
 * @param source names the file in the error.
 * @throws UserError naming the field that is missing or wrong.
 */
export function parseConfig(json: unknown, source: string): T5Config {
  const result = v.safeParse(schema, json);
  if (!result.success) {
    const issue = result.issues[0];
    const field = issue.path?.map((item) => String(item.key)).join('.') ?? 'the file';
    throw new UserError(`${source}: ${field} does not describe a T5 that can be run here: ${issue.message}.`);
  }
  const c = result.output;
  return {
    vocabularySize: c.vocab_size,
    modelWidth: c.d_model,
    headWidth: c.d_kv,
    feedForwardWidth: c.d_ff,
    encoderLayers: c.num_layers,
    decoderLayers: c.num_decoder_layers ?? c.num_layers,
    heads: c.num_heads,
    relativeBuckets: c.relative_attention_num_buckets,
    relativeMaxDistance: c.relative_attention_max_distance,
    dropoutRate: c.dropout_rate,
    layerNormEpsilon: c.layer_norm_epsilon,
    initializerFactor: c.initializer_factor,
    feedForward: c.feed_forward_proj,
    // transformers 5 writes tie_word_embeddings true for both versions, and tells them apart by the scaling.
    tiedEmbeddings: c.scale_decoder_outputs ?? c.tie_word_embeddings,
    padId: c.pad_token_id,
    endId: c.eos_token_id,
    decoderStartId: c.decoder_start_token_id ?? c.pad_token_id,
  };
}

/** The same configuration under Hugging Face's names. */
function configJson(config: T5Config): Record<string, unknown> {
  return {
    architectures: ['T5ForConditionalGeneration'],
    model_type: 't5',
    is_encoder_decoder: true,
    vocab_size: config.vocabularySize,
    d_model: config.modelWidth,
    d_kv: config.headWidth,
    d_ff: config.feedForwardWidth,
    num_layers: config.encoderLayers,
    num_decoder_layers: config.decoderLayers,
    num_heads: config.heads,
    relative_attention_num_buckets: config.relativeBuckets,
    relative_attention_max_distance: config.relativeMaxDistance,
    dropout_rate: config.dropoutRate,
    layer_norm_epsilon: config.layerNormEpsilon,
    initializer_factor: config.initializerFactor,
    feed_forward_proj: config.feedForward,
    tie_word_embeddings: config.tiedEmbeddings,
    pad_token_id: config.padId,
    eos_token_id: config.endId,
    decoder_start_token_id: config.decoderStartId,
    torch_dtype: 'float32',
  };
}

/** The text of `config.json`. transformers tells 1 from 1.0 and refuses a whole number where it wants a fraction. */
export function configText(config: T5Config): string {
  const text = JSON.stringify(configJson(config), undefined, 2);
  return `${text.replace(/"(dropout_rate|layer_norm_epsilon|initializer_factor)": (\d+)(?=[,\n])/g, '"$1": $2.0')}\n`;
}

/** @throws UserError when the folder has no readable `config.json`. */
export async function readConfig(folder: string): Promise<T5Config> {
  const path = join(folder, 'config.json');
  return parseConfig(await readJson(path), path);
}

/** @throws UserError when the file is missing or is not JSON. */
export async function readJson(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
    throw new UserError(`${path}: this file of the model is missing; the folder must hold a whole model.`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new UserError(`${path}: this file is not JSON, or is cut off; restore it from where the model came from.`);
  }
}
