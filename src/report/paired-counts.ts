import type { EvaluationFile, JudgedExample } from '../evaluation/index.ts';
import { isOrdered, judgementOf } from './outcomes.ts';

/** How often each of two models makes a mistake where the other does not. */
export interface PairedCounts {
  readonly both: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly neither: number;
}

export type IsMistake = (example: JudgedExample) => boolean;

/** A label that is not the reference. */
export const isWrong: IsMistake = ({ gold, predicted }) => gold !== predicted;

/** A label less urgent than the reference; null where the labels have no levels. */
export function underTriaged({ labels }: EvaluationFile): IsMistake | null {
  if (!isOrdered(labels)) return null;
  const labelOf = new Map(labels.map((label) => [label.text, label]));
  return ({ gold, predicted }) => judgementOf(labelOf.get(gold), labelOf.get(predicted)) === 'under';
}

/** @param second the same examples in the same order. */
export function countPaired(
  first: readonly JudgedExample[],
  second: readonly JudgedExample[],
  isMistake: IsMistake,
): PairedCounts {
  const counts = { both: 0, onlyFirst: 0, onlySecond: 0, neither: 0 };
  for (const [index, example] of first.entries()) {
    const other = second[index];
    const [before, after] = [isMistake(example), other !== undefined && isMistake(other)];
    if (before && after) counts.both++;
    else if (before) counts.onlyFirst++;
    else if (after) counts.onlySecond++;
    else counts.neither++;
  }
  return counts;
}
