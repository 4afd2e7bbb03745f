import { clippedMatches, longestNgram, ngramCounts } from './ngrams.ts';
import type { RationalePair } from './rationale-pair.ts';
import { treebankWords } from './treebank-words.ts';

/** Chen and Cherry's constant K, as NLTK sets it. */
const smoothing = 5;

/**
 * The mean sentence BLEU of all pairs, 0 to 1, or null when there is no pair. It is the mean of `sentenceBleu`, not the
 * corpus BLEU that pools counts first.
 */
export function meanSentenceBleu(pairs: readonly RationalePair[]): number | null {
  if (pairs.length === 0) return null;
  const total = pairs.reduce((sum, { reference, hypothesis }) => sum + sentenceBleu(reference, hypothesis), 0);
  return total / pairs.length;
}

/**
 * BLEU of one text against one reference, 0 to 1, on the words of the lower-cased texts: the brevity penalty times the
 * geometric mean of the clipped precisions of 1- to 4-grams (Papineni et al. 2002, doi 10.3115/1073083.1073135). A
 * precision of zero is smoothed by method 4 of Chen and Cherry (2014, doi 10.3115/v1/W14-3346): the k-th such order
 * counts ln(length) / (2^k · 5) matches.
 *
 * The same number as NLTK's `sentence_bleu([word_tokenize(reference.lower())], word_tokenize(hypothesis.lower()),
 * smoothing_function=SmoothingFunction().method4)`, with NLTK's two conventions: without a common token the score is 0, and
 * a hypothesis of one token is not smoothed, its empty orders are left out of the mean.
 */
export function sentenceBleu(reference: string, hypothesis: string): number {
  const referenceTokens = treebankWords(reference.toLowerCase());
  const hypothesisTokens = treebankWords(hypothesis.toLowerCase());
  const length = hypothesisTokens.length;
  let logarithms = 0;
  let smoothedOrders = 0;
  for (let order = 1; order <= longestNgram; order++) {
    const total = Math.max(1, length - order + 1);
    let matches = clippedMatches(ngramCounts(referenceTokens, order), ngramCounts(hypothesisTokens, order));
    if (matches === 0) {
      if (order === 1) return 0;
      if (length === 1) continue;
      smoothedOrders++;
      matches = Math.log(length) / (2 ** smoothedOrders * smoothing);
    }
    logarithms += Math.log(matches / total) / longestNgram;
  }
  return brevityPenalty(referenceTokens.length, length) * Math.exp(logarithms);
}

function brevityPenalty(referenceLength: number, hypothesisLength: number): number {
  return hypothesisLength > referenceLength ? 1 : Math.exp(1 - referenceLength / hypothesisLength);
}
