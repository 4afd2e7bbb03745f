import { numberInWords } from '../../src/dataset/synthetic/render/number-words.ts';
import { editDistance } from './edit-distance.ts';

const VALUES: ReadonlyMap<string, number> = new Map(
  [...Array(20).keys(), 20, 30, 40, 50, 60, 70, 80, 90].map((value) => [numberInWords(String(value)), value]),
);
const WORDS: readonly string[] = [...VALUES.keys(), 'hundred', 'point'];

/** Matches a number in words, such as "one hundred one point five"; a source of regular expressions. */
export const NUMBER_IN_WORDS = (() => {
  const word = `(?:${WORDS.toSorted((a, b) => b.length - a.length).join('|')})`;
  return `\\b${word}(?:[ -]+${word})*\\b`;
})();

/** Notes misspell words from this length on, by one letter. */
const SHORTEST_MISSPELT = 6;

/** The words of a text with those that are meant as numbers spelt right. */
function spelt(word: string): string {
  if (WORDS.includes(word) || word.length < SHORTEST_MISSPELT - 1) return word;
  const meant = WORDS.find((known) => known.length >= SHORTEST_MISSPELT && editDistance(word, known) === 1);
  return meant ?? word;
}

/** The numbers that a text states in words, in digits and in their order: "ninety over sixty" is 90 and 60. */
export function numbersInWords(text: string): string[] {
  const numbers: string[] = [];
  let run: string[] = [];
  const finish = () => {
    if (run.length > 0 && run[0] !== 'point') numbers.push(inDigits(run));
    run = [];
  };
  for (const word of text.toLowerCase().match(/[a-z]+/g) ?? []) {
    const right = spelt(word);
    if (WORDS.includes(right)) run.push(right);
    else finish();
  }
  finish();
  return numbers;
}

function inDigits(words: readonly string[]): string {
  const point = words.indexOf('point');
  let whole = 0;
  for (const word of point < 0 ? words : words.slice(0, point)) {
    whole = word === 'hundred' ? whole * 100 : whole + (VALUES.get(word) ?? 0);
  }
  if (point < 0) return String(whole);
  return `${whole}.${words
    .slice(point + 1)
    .map((word) => VALUES.get(word) ?? '')
    .join('')}`;
}
