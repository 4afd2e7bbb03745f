/** The longest n-grams that BLEU compares. */
export const longestNgram = 4;

/** How often each n-gram occurs, keyed by its tokens with a space between: no token holds one. */
export function ngramCounts(words: readonly string[], order: number): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (let start = 0; start + order <= words.length; start++) {
    const ngram = words.slice(start, start + order).join(' ');
    counts.set(ngram, (counts.get(ngram) ?? 0) + 1);
  }
  return counts;
}

/** Matches of the hypothesis, each n-gram counted at most as often as the reference has it. */
export function clippedMatches(
  reference: ReadonlyMap<string, number>,
  hypothesis: ReadonlyMap<string, number>,
): number {
  let matches = 0;
  for (const [ngram, count] of hypothesis) matches += Math.min(count, reference.get(ngram) ?? 0);
  return matches;
}
