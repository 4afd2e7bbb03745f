import { ACUITY_LABELS } from '../../../src/dataset/index.ts';
import { classificationMetrics, type EvaluationFile, type JudgedExample } from '../../../src/evaluation/index.ts';

const none = {
  accuracy: null,
  macroF1: null,
  underTriage: null,
  overTriage: null,
  quadraticKappa: null,
  urgentRecall: null,
  calibrationError: null,
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
};

/** An evaluation file of these examples, without rationales and intervals. */
export function evaluationOf(examples: readonly JudgedExample[]): EvaluationFile {
  const labels = ACUITY_LABELS.map(({ text, level }) => ({ text, level }));
  return {
    format: 1,
    createdAt: '2026-01-02T03:04:05.000Z',
    model: { id: 'some-model', version: '1.0.0', fingerprint: 'ab' },
    data: { name: 'notes.jsonl', sha256: 'cd', examples: examples.length },
    labels,
    metrics: {
      ...none,
      ...classificationMetrics(
        labels,
        examples.map(({ gold }) => gold),
        examples.map(({ predicted }) => predicted),
      ),
      calibrationError: 0.1,
      reliability: [{ low: 0, high: 1, count: examples.length, confidence: 0.8, accuracy: null }],
      rationales: 0,
      bertEncoder: null,
      intervals: { ...none, accuracy: { low: 0.1, high: 0.9 } },
      levelIntervals: labels.map(({ text }) => ({ label: text, precision: null, recall: null, f1: null })),
    },
    examples,
  };
}
