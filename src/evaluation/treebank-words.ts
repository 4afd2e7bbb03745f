import { sentences } from './sentences.ts';
import { splitAtWhiteSpace, whiteSpace } from './white-space.ts';

const word = '[\\p{L}\\p{M}\\p{N}_]';
const boundary = `(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`;

type Rule = readonly [pattern: RegExp, replacement: string];

const rule = (pattern: string, replacement: string, flags = ''): Rule => [
  new RegExp(pattern, `gu${flags}`),
  replacement,
];

const openingQuotes: readonly Rule[] = [
  rule('[«“‘„]|`+', ' $& '),
  rule('^"', '``'),
  rule('``', ' $& '),
  rule('([ (\\[{<])(?:"|\'{2})', '$1 `` '),
  rule(`(?<!${word})'(?!(?:re|ve|ll|m|t|s|d|n)${boundary})(?=${word})`, "' ", 'i'),
];

const finalPeriod = (closing: string, replacement: string) =>
  rule(`([^.])(\\.)([${closing}]*)[${whiteSpace}]*$`, replacement);

const punctuation: readonly Rule[] = [
  finalPeriod('\\])}>"\'»”’ ', '$1 $2 $3 '),
  rule('([:,])(\\P{Nd})', ' $1 $2'),
  rule('[:,]$', ' $& '),
  rule('\\.{2,}', ' $& '),
  rule('[;@#$%&]', ' $& '),
  rule('[\\u2012-\\u2015]', ' $& '),
  finalPeriod('\\])}>"\'', '$1 $2$3 '),
  rule('[?!]', ' $& '),
  rule("([^'])' ", "$1 ' "),
  rule('\\*', ' $& '),
  rule('[\\]\\[(){}<>]', ' $& '),
  rule('--', ' $& '),
];

const closingQuotesAndClitics: readonly Rule[] = [
  rule('[»”’]', ' $& '),
  rule("''", " '' "),
  rule('"', " '' "),
  rule(`[${whiteSpace}]+`, ' '),
  rule("([^' ])('[sS]|'[mM]|'[dD]|') ", '$1 $2 '),
  rule("([^' ])('ll|'LL|'re|'RE|'ve|'VE|n't|N'T) ", '$1 $2 '),
];

/** Two words that are written as one. */
const contractions: readonly Rule[] = [
  ...[
    ['can', 'not'],
    ['d', "'ye"],
    ['gim', 'me'],
    ['gon', 'na'],
    ['got', 'ta'],
    ['lem', 'me'],
    ['more', "'n"],
  ].map(([first, second]) => rule(`${boundary}(${first})(${second})${boundary}`, ' $1 $2 ', 'i')),
  rule(`${boundary}(wan)(na)(?=[${whiteSpace}])`, ' $1 $2 ', 'i'),
  rule(` ('t)(is)${boundary}`, ' $1 $2 ', 'i'),
  rule(` ('t)(was)${boundary}`, ' $1 $2 ', 'i'),
];

/**
 * The words of a text in lower case, as NLTK's `word_tokenize` splits them: first into sentences (see `sentences` for where
 * these may differ), then each by the rules of the Penn Treebank (Marcus et al. 1993). A period stays with its word unless
 * the sentence ends there.
 */
export function treebankWords(text: string): string[] {
  return sentences(text).flatMap((sentence) => {
    const marked = [...openingQuotes, ...punctuation].reduce(apply, sentence);
    return splitAtWhiteSpace([...closingQuotesAndClitics, ...contractions].reduce(apply, ` ${marked} `));
  });
}

function apply(text: string, [pattern, replacement]: Rule): string {
  return text.replace(pattern, replacement);
}
