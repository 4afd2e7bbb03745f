import { floats, integers, named, type Session, type Tensor, type Tensors, tensor } from '../onnx/index.ts';
import type { T5Config } from './config.ts';
import { cacheName } from './inference-graphs.ts';

/** Encoded sources: what the decoder needs of them at every step. */
export interface EncodedSources {
  readonly rows: number;
  readonly mask: Tensor;
  /** `cross.<block>.keys|values`, [rows, heads, source, head width]. */
  readonly cross: Tensors;
  /** The encoder's last states, [rows, source, width]. */
  readonly output: Tensor;
}

/** Keys and values of the tokens decoded so far. */
export type DecoderCache = Tensors;

export interface DecoderStep {
  /** [rows, target, vocabulary] */
  readonly logits: Float32Array;
  readonly cache: DecoderCache;
}

/** An opened T5: one encoder and one decoder session, and the weights they are handed at each run, if any. */
export class T5Runner {
  readonly config: T5Config;
  readonly #encoder: Session;
  readonly #decoder: Session;
  readonly #weights: { readonly encoder: Tensors; readonly decoder: Tensors };

  constructor(
    config: T5Config,
    sessions: { readonly encoder: Session; readonly decoder: Session },
    weights: { readonly encoder: Tensors; readonly decoder: Tensors } = { encoder: {}, decoder: {} },
  ) {
    this.config = config;
    this.#encoder = sessions.encoder;
    this.#decoder = sessions.decoder;
    this.#weights = weights;
  }

  /** Runs the encoder over token ids; shorter rows are padded. */
  async encode(sources: readonly (readonly number[])[]): Promise<EncodedSources> {
    const { ids, mask, length } = padRows(sources, this.config.padId);
    const maskTensor = integers(mask, [sources.length, length]);
    const results = await this.#encoder.run({
      ...this.#weights.encoder,
      input_ids: integers(ids, [sources.length, length]),
      attention_mask: maskTensor,
    });
    const { encoder_output: output, ...cross } = results;
    if (output === undefined) throw new RangeError('the encoder gave no output');
    return { rows: sources.length, mask: maskTensor, cross, output };
  }

  /**
   * Runs the decoder over the next tokens of each row.
   *
   * @param inputs one row of new tokens per decoded sequence, all of the same length.
   * @param cache from the step before; left out at the first.
   */
  async decode(
    encoded: EncodedSources,
    inputs: readonly (readonly number[])[],
    cache?: DecoderCache,
  ): Promise<DecoderStep> {
    const length = inputs[0]?.length ?? 0;
    const results = await this.#decoder.run({
      ...this.#weights.decoder,
      input_ids: integers(inputs.flat(), [inputs.length, length]),
      attention_mask: encoded.mask,
      ...encoded.cross,
      ...(cache ?? this.#emptyCache(inputs.length)),
    });
    const next: Record<string, Tensor> = {};
    for (const name of this.#cacheNames()) next[name] = named(results, `present.${name}`);
    return { logits: floats(results, 'logits'), cache: next };
  }

  async release(): Promise<void> {
    await this.#encoder.release();
    await this.#decoder.release();
  }

  #cacheNames(): string[] {
    return Array.from({ length: this.config.decoderLayers }, (_, block) => [
      cacheName('self', block, 'keys'),
      cacheName('self', block, 'values'),
    ]).flat();
  }

  #emptyCache(rows: number): DecoderCache {
    const empty = tensor(new Float32Array(0), [rows, this.config.heads, 0, this.config.headWidth]);
    return Object.fromEntries(this.#cacheNames().map((name) => [name, empty]));
  }
}

/** Rows of token ids as one rectangle, with 1 in the mask at tokens and 0 at padding. */
export function padRows(
  rows: readonly (readonly number[])[],
  padId: number,
): { readonly ids: Int32Array; readonly mask: Uint8Array; readonly length: number } {
  const length = rows.reduce((longest, row) => Math.max(longest, row.length), 1);
  const ids = new Int32Array(rows.length * length).fill(padId);
  const mask = new Uint8Array(rows.length * length);
  rows.forEach((row, i) => {
    ids.set(row, i * length);
    mask.fill(1, i * length, i * length + row.length);
  });
  return { ids, mask, length };
}
