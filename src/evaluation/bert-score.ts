import type { RationalePair } from './rationale-pair.ts';
import type { EmbeddedTokens, TokenEncoder } from './token-encoder.ts';

/** BERTScore of one pair; each is a weighted mean of cosines, so at most 1. */
export interface PairScore {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export interface BertScoreOptions {
  /** Weigh tokens by their inverse document frequency in the references, so that common ones count little. */
  readonly idf?: boolean;
  /** Called after each pair. */
  readonly onPair?: (done: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * BERTScore (Zhang et al. 2020, arXiv 1904.09675) of each pair, without rescaling by a baseline: every token is matched with
 * the token of the other text whose embedding is closest by cosine; precision is the mean over the hypothesis, recall over
 * the reference. The same numbers as bert_score's for the same encoder.
 *
 * Special tokens at both ends (`<s>`, `[CLS]`, …) can be matched but weigh nothing; an end token alone, as T5 has it, weighs
 * as any other. With `idf` a token weighs ln((N + 1) / (n + 1)), where n of the N references hold it. A text without a
 * token of its own scores 0.
 *
 * @returns null for a pair in which every token weighs nothing, as with `idf` when all references are alike.
 */
export async function bertScores(
  pairs: readonly RationalePair[],
  encoder: TokenEncoder,
  { idf = false, onPair, signal }: BertScoreOptions = {},
): Promise<(PairScore | null)[]> {
  const weightOf = idf ? inverseDocumentFrequency(pairs, encoder) : () => 1;
  const weights = (ids: readonly number[]) => ids.map((id) => (encoder.weightless.has(id) ? 0 : weightOf(id)));
  const scores: (PairScore | null)[] = [];
  for (const { reference, hypothesis } of pairs) {
    signal?.throwIfAborted();
    const embeddedReference = await encoder.embed(reference);
    const embeddedHypothesis = await encoder.embed(hypothesis);
    const empty = [embeddedReference, embeddedHypothesis].some(({ ids }) => ids.length <= encoder.specialTokens);
    scores.push(
      empty
        ? { precision: 0, recall: 0, f1: 0 }
        : matchGreedily(
            { ...embeddedReference, weights: weights(embeddedReference.ids) },
            { ...embeddedHypothesis, weights: weights(embeddedHypothesis.ids) },
          ),
    );
    onPair?.(scores.length);
  }
  return scores;
}

/** The weight of each token id. */
function inverseDocumentFrequency(pairs: readonly RationalePair[], encoder: TokenEncoder): (id: number) => number {
  const documents = new Map<number, number>();
  for (const { reference } of pairs) {
    for (const id of new Set(encoder.tokenize(reference))) documents.set(id, (documents.get(id) ?? 0) + 1);
  }
  return (id) => Math.log((pairs.length + 1) / ((documents.get(id) ?? 0) + 1));
}

interface WeightedTokens extends EmbeddedTokens {
  /** One weight a token. */
  readonly weights: readonly number[];
}

/** Precision, recall and F1 of a hypothesis; null when the weights of a text are all 0. */
export function matchGreedily(reference: WeightedTokens, hypothesis: WeightedTokens): PairScore | null {
  const { width } = reference;
  const first = normalized(reference);
  const second = normalized(hypothesis);
  const bestOfReference = new Array<number>(reference.ids.length).fill(Number.NEGATIVE_INFINITY);
  const bestOfHypothesis = new Array<number>(hypothesis.ids.length).fill(Number.NEGATIVE_INFINITY);
  for (let row = 0; row < reference.ids.length; row++) {
    for (let column = 0; column < hypothesis.ids.length; column++) {
      let cosine = 0;
      for (let i = 0; i < width; i++) cosine += (first[row * width + i] ?? 0) * (second[column * width + i] ?? 0);
      bestOfReference[row] = Math.max(bestOfReference[row] ?? 0, cosine);
      bestOfHypothesis[column] = Math.max(bestOfHypothesis[column] ?? 0, cosine);
    }
  }
  const precision = weightedMean(bestOfHypothesis, hypothesis.weights);
  const recall = weightedMean(bestOfReference, reference.weights);
  if (precision === null || recall === null) return null;
  const sum = precision + recall;
  return { precision, recall, f1: sum === 0 ? 0 : (2 * precision * recall) / sum };
}

/** The tokens' vectors, each of length 1. */
function normalized({ vectors, width }: EmbeddedTokens): Float64Array {
  const result = Float64Array.from(vectors);
  for (let start = 0; start < result.length; start += width) {
    const row = result.subarray(start, start + width);
    const length = Math.hypot(...row);
    for (let i = 0; i < width; i++) row[i] = (row[i] ?? 0) / length;
  }
  return result;
}

function weightedMean(values: readonly number[], weights: readonly number[]): number | null {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return null;
  return values.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0) / total;
}
