import { Random } from '../common/index.ts';

/** Batches whose lengths are sorted together, before the batches themselves are shuffled. */
const bucketBatches = 32;

/**
 * The batches of one epoch as indices of examples. Examples of like length share a batch, so that little is padding; which
 * ones meet is new in each epoch. The same seed and epoch give the same batches, so any step can be found again.
 *
 * @param lengths tokens of each example.
 */
export function epochBatches(lengths: ArrayLike<number>, batchSize: number, seed: number, epoch: number): number[][] {
  const random = Random.derive(seed, 'batches', epoch);
  const order = random.shuffle(Array.from({ length: lengths.length }, (_, i) => i));
  const batches: number[][] = [];
  for (let start = 0; start < order.length; start += batchSize * bucketBatches) {
    const bucket = order.slice(start, start + batchSize * bucketBatches);
    bucket.sort((a, b) => (lengths[a] ?? 0) - (lengths[b] ?? 0));
    for (let i = 0; i < bucket.length; i += batchSize) batches.push(bucket.slice(i, i + batchSize));
  }
  return random.shuffle(batches);
}

/** Finds the batch of any step: epoch after epoch, as `epochBatches` gives them. */
export class BatchOrder {
  readonly #lengths: ArrayLike<number>;
  readonly #batchSize: number;
  readonly #seed: number;
  readonly batchesPerEpoch: number;
  #epoch = -1;
  #batches: number[][] = [];

  constructor(lengths: ArrayLike<number>, batchSize: number, seed: number) {
    this.#lengths = lengths;
    this.#batchSize = batchSize;
    this.#seed = seed;
    const buckets = Math.floor(lengths.length / (batchSize * bucketBatches));
    const rest = lengths.length - buckets * batchSize * bucketBatches;
    this.batchesPerEpoch = buckets * bucketBatches + Math.ceil(rest / batchSize);
  }

  /** @param step counted from 0. */
  at(step: number): readonly number[] {
    const epoch = Math.floor(step / this.batchesPerEpoch);
    if (epoch !== this.#epoch) {
      this.#batches = epochBatches(this.#lengths, this.#batchSize, this.#seed, epoch);
      this.#epoch = epoch;
    }
    return this.#batches[step % this.batchesPerEpoch] ?? [];
  }
}

/** A list cut into pieces of at most `size`. */
export function chunks<T>(items: readonly T[], size: number): T[][] {
  const pieces: T[][] = [];
  for (let i = 0; i < items.length; i += size) pieces.push(items.slice(i, i + size));
  return pieces;
}
