import { Random } from '../common/index.ts';
import type { Example } from '../dataset/index.ts';
import type { Prediction } from '../triage/index.ts';
import { bertScores } from './bert-score.ts';
import { reliabilityBins } from './calibration.ts';
import { classificationOfCounts, labelIndex, labelIndices, type MetricLabel } from './classification.ts';
import type { Evaluation } from './evaluation.ts';
import type { JudgedExample } from './evaluation-file.ts';
import { estimate } from './intervals.ts';
import { LabelSummation } from './label-measures.ts';
import { noRationaleMeasures, RationaleSummation } from './rationale-measures.ts';
import type { RationalePair } from './rationale-pair.ts';
import type { TokenEncoder } from './token-encoder.ts';

/** What is evaluated: a model, as it answers for one note. */
export interface Evaluated {
  readonly labels: readonly MetricLabel[];
  predict(note: string): Promise<Prediction>;
  explain(note: string, label: Prediction['label']): Promise<string>;
}

export interface EvaluateOptions {
  /** Called after each example. */
  readonly onExample?: (done: number) => void;
  readonly signal?: AbortSignal;
  /** Embeds the rationales for BERTScore; without it there is none. */
  readonly encoder?: TokenEncoder;
  /** Weighs tokens by their rarity for BERTScore. */
  readonly idf?: boolean;
  /** Called after each rationale that BERTScore is computed of, when all examples are done. */
  readonly onBertScore?: (done: number, total: number) => void;
}

/** An evaluation with what it was computed from. */
export interface EvaluatedExamples {
  readonly metrics: Evaluation;
  readonly examples: readonly JudgedExample[];
}

/** Starts the bootstrap's draws, the same for every evaluation. */
const seed = 1;

/** As `evaluateExamples`, the measures alone. */
export async function evaluate(
  model: Evaluated,
  examples: AsyncIterable<Example> | Iterable<Example>,
  options: EvaluateOptions = {},
): Promise<Evaluation> {
  return (await evaluateExamples(model, examples, options)).metrics;
}

/**
 * Predicts every example, explains those that have a rationale to compare with, and measures both. Notes are read one by one
 * and not kept.
 *
 * @throws UserError when there is no example, or one whose label the model does not know.
 * @throws the signal's reason when aborted.
 */
export async function evaluateExamples(
  model: Evaluated,
  examples: AsyncIterable<Example> | Iterable<Example>,
  options: EvaluateOptions = {},
): Promise<EvaluatedExamples> {
  const { onExample, signal, encoder, idf = false, onBertScore } = options;
  const indexOf = labelIndices(model.labels);
  const judged: JudgedExample[] = [];
  const rationales = new RationaleSummation();
  const pairs: RationalePair[] = [];
  for await (const { id, question, label, rationale } of examples) {
    signal?.throwIfAborted();
    labelIndex(indexOf, label, judged.length, 'gold');
    const prediction = await model.predict(question);
    const predicted = prediction.label.text;
    let rationaleWritten = false;
    if (rationale !== '') {
      const hypothesis = await model.explain(question, prediction.label);
      rationaleWritten = hypothesis !== '';
      // A model may write nothing, and nothing says no label.
      const fromWritten = rationaleWritten ? (await model.predict(hypothesis)).label.text : undefined;
      const fromGold = (await model.predict(rationale)).label.text;
      rationales.push({
        note: question,
        reference: rationale,
        hypothesis,
        consistent: fromWritten === predicted,
        sufficient: fromWritten === label,
        goldRobust: fromGold === label,
      });
      if (encoder !== undefined) pairs.push({ reference: rationale, hypothesis });
    }
    judged.push({
      id: id ?? `#${judged.length + 1}`,
      gold: label,
      predicted,
      probabilities: prediction.probabilities.map(({ probability }) => probability),
      rationaleWritten,
    });
    onExample?.(judged.length);
  }
  if (encoder !== undefined) {
    const onPair = (done: number) => onBertScore?.(done, pairs.length);
    const scores = await bertScores(pairs, encoder, { idf, onPair, ...(signal === undefined ? {} : { signal }) });
    for (const [i, score] of scores.entries()) rationales.setBertScore(i, score);
  }
  const bertEncoder = encoder === undefined || pairs.length === 0 ? null : `${encoder.name}${idf ? ', idf' : ''}`;
  return { metrics: { ...measure(model.labels, judged, rationales), bertEncoder }, examples: judged };
}

function measure(
  labels: readonly MetricLabel[],
  judged: readonly JudgedExample[],
  rationales: RationaleSummation,
): Omit<Evaluation, 'bertEncoder'> {
  const summation = new LabelSummation(labels, judged);
  const { counts, bins } = summation.total();
  const classification = classificationOfCounts(labels, counts);
  const ofLabels = estimate(summation, new Random(seed));
  const ofRationales =
    rationales.count === 0
      ? { values: noRationaleMeasures, intervals: noRationaleMeasures }
      : estimate(rationales, new Random(seed));
  const { accuracy, macroF1, underTriage, overTriage, quadraticKappa, urgentRecall, calibrationError } =
    ofLabels.intervals;
  return {
    ...classification,
    calibrationError: ofLabels.values.calibrationError ?? 0,
    reliability: reliabilityBins(bins),
    rationales: rationales.count,
    ...ofRationales.values,
    intervals: {
      accuracy,
      macroF1,
      underTriage,
      overTriage,
      quadraticKappa,
      urgentRecall,
      calibrationError,
      ...ofRationales.intervals,
    },
    levelIntervals: labels.map(({ text }, index) => ({
      label: text,
      precision: ofLabels.intervals[`precision ${index}`] ?? null,
      recall: ofLabels.intervals[`recall ${index}`] ?? null,
      f1: ofLabels.intervals[`f1 ${index}`] ?? null,
    })),
  };
}
