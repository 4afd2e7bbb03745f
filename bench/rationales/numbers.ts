import { type ExplainedNote, groundedNumbers } from '../../src/evaluation/index.ts';

/** How many numbers a rationale holds, and how many of them stand in its note. */
export function groundingOf(explained: ExplainedNote): { readonly part: number; readonly whole: number } {
  const share = groundedNumbers([explained]);
  // The same numbers as groundedNumbers counts: those that stand free, so not the 2 of SpO2.
  const whole = explained.rationale.match(/(?<![A-Za-z\d.])\d+(?:\.\d+)?/g)?.length ?? 0;
  return { part: Math.round((share ?? 0) * whole), whole };
}
