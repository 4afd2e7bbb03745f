import { acuityMetrics } from './acuity.ts';
import { type BinSums, binOf, calibrationErrorOf, confidenceBins } from './calibration.ts';
import { classificationOfCounts, labelIndex, labelIndices, type MetricLabel } from './classification.ts';
import type { LabelMeasure } from './evaluation.ts';
import type { JudgedExample } from './evaluation-file.ts';
import type { SummedStatistics } from './intervals.ts';

/** Ratios of one label, such as `recall 2` for the third label of the set. */
type LevelMeasure = `${'precision' | 'recall' | 'f1'} ${number}`;

/** Sums over examples: the confusion counts, gold by predicted, and the bins of confidence. */
export interface LabelSums {
  readonly counts: readonly (readonly number[])[];
  readonly bins: readonly BinSums[];
}

/**
 * The measures of labels as functions of sums over the examples.
 *
 * @throws UserError when a label is none of the set.
 */
export class LabelSummation implements SummedStatistics<LabelMeasure | LevelMeasure> {
  readonly count: number;
  readonly width: number;
  readonly #labels: readonly MetricLabel[];
  readonly #examples: readonly { readonly cell: number; readonly bin: number; readonly confidence: number }[];
  /** Cells whose examples are right. */
  readonly #right: ReadonlySet<number>;

  constructor(labels: readonly MetricLabel[], examples: readonly JudgedExample[]) {
    const indexOf = labelIndices(labels);
    this.count = examples.length;
    this.width = labels.length ** 2 + 3 * confidenceBins;
    this.#labels = labels;
    this.#right = new Set(labels.map((_, index) => index * (labels.length + 1)));
    this.#examples = examples.map(({ gold, predicted, probabilities }, example) => {
      const row = labelIndex(indexOf, gold, example, 'gold');
      const column = labelIndex(indexOf, predicted, example, 'predicted');
      const confidence = probabilities[column] ?? 0;
      return { cell: row * labels.length + column, bin: binOf(confidence), confidence };
    });
  }

  add(example: number, sums: Float64Array): void {
    const entry = this.#examples[example];
    if (entry === undefined) return;
    const { cell, bin, confidence } = entry;
    const place = this.#labels.length ** 2 + 3 * bin;
    sums[cell] = (sums[cell] ?? 0) + 1;
    sums[place] = (sums[place] ?? 0) + 1;
    sums[place + 1] = (sums[place + 1] ?? 0) + confidence;
    if (this.#right.has(cell)) sums[place + 2] = (sums[place + 2] ?? 0) + 1;
  }

  statistics(sums: Float64Array): Record<LabelMeasure | LevelMeasure, number | null> {
    const { counts, bins } = this.parts(sums);
    const { accuracy, macroF1, perLevel } = classificationOfCounts(this.#labels, counts);
    const levels = perLevel.flatMap(({ support, precision, recall, f1 }, index) => {
      const predictions = counts.reduce((sum, row) => sum + (row[index] ?? 0), 0);
      return [
        [`precision ${index}`, predictions === 0 ? null : precision],
        [`recall ${index}`, support === 0 ? null : recall],
        [`f1 ${index}`, support + predictions === 0 ? null : f1],
      ] as const;
    });
    return {
      accuracy,
      macroF1,
      ...acuityMetrics(
        this.#labels.map(({ level }) => level ?? null),
        counts,
      ),
      calibrationError: calibrationErrorOf(bins),
      ...Object.fromEntries(levels),
    };
  }

  /** The sums over all examples. */
  total(): LabelSums {
    const sums = new Float64Array(this.width);
    for (let example = 0; example < this.count; example++) this.add(example, sums);
    return this.parts(sums);
  }

  parts(sums: Float64Array): LabelSums {
    const size = this.#labels.length;
    const bins = Array.from({ length: confidenceBins }, (_, bin) => {
      const [count = 0, confidence = 0, right = 0] = sums.subarray(size ** 2 + 3 * bin, size ** 2 + 3 * bin + 3);
      return { count, confidence, right };
    });
    return { counts: this.#labels.map((_, row) => Array.from(sums.subarray(row * size, (row + 1) * size))), bins };
  }
}
