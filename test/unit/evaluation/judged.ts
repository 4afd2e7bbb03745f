import { ACUITY_LABELS } from '../../../src/dataset/index.ts';
import type { JudgedExample } from '../../../src/evaluation/index.ts';

/** An example of gold level `gold` that was given level `predicted` with this confidence; the rest is spread evenly. */
export function judged(id: string, gold: number, predicted: number, confidence = 0.8): JudgedExample {
  const text = (level: number) => ACUITY_LABELS[level - 1]?.text ?? '';
  const rest = (1 - confidence) / (ACUITY_LABELS.length - 1);
  return {
    id,
    gold: text(gold),
    predicted: text(predicted),
    probabilities: ACUITY_LABELS.map(({ level }) => (level === predicted ? confidence : rest)),
    rationaleWritten: false,
  };
}

/** Examples of gold and predicted levels, with ids in order. */
export function judgedLevels(pairs: readonly (readonly [gold: number, predicted: number])[]): JudgedExample[] {
  return pairs.map(([gold, predicted], i) => judged(`note ${i}`, gold, predicted));
}
