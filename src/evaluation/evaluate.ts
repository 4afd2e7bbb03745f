import { Random } from '../common/index.ts';
import type { Example } from '../dataset/index.ts';
import type { Prediction } from '../triage/index.ts';
import { meanSentenceBleu, type RationalePair } from './bleu.ts';
import { expectedCalibrationError, type Judged } from './calibration.ts';
import { type ClassificationMetrics, classificationMetrics, type MetricLabel } from './classification.ts';
import { type ExplainedNote, groundedNumbers } from './grounding.ts';
import { bootstrapInterval, type Interval } from './intervals.ts';

/** What is evaluated: a model, as it answers for one note. */
export interface Evaluated {
  readonly labels: readonly MetricLabel[];
  predict(note: string): Promise<Prediction>;
  explain(note: string, label: Prediction['label']): Promise<string>;
}

type LabelMeasure = 'accuracy' | 'macroF1' | 'underTriage' | 'overTriage' | 'quadraticKappa' | 'urgentRecall';
type RationaleMeasure = 'consistency' | 'sufficiency' | 'goldRobustness';

/** How good a model is on examples; ratios are from 0 to 1. */
export interface Evaluation extends ClassificationMetrics {
  /** Mean sentence BLEU of the rationales against the examples' own; null where the examples have none. */
  readonly bleu: number | null;
  /** The share of the numbers in the rationales that stand in their notes; null where none was written. */
  readonly groundedNumbers: number | null;
  /** How often the label predicted from the written rationale alone is the one predicted from the note. */
  readonly consistency: number | null;
  /** How often the label predicted from the written rationale alone is the gold one. */
  readonly sufficiency: number | null;
  /** How often the label predicted from the gold rationale alone is the gold one. */
  readonly goldRobustness: number | null;
  /** How far the confidence in the predicted label lies from how often it is right. */
  readonly calibrationError: number;
  /** 95 % bootstrap intervals over the examples. */
  readonly intervals: Readonly<Record<LabelMeasure | RationaleMeasure | 'calibrationError', Interval | null>>;
}

export interface EvaluateOptions {
  /** Called after each example. */
  readonly onExample?: (done: number) => void;
  readonly signal?: AbortSignal;
}

/** Draws of the bootstrap; the interval's ends then move by less than a tenth of its width from seed to seed. */
const resamples = 1000;

/**
 * Predicts every example, explains those that have a rationale to compare with, and measures both. Examples are read one
 * by one and not kept.
 */
export async function evaluate(
  model: Evaluated,
  examples: AsyncIterable<Example> | Iterable<Example>,
  options: EvaluateOptions = {},
): Promise<Evaluation> {
  const gold: string[] = [];
  const predicted: string[] = [];
  const judged: Judged[] = [];
  const rationales: RationalePair[] = [];
  const explained: ExplainedNote[] = [];
  const agreements: Record<RationaleMeasure, boolean>[] = [];
  for await (const { question, label, rationale } of examples) {
    options.signal?.throwIfAborted();
    const prediction = await model.predict(question);
    gold.push(label);
    predicted.push(prediction.label.text);
    judged.push({
      probabilities: prediction.probabilities.map(({ probability }) => probability),
      gold: prediction.probabilities.findIndex((entry) => entry.label.text === label),
    });
    if (rationale !== '') {
      const hypothesis = await model.explain(question, prediction.label);
      rationales.push({ reference: rationale, hypothesis });
      explained.push({ note: question, rationale: hypothesis });
      // A model may write nothing, and nothing says no label.
      const fromWritten = hypothesis === '' ? undefined : (await model.predict(hypothesis)).label.text;
      const fromGold = (await model.predict(rationale)).label.text;
      agreements.push({
        consistency: fromWritten === prediction.label.text,
        sufficiency: fromWritten === label,
        goldRobustness: fromGold === label,
      });
    }
    options.onExample?.(gold.length);
  }
  const measure = (indices: readonly number[]) =>
    classificationMetrics(
      model.labels,
      indices.map((i) => gold[i] ?? ''),
      indices.map((i) => predicted[i] ?? ''),
    );
  const calibration = (indices: readonly number[]) =>
    expectedCalibrationError(indices.flatMap((index) => judged[index] ?? []));
  const share = (name: RationaleMeasure, indices: readonly number[]) =>
    indices.filter((index) => agreements[index]?.[name]).length / indices.length;
  const intervalOf = (count: number, statistic: (indices: readonly number[]) => number | null) =>
    count === 0 ? null : bootstrapInterval(count, statistic, new Random(1), resamples);
  const interval = (name: LabelMeasure) => intervalOf(gold.length, (indices) => measure(indices)[name]);
  const rationaleInterval = (name: RationaleMeasure) =>
    intervalOf(agreements.length, (indices) => share(name, indices));
  const all = [...agreements.keys()];
  const agreement = (name: RationaleMeasure) => (all.length === 0 ? null : share(name, all));
  return {
    ...classificationMetrics(model.labels, gold, predicted),
    bleu: meanSentenceBleu(rationales),
    groundedNumbers: groundedNumbers(explained),
    consistency: agreement('consistency'),
    sufficiency: agreement('sufficiency'),
    goldRobustness: agreement('goldRobustness'),
    calibrationError: expectedCalibrationError(judged),
    intervals: {
      accuracy: interval('accuracy'),
      macroF1: interval('macroF1'),
      underTriage: interval('underTriage'),
      overTriage: interval('overTriage'),
      quadraticKappa: interval('quadraticKappa'),
      urgentRecall: interval('urgentRecall'),
      calibrationError: intervalOf(judged.length, calibration),
      consistency: rationaleInterval('consistency'),
      sufficiency: rationaleInterval('sufficiency'),
      goldRobustness: rationaleInterval('goldRobustness'),
    },
  };
}
