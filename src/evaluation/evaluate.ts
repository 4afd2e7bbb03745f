import { Random } from '../common/index.ts';
import type { Example } from '../dataset/index.ts';
import type { Prediction } from '../triage/index.ts';
import { meanSentenceBleu, type RationalePair } from './bleu.ts';
import { type ClassificationMetrics, classificationMetrics, type MetricLabel } from './classification.ts';
import { type ExplainedNote, groundedNumbers } from './grounding.ts';
import { bootstrapInterval, type Interval } from './intervals.ts';

/** What is evaluated: a model, as it answers for one note. */
export interface Evaluated {
  readonly labels: readonly MetricLabel[];
  predict(note: string): Promise<Prediction>;
  explain(note: string, label: Prediction['label']): Promise<string>;
}

/** How good a model is on examples; ratios are from 0 to 1. */
export interface Evaluation extends ClassificationMetrics {
  /** Mean sentence BLEU of the rationales against the examples' own; null where the examples have none. */
  readonly bleu: number | null;
  /** The share of the numbers in the rationales that stand in their notes; null where none was written. */
  readonly groundedNumbers: number | null;
  /** 95 % bootstrap intervals over the examples. */
  readonly intervals: Readonly<
    Record<'accuracy' | 'macroF1' | 'underTriage' | 'overTriage' | 'quadraticKappa', Interval | null>
  >;
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
  const rationales: RationalePair[] = [];
  const explained: ExplainedNote[] = [];
  for await (const { question, label, rationale } of examples) {
    options.signal?.throwIfAborted();
    const prediction = await model.predict(question);
    gold.push(label);
    predicted.push(prediction.label.text);
    if (rationale !== '') {
      const hypothesis = await model.explain(question, prediction.label);
      rationales.push({ reference: rationale, hypothesis });
      explained.push({ note: question, rationale: hypothesis });
    }
    options.onExample?.(gold.length);
  }
  const measure = (indices: readonly number[]) =>
    classificationMetrics(
      model.labels,
      indices.map((i) => gold[i] ?? ''),
      indices.map((i) => predicted[i] ?? ''),
    );
  const interval = (name: keyof Evaluation['intervals']) =>
    bootstrapInterval(gold.length, (indices) => measure(indices)[name], new Random(1), resamples);
  return {
    ...classificationMetrics(model.labels, gold, predicted),
    bleu: meanSentenceBleu(rationales),
    groundedNumbers: groundedNumbers(explained),
    intervals: {
      accuracy: interval('accuracy'),
      macroF1: interval('macroF1'),
      underTriage: interval('underTriage'),
      overTriage: interval('overTriage'),
      quadraticKappa: interval('quadraticKappa'),
    },
  };
}
