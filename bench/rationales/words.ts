/** A word of a text, in lower case, and where it stands: character offsets, end not included. */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The runs of letters and digits of a text; everything between them is left out. */
export function wordsOf(text: string): Word[] {
  return [...text.matchAll(/[\p{L}\p{N}]+/gu)].map(({ 0: word, index }) => ({
    text: word.toLowerCase(),
    start: index,
    end: index + word.length,
  }));
}

/** The same words whatever numbers stand in them, by which a phrase with a number to fill in is found. */
export function shapeOf(words: readonly string[]): string {
  return words.map((word) => word.replaceAll(/\d+/g, '#')).join(' ');
}

export function shapeOfText(text: string): string {
  return shapeOf(wordsOf(text).map((word) => word.text));
}

/** The text's words with one space between them, to look for other words in. */
export function wordLine(text: string): string {
  return wordsOf(text)
    .map((word) => word.text)
    .join(' ');
}

export function numbersOf(words: readonly string[]): string[] {
  return words.flatMap((word) => word.match(/\d+/g) ?? []);
}

const SIDES: Readonly<Record<string, 'left' | 'right'>> = {
  left: 'left',
  lt: 'left',
  l: 'left',
  right: 'right',
  rt: 'right',
  r: 'right',
};

/** All the ways in which a side of the body is written. */
export const SIDE_WORDS: readonly string[] = Object.keys(SIDES);

/** The sides of the body that the words name. */
export function sidesOf(words: readonly string[]): ('left' | 'right')[] {
  return words.flatMap((word) => SIDES[word] ?? []);
}

/** The shape of the words whichever side they name. */
export function sidelessShape(words: readonly string[]): string {
  return shapeOf(words.map((word) => (word in SIDES ? '@' : word)));
}
