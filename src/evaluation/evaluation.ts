import type { ReliabilityBin } from './calibration.ts';
import type { ClassificationMetrics } from './classification.ts';
import type { Interval } from './intervals.ts';

/** Measures of labels that have a 95 % interval. */
export type LabelMeasure =
  | 'accuracy'
  | 'macroF1'
  | 'underTriage'
  | 'overTriage'
  | 'quadraticKappa'
  | 'urgentRecall'
  | 'calibrationError';

/** Measures of rationales that have a 95 % interval; all null where the examples have no rationale. */
export type RationaleMeasure =
  | 'bleu'
  | 'corpusBleu'
  | 'rougeL'
  | 'bertPrecision'
  | 'bertRecall'
  | 'bertF1'
  | 'groundedNumbers'
  | 'consistency'
  | 'sufficiency'
  | 'goldRobustness';

export type Measure = LabelMeasure | RationaleMeasure;

/** 95 % intervals of one label's ratios; null where the label never occurs in a resample. */
export interface LevelIntervals {
  readonly label: string;
  readonly precision: Interval | null;
  readonly recall: Interval | null;
  readonly f1: Interval | null;
}

/** How good a model is on examples; ratios are from 0 to 1. Plain JSON: no value is NaN or infinite. */
export interface Evaluation extends ClassificationMetrics {
  /** How far the confidence in the predicted label lies from how often it is right. */
  readonly calibrationError: number;
  /** The bins of confidence behind `calibrationError`, in order, the empty ones too. */
  readonly reliability: readonly ReliabilityBin[];
  /** How many examples had a rationale to compare with. */
  readonly rationales: number;
  /** Mean sentence BLEU of the rationales against the examples' own. */
  readonly bleu: number | null;
  /** sacreBLEU's corpus BLEU of the rationales, 0 to 1 (sacreBLEU prints it times 100). */
  readonly corpusBleu: number | null;
  /** Mean ROUGE-L F-measure of the rationales. */
  readonly rougeL: number | null;
  /** BERTScore of the rationales; null where no encoder was given. */
  readonly bertPrecision: number | null;
  readonly bertRecall: number | null;
  readonly bertF1: number | null;
  /** What embedded the tokens for BERTScore: scores of different encoders cannot be compared. */
  readonly bertEncoder: string | null;
  /** The share of the numbers in the rationales that stand in their notes; null where none was written. */
  readonly groundedNumbers: number | null;
  /** How often the label predicted from the written rationale alone is the one predicted from the note. */
  readonly consistency: number | null;
  /** How often the label predicted from the written rationale alone is the gold one. */
  readonly sufficiency: number | null;
  /** How often the label predicted from the gold rationale alone is the gold one. */
  readonly goldRobustness: number | null;
  /** 95 % bootstrap intervals over the examples. */
  readonly intervals: Readonly<Record<Measure, Interval | null>>;
  /** One entry per label, in the order of `perLevel`. */
  readonly levelIntervals: readonly LevelIntervals[];
}
