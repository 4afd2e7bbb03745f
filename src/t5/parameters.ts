import { Random, UserError } from '../common/index.ts';
import type { T5Config } from './config.ts';
import type { Weights, WeightTensor } from './safetensors.ts';

/** One trainable tensor of a T5 under its Hugging Face name. */
export interface Parameter {
  readonly name: string;
  readonly shape: readonly number[];
  /** Standard deviation of its initial values; 0 starts it at one (layer norms). */
  readonly initialDeviation: number;
}

export const sharedEmbedding = 'shared.weight';
export const outputMatrix = 'lm_head.weight';

/** Hugging Face's names for the two stacks; also the scopes of the graphs' nodes. */
export type Stack = 'encoder' | 'decoder';

export const layerName = (stack: Stack, block: number, layer: number): string =>
  `${stack}.block.${block}.layer.${layer}`;
export const positionBiasName = (stack: Stack): string =>
  `${layerName(stack, 0, 0)}.SelfAttention.relative_attention_bias.weight`;
export const finalNormName = (stack: Stack): string => `${stack}.final_layer_norm.weight`;

/** Every parameter of the architecture in Hugging Face's order, with the initial deviations of its T5. */
export function listParameters(config: T5Config): readonly Parameter[] {
  const parameters: Parameter[] = [];
  const factor = config.initializerFactor;
  const put = (name: string, shape: readonly number[], deviation: number) =>
    parameters.push({ name, shape, initialDeviation: factor * deviation });
  const width = config.modelWidth;
  const inner = config.heads * config.headWidth;
  const norm = (name: string) => put(`${name}.layer_norm.weight`, [width], 0);
  const attention = (name: string) => {
    put(`${name}.q.weight`, [inner, width], (width * config.headWidth) ** -0.5);
    put(`${name}.k.weight`, [inner, width], width ** -0.5);
    put(`${name}.v.weight`, [inner, width], width ** -0.5);
    put(`${name}.o.weight`, [width, inner], inner ** -0.5);
  };
  const feedForward = (name: string) => {
    const intoHidden = config.feedForward === 'relu' ? ['wi'] : ['wi_0', 'wi_1'];
    for (const part of intoHidden) put(`${name}.${part}.weight`, [config.feedForwardWidth, width], width ** -0.5);
    put(`${name}.wo.weight`, [width, config.feedForwardWidth], config.feedForwardWidth ** -0.5);
  };
  put(sharedEmbedding, [config.vocabularySize, width], 1);
  for (const [stack, blocks] of [
    ['encoder', config.encoderLayers],
    ['decoder', config.decoderLayers],
  ] as const) {
    for (let block = 0; block < blocks; block++) {
      attention(`${layerName(stack, block, 0)}.SelfAttention`);
      if (block === 0) put(positionBiasName(stack), [config.relativeBuckets, config.heads], width ** -0.5);
      norm(layerName(stack, block, 0));
      if (stack === 'decoder') {
        attention(`${layerName(stack, block, 1)}.EncDecAttention`);
        norm(layerName(stack, block, 1));
      }
      const last = stack === 'decoder' ? 2 : 1;
      feedForward(`${layerName(stack, block, last)}.DenseReluDense`);
      norm(layerName(stack, block, last));
    }
    put(finalNormName(stack), [width], 0);
  }
  if (!config.tiedEmbeddings) put(outputMatrix, [config.vocabularySize, width], 1);
  return parameters;
}

/** Fresh weights, drawn as transformers draws them for a T5. */
export function initialWeights(config: T5Config, seed: number): Map<string, WeightTensor> {
  const weights = new Map<string, WeightTensor>();
  for (const { name, shape, initialDeviation } of listParameters(config)) {
    const random = Random.derive(seed, 'initial weights', name);
    const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
    if (initialDeviation === 0) data.fill(1);
    else for (let i = 0; i < data.length; i++) data[i] = initialDeviation * random.normal();
    weights.set(name, { shape, data });
  }
  return weights;
}

/**
 * The architecture's parameters out of a file's tensors, in the architecture's order.
 *
 * @throws UserError naming the tensor that is missing or has another shape than `config.json` says.
 */
export function selectParameters(config: T5Config, weights: Weights, source: string): Map<string, WeightTensor> {
  const selected = new Map<string, WeightTensor>();
  for (const { name, shape } of listParameters(config)) {
    const found = weights.get(name);
    requireShape(source, name, shape, found?.shape);
    if (found !== undefined) selected.set(name, found);
  }
  return selected;
}

/** @throws UserError when a tensor is missing or has another shape than the architecture's. */
export function requireShape(
  source: string,
  name: string,
  expected: readonly number[],
  found: readonly number[] | undefined,
): void {
  if (found === undefined) {
    throw new UserError(`${source}: the tensor ${name} is missing; the weights belong to another config.json.`);
  }
  if (found.join() !== expected.join()) {
    throw new UserError(
      `${source}: the tensor ${name} has the shape [${found.join(', ')}], but config.json asks for ` +
        `[${expected.join(', ')}]; the weights belong to another config.json.`,
    );
  }
}
