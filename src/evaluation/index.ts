export type { Acuity } from './acuity.ts';
export { type BertScoreOptions, bertScores, matchGreedily, type PairScore } from './bert-score.ts';
export { meanSentenceBleu, sentenceBleu } from './bleu.ts';
export {
  expectedCalibrationError,
  fitTemperature,
  type Judged,
  negativeLogLikelihood,
  type ReliabilityBin,
} from './calibration.ts';
export {
  type ClassificationMetrics,
  type ConfusionMatrix,
  classificationMetrics,
  type LabelMetrics,
  type MetricLabel,
} from './classification.ts';
export { compareEvaluations, compareJudged, type Difference, type ModelComparison } from './comparison.ts';
export { corpusBleu, countForCorpusBleu } from './corpus-bleu.ts';
export {
  type Evaluated,
  type EvaluatedExamples,
  type EvaluateOptions,
  evaluate,
  evaluateExamples,
} from './evaluate.ts';
export { type EvaluateFolderOptions, evaluateFolder } from './evaluate-folder.ts';
export type { Evaluation, LabelMeasure, LevelIntervals, Measure, RationaleMeasure } from './evaluation.ts';
export { type EvaluationFile, type JudgedExample, readEvaluation, writeEvaluation } from './evaluation-file.ts';
export { type ExplainedNote, groundedNumbers } from './grounding.ts';
export {
  bootstrapInterval,
  type Estimates,
  estimate,
  type Interval,
  quantile,
  type SummedStatistics,
} from './intervals.ts';
export { type McNemar, mcnemar } from './mcnemar.ts';
export { openEncoder } from './onnx-encoder.ts';
export type { RationalePair } from './rationale-pair.ts';
export { type RiskCoveragePoint, riskCoverage } from './risk-coverage.ts';
export { rougeL } from './rouge.ts';
export { sentences } from './sentences.ts';
export type { EmbeddedTokens, TokenEncoder } from './token-encoder.ts';
export { treebankWords } from './treebank-words.ts';
