export type { Acuity } from './acuity.ts';
export { meanSentenceBleu, type RationalePair, sentenceBleu } from './bleu.ts';
export { expectedCalibrationError, fitTemperature, type Judged, negativeLogLikelihood } from './calibration.ts';
export {
  type ClassificationMetrics,
  type ConfusionMatrix,
  classificationMetrics,
  type LabelMetrics,
  type MetricLabel,
} from './classification.ts';
export { type Evaluated, type EvaluateOptions, type Evaluation, evaluate } from './evaluate.ts';
export { type ExplainedNote, groundedNumbers } from './grounding.ts';
export { bootstrapInterval, type Interval, quantile } from './intervals.ts';
