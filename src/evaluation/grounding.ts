/** Numbers as they are written, such as 38.6 and 128. */
const numberPattern = /\d+(?:\.\d+)?/g;
/** In a rationale a number stands free: the 2 of SpO2 is none. Notes also run them together, as in HR128. */
const freeNumberPattern = /(?<![A-Za-z\d.])\d+(?:\.\d+)?/g;

/** A rationale and the note it speaks of. */
export interface ExplainedNote {
  readonly note: string;
  readonly rationale: string;
}

/**
 * The share of all numbers in the rationales that stand, digit for digit, in their own notes: a number that does not is a
 * misreading or an invention.
 *
 * @returns from 0 to 1; null when the rationales hold no number.
 */
export function groundedNumbers(explained: readonly ExplainedNote[]): number | null {
  let numbers = 0;
  let grounded = 0;
  for (const { note, rationale } of explained) {
    const inNote = new Set(note.match(numberPattern));
    for (const number of rationale.match(freeNumberPattern) ?? []) {
      numbers++;
      if (inNote.has(number)) grounded++;
    }
  }
  return numbers === 0 ? null : grounded / numbers;
}
