import { ACUITY_LABELS } from '../../../src/dataset/index.ts';
import {
  classificationMetrics,
  type Evaluation,
  type EvaluationFile,
  expectedCalibrationError,
  type JudgedExample,
  type Measure,
  type MetricLabel,
} from '../../../src/evaluation/index.ts';

/** One example: the places of its labels in the label set, and how sure the model was. */
export interface Answer {
  readonly gold: number;
  readonly predicted: number;
  readonly confidence?: number;
}

export interface EvaluationParts {
  readonly labels?: readonly MetricLabel[];
  readonly model?: Partial<EvaluationFile['model']>;
  readonly data?: Partial<EvaluationFile['data']>;
  readonly metrics?: Partial<Evaluation>;
}

/** The acuity labels as an evaluation keeps them. */
export const acuity: readonly MetricLabel[] = ACUITY_LABELS.map(({ text, level }) => ({ text, level }));

/** Labels that have no order of urgency. */
export const answers: readonly MetricLabel[] = [{ text: 'yes' }, { text: 'no' }, { text: 'maybe' }];

/** The same answer, several times. */
export function times(count: number, answer: Answer): Answer[] {
  return Array.from({ length: count }, () => answer);
}

/** An evaluation file of these answers, as `evaluate --save` writes it: without rationales unless metrics are given. */
export function evaluationOf(given: readonly Answer[], parts: EvaluationParts = {}): EvaluationFile {
  const labels = parts.labels ?? acuity;
  const examples = given.map((answer, index) => judged(labels, answer, String(index + 1)));
  const metrics = classificationMetrics(
    labels,
    examples.map(({ gold }) => gold),
    examples.map(({ predicted }) => predicted),
  );
  return {
    format: 1,
    createdAt: '2026-11-22T21:34:00.000Z',
    model: { id: 'triage-small', version: '0.2.0', fingerprint: 'f'.repeat(64), ...parts.model },
    data: { name: 'hospital.jsonl', sha256: 'd'.repeat(64), examples: examples.length, ...parts.data },
    labels,
    metrics: {
      ...metrics,
      ...withoutRationales,
      calibrationError: expectedCalibrationError(
        given.map(({ gold }, index) => ({ gold, probabilities: examples[index]?.probabilities ?? [] })),
      ),
      reliability: reliabilityOf(examples),
      intervals: { ...noIntervals, accuracy: around(metrics.accuracy), underTriage: around(metrics.underTriage) },
      levelIntervals: metrics.perLevel.map(({ label, support, precision, recall }) => ({
        label,
        precision: around(precision),
        recall: support === 0 ? null : around(recall),
        f1: null,
      })),
      ...parts.metrics,
    },
    examples,
  };
}

const rationaleMeasures = {
  bleu: null,
  corpusBleu: null,
  rougeL: null,
  bertPrecision: null,
  bertRecall: null,
  bertF1: null,
  groundedNumbers: null,
  consistency: null,
  sufficiency: null,
  goldRobustness: null,
} as const;

const withoutRationales = { rationales: 0, bertEncoder: null, ...rationaleMeasures };

const noIntervals: Record<Measure, null> = {
  accuracy: null,
  macroF1: null,
  underTriage: null,
  overTriage: null,
  quadraticKappa: null,
  urgentRecall: null,
  calibrationError: null,
  ...rationaleMeasures,
};

function judged(
  labels: readonly MetricLabel[],
  { gold, predicted, confidence = 0.9 }: Answer,
  id: string,
): JudgedExample {
  const rest = (1 - confidence) / (labels.length - 1);
  return {
    id,
    gold: labels[gold]?.text ?? '',
    predicted: labels[predicted]?.text ?? '',
    probabilities: labels.map((_, index) => (index === predicted ? confidence : rest)),
    rationaleWritten: false,
  };
}

function reliabilityOf(examples: readonly JudgedExample[]): Evaluation['reliability'] {
  return Array.from({ length: 10 }, (_, bin) => {
    const inside = examples.filter(
      ({ probabilities }) => Math.min(9, Math.floor(10 * Math.max(...probabilities))) === bin,
    );
    const count = inside.length;
    const mean = (value: (example: JudgedExample) => number) =>
      count === 0 ? null : inside.reduce((sum, example) => sum + value(example), 0) / count;
    return {
      low: bin / 10,
      high: (bin + 1) / 10,
      count,
      confidence: mean(({ probabilities }) => Math.max(...probabilities)),
      accuracy: mean(({ gold, predicted }) => (gold === predicted ? 1 : 0)),
    };
  });
}

function around(value: number | null) {
  return value === null ? null : { low: Math.max(0, value - 0.04), high: Math.min(1, value + 0.04) };
}
