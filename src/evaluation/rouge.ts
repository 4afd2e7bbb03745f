/**
 * ROUGE-L of one text against one reference (Lin 2004, aclanthology W04-1013), 0 to 1: the F-measure of how much of each is
 * their longest common subsequence of words, which are the runs of a–z and 0–9 in the lower-cased texts. The same number as
 * rouge_score's `rougeL` without stemming; 0 when either has no word.
 */
export function rougeL(reference: string, hypothesis: string): number {
  const referenceWords = words(reference);
  const hypothesisWords = words(hypothesis);
  const common = longestCommonSubsequence(referenceWords, hypothesisWords);
  if (common === 0) return 0;
  const precision = common / hypothesisWords.length;
  const recall = common / referenceWords.length;
  return (2 * precision * recall) / (precision + recall);
}

function words(text: string): readonly string[] {
  return text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
}

/** Its length, by dynamic programming over one row. */
function longestCommonSubsequence(first: readonly string[], second: readonly string[]): number {
  const lengths = new Array<number>(second.length + 1).fill(0);
  for (const word of first) {
    let diagonal = 0;
    for (const [i, other] of second.entries()) {
      const above = lengths[i + 1] ?? 0;
      lengths[i + 1] = word === other ? diagonal + 1 : Math.max(above, lengths[i] ?? 0);
      diagonal = above;
    }
  }
  return lengths.at(-1) ?? 0;
}
