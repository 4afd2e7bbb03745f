import { Random } from '../common/index.ts';

/** Batches whose lengths are sorted together, before the batches themselves are shuffled. */
const bucketBatches = 32;

/** What the order of batches knows of an example. */
export interface Batched {
  /** Tokens: examples of like length share a batch, so that little is padding. */
  readonly length: number;
  /** Whether it teaches a rationale too: batches have examples with and without one in the same proportion. */
  readonly explained: boolean;
}

/**
 * The batches of one epoch as indices of examples. Which examples meet is new in each epoch. The same seed and epoch give the
 * same batches, so any step can be found again.
 */
export function epochBatches(examples: readonly Batched[], batchSize: number, seed: number, epoch: number): number[][] {
  const random = Random.derive(seed, 'batches', epoch);
  const order = random.shuffle(Array.from({ length: examples.length }, (_, i) => i));
  const batches: number[][] = [];
  for (let start = 0; start < order.length; start += batchSize * bucketBatches) {
    const bucket = byRankAmongTheirKind(order.slice(start, start + batchSize * bucketBatches), examples);
    for (let i = 0; i < bucket.length; i += batchSize) batches.push(bucket.slice(i, i + batchSize));
  }
  return random.shuffle(batches);
}

/**
 * Sorts by how long an example is among those of its kind, the shortest of each kind first. Sorted by length alone, examples
 * without a rationale (rationales read as notes, a hospital's short records) would fill batches of their own, and each such
 * step would pull the model towards them and away from everything else.
 */
function byRankAmongTheirKind(bucket: readonly number[], examples: readonly Batched[]): number[] {
  const ranks = new Map<number, number>();
  for (const explained of [true, false]) {
    const kind = bucket.filter((index) => examples[index]?.explained === explained);
    kind.sort((a, b) => (examples[a]?.length ?? 0) - (examples[b]?.length ?? 0));
    kind.forEach((index, rank) => {
      ranks.set(index, (rank + 0.5) / kind.length);
    });
  }
  return bucket.toSorted((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0));
}

/** Finds the batch of any step: epoch after epoch, as `epochBatches` gives them. */
export class BatchOrder {
  readonly #examples: readonly Batched[];
  readonly #batchSize: number;
  readonly #seed: number;
  readonly batchesPerEpoch: number;
  #epoch = -1;
  #batches: number[][] = [];

  constructor(examples: readonly Batched[], batchSize: number, seed: number) {
    this.#examples = examples;
    this.#batchSize = batchSize;
    this.#seed = seed;
    const buckets = Math.floor(examples.length / (batchSize * bucketBatches));
    const rest = examples.length - buckets * batchSize * bucketBatches;
    this.batchesPerEpoch = buckets * bucketBatches + Math.ceil(rest / batchSize);
  }

  /** @param step counted from 0. */
  at(step: number): readonly number[] {
    const epoch = Math.floor(step / this.batchesPerEpoch);
    if (epoch !== this.#epoch) {
      this.#batches = epochBatches(this.#examples, this.#batchSize, this.#seed, epoch);
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
