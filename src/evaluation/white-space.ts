/** White space as the reference tools, which are written in Python, know it: the inside of a character class. */
export const whiteSpace = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';

const between = new RegExp(`[${whiteSpace}]+`, 'u');
const atEnd = new RegExp(`[${whiteSpace}]+$`, 'u');

/** The parts of a text between white space; none of them is empty. */
export function splitAtWhiteSpace(text: string): string[] {
  return text.split(between).filter((part) => part !== '');
}

export function trimEnd(text: string): string {
  return text.replace(atEnd, '');
}
