import { ACUITY_TEXTS } from '../../src/dataset/index.ts';

const LEVEL_WORDS = new RegExp(
  `(?<![\\p{L}\\d])(?:${ACUITY_TEXTS.toSorted((a, b) => b.length - a.length)
    .map((text) => text.replaceAll(/[ -]/g, '[ -]'))
    .join('|')})(?![\\p{L}\\d])`,
  'giu',
);

/**
 * The text without the names of the levels, wherever they stand. The sentences built around them stay: "nothing more stated"
 * still says that the level is not an urgent one.
 */
export function withoutLevelWords(text: string): string {
  return text.replaceAll(LEVEL_WORDS, '').replaceAll(/ {2,}/g, ' ').trim();
}
