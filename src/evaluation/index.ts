export type { Acuity } from './acuity.ts';
export { meanSentenceBleu, type RationalePair, sentenceBleu } from './bleu.ts';
export {
  type ClassificationMetrics,
  type ConfusionMatrix,
  classificationMetrics,
  type LabelMetrics,
  type MetricLabel,
} from './classification.ts';
export { bootstrapInterval, type Interval, quantile } from './intervals.ts';
