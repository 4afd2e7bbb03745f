/** Numbers as they are written, such as 38.6 and 128; notes also run them together with words, as in HR128. */
const WRITTEN = /\d+(?:\.\d+)?/g;
/** In a rationale a number stands free: the 2 of SpO2 is none. */
const FREE = /(?<![A-Za-z\d.])\d+(?:\.\d+)?/g;
/** A free number that the next words may still go on with. */
const UNFINISHED = /(?<![A-Za-z\d.])\d+\.?\d*$/;

/** The numbers that a note states, digit for digit. */
export function writtenNumbers(note: string): ReadonlySet<string> {
  return new Set(note.match(WRITTEN));
}

/** The numbers that a rationale names, digit for digit. */
export function namedNumbers(rationale: string): readonly string[] {
  return rationale.match(FREE) ?? [];
}

/**
 * Whether a rationale that begins like this can name numbers of the note alone. A misread or invented vital sign is the one
 * error of a rationale that a tired reader will not notice, so the model is not let write one.
 *
 * @param whole true where the rationale ends here; else its last number may still grow.
 */
export function keepsToNumbers(rationale: string, inNote: ReadonlySet<string>, whole: boolean): boolean {
  const last = whole ? undefined : UNFINISHED.exec(rationale)?.[0];
  const finished = last === undefined ? rationale : rationale.slice(0, -last.length);
  if (!namedNumbers(finished).every((number) => inNote.has(number))) return false;
  if (last === undefined || inNote.has(last.replace(/\.$/, ''))) return true;
  return [...inNote].some((number) => number.startsWith(last));
}

/** A rationale that was cut off, without the last number where only its beginning is there: the 12 of 128 is not in the note. */
export function withoutCutNumber(rationale: string, inNote: ReadonlySet<string>): string {
  return keepsToNumbers(rationale, inNote, true) ? rationale : rationale.replace(UNFINISHED, '').trimEnd();
}
