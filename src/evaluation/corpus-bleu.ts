import { clippedMatches, longestNgram, ngramCounts } from './ngrams.ts';
import type { RationalePair } from './rationale-pair.ts';
import { splitAtWhiteSpace, trimEnd } from './white-space.ts';

/** What corpus BLEU adds up over pairs, in this order: hypothesis tokens, reference tokens, matches and n-grams of order 1 to 4. */
export type CorpusBleuCounts = readonly number[];

export const corpusBleuCounts = 2 + 2 * longestNgram;

/** The counts of one pair, on the case-sensitive tokens of mteval-v13a. */
export function countForCorpusBleu({ reference, hypothesis }: RationalePair): CorpusBleuCounts {
  const referenceTokens = mtevalTokens(reference);
  const hypothesisTokens = mtevalTokens(hypothesis);
  const orders = Array.from({ length: longestNgram }, (_, i) => i + 1);
  return [
    hypothesisTokens.length,
    referenceTokens.length,
    ...orders.map((order) => clippedMatches(ngramCounts(referenceTokens, order), ngramCounts(hypothesisTokens, order))),
    ...orders.map((order) => Math.max(0, hypothesisTokens.length - order + 1)),
  ];
}

/**
 * Corpus BLEU of summed counts, 0 to 1, as sacreBLEU computes it by default (Post 2018, doi 10.18653/v1/W18-6319; signature
 * `nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp`), which prints it times 100. The k-th order without a match counts 1/2^k
 * matches.
 */
export function corpusBleu(counts: ArrayLike<number>): number {
  const [hypothesisLength = 0, referenceLength = 0, ...orders] = Array.from(counts);
  const matches = orders.slice(0, longestNgram);
  const totals = orders.slice(longestNgram);
  if (matches.every((count) => count === 0) || totals.some((total) => total === 0)) return 0;
  let smoothed = 1;
  const logarithms = matches.map((count, i) => {
    if (count === 0) smoothed *= 2;
    return Math.log((count === 0 ? 1 / smoothed : count) / (totals[i] ?? 1));
  });
  const brevity = hypothesisLength < referenceLength ? Math.exp(1 - referenceLength / hypothesisLength) : 1;
  return brevity * Math.exp(logarithms.reduce((sum, value) => sum + value, 0) / longestNgram);
}

const entities = [
  ['&quot;', '"'],
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
] as const;

/** The tokens of NIST's mteval-v13a: marks stand alone, periods and commas too unless they are within a number. */
function mtevalTokens(text: string): string[] {
  const line = trimEnd(text).replaceAll('<skipped>', '').replaceAll('-\n', '').replaceAll('\n', ' ');
  const decoded = entities.reduce((current, [entity, character]) => current.replaceAll(entity, character), line);
  return splitAtWhiteSpace(
    ` ${decoded} `
      .replace(/[{-~[-` -&(-+:-@/]/g, ' $& ')
      .replace(/([^0-9])([.,])/gu, '$1 $2 ')
      .replace(/([.,])([^0-9])/gu, ' $1 $2')
      .replace(/([0-9])(-)/g, '$1 $2 '),
  );
}
