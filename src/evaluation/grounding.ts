import { namedNumbers, writtenNumbers } from '../triage/index.ts';

/** A rationale and the note it speaks of. */
export interface ExplainedNote {
  readonly note: string;
  readonly rationale: string;
}

/** How many numbers a rationale holds, and how many of them stand, digit for digit, in its note. */
export function countNumbers({ note, rationale }: ExplainedNote): { readonly all: number; readonly grounded: number } {
  const inNote = writtenNumbers(note);
  const numbers = namedNumbers(rationale);
  return { all: numbers.length, grounded: numbers.filter((number) => inNote.has(number)).length };
}

/**
 * The share of all numbers in the rationales that stand, digit for digit, in their own notes: a number that does not is a
 * misreading or an invention.
 *
 * @returns from 0 to 1; null when the rationales hold no number.
 */
export function groundedNumbers(explained: readonly ExplainedNote[]): number | null {
  const counts = explained.map(countNumbers);
  const all = counts.reduce((sum, count) => sum + count.all, 0);
  return all === 0 ? null : counts.reduce((sum, count) => sum + count.grounded, 0) / all;
}
