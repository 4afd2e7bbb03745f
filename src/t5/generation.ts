import type { EncodedSources, T5Runner } from './runner.ts';

export interface GreedyOptions {
  /** No row grows beyond this many tokens. */
  readonly maxNewTokens: number;
  /** Called with each new token of a row, the end token left out. */
  readonly onToken?: (row: number, token: number) => void;
  /** Called with the log-probability of each token that a row was given, that of the end token too. */
  readonly onLogProbability?: (row: number, logProbability: number) => void;
  /** Whether a row may be given a token next; left out, any token. */
  readonly allows?: (row: number, token: number) => boolean;
  readonly signal?: AbortSignal;
}

/**
 * Decodes each source greedily until its end token.
 *
 * @returns token ids per row, without the start and end tokens.
 * @throws the signal's reason when it is aborted between two tokens.
 */
export async function generateGreedy(
  runner: T5Runner,
  encoded: EncodedSources,
  options: GreedyOptions,
): Promise<number[][]> {
  const { vocabularySize, decoderStartId, endId, padId } = runner.config;
  const generated: number[][] = Array.from({ length: encoded.rows }, () => []);
  const ended = new Array<boolean>(encoded.rows).fill(false);
  let next = generated.map(() => [decoderStartId]);
  let step = await runner.decode(encoded, next);
  for (let count = 1; ; count++) {
    next = generated.map((row, i) => {
      if (ended[i]) return [padId];
      const token = bestAllowed(
        step.logits,
        i * vocabularySize,
        vocabularySize,
        (each) => options.allows?.(i, each) ?? true,
      );
      options.onLogProbability?.(i, logProbability(step.logits, i * vocabularySize, vocabularySize, token));
      if (token === endId) ended[i] = true;
      else {
        row.push(token);
        options.onToken?.(i, token);
      }
      return [token];
    });
    if (count >= options.maxNewTokens || ended.every(Boolean)) return generated;
    options.signal?.throwIfAborted();
    step = await runner.decode(encoded, next, step.cache);
  }
}

/**
 * The log-probability of each target text, end token included, given one source: one decoder pass over all targets.
 *
 * @param encoded one source.
 * @param targets token ids that end with the end token.
 */
export async function scoreTargets(
  runner: T5Runner,
  encoded: EncodedSources,
  targets: readonly (readonly number[])[],
): Promise<number[]> {
  const { vocabularySize, decoderStartId, padId } = runner.config;
  const length = targets.reduce((longest, target) => Math.max(longest, target.length), 1);
  const inputs = targets.map((target) =>
    Array.from({ length }, (_, i) => (i === 0 ? decoderStartId : (target[i - 1] ?? padId))),
  );
  const { logits } = await runner.decode(encoded, inputs);
  return targets.map((target, row) =>
    target.reduce(
      (sum, token, i) => sum + logProbability(logits, (row * length + i) * vocabularySize, vocabularySize, token),
      0,
    ),
  );
}

/** log softmax(scores[start … start+size))[index]. */
function logProbability(scores: Float32Array, start: number, size: number, index: number): number {
  const row = scores.subarray(start, start + size);
  const highest = row.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const total = row.reduce((sum, score) => sum + Math.exp(score - highest), 0);
  return (row[index] ?? Number.NaN) - highest - Math.log(total);
}

/** The position of the highest score that is allowed, the first of equals; the highest of all where none is. */
function bestAllowed(scores: Float32Array, start: number, size: number, allows: (index: number) => boolean): number {
  const first = argmax(scores, start, size);
  if (allows(first)) return first;
  const row = Array.from(scores.subarray(start, start + size), (score, index) => ({ score, index }));
  return row.toSorted((a, b) => b.score - a.score).find(({ index }) => allows(index))?.index ?? first;
}

/** The position of the highest score, the first of equals. */
export function argmax(scores: Float32Array, start: number, size: number): number {
  let best = 0;
  let highest = scores[start] ?? Number.NaN;
  for (let i = 1; i < size; i++) {
    const score = scores[start + i] ?? Number.NaN;
    if (score > highest) {
      highest = score;
      best = i;
    }
  }
  return best;
}
