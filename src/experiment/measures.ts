import type { Evaluation } from '../evaluation/index.ts';

/** The measures that tables show and claims may be about. */
export type ReportedMeasure =
  | 'accuracy'
  | 'macroF1'
  | 'underTriage'
  | 'quadraticKappa'
  | 'calibrationError'
  | 'bleu'
  | 'bertF1'
  | 'consistency'
  | 'sufficiency'
  | 'goldRobustness';

interface MeasureDescription {
  readonly title: string;
  readonly better: 'higher' | 'lower';
}

export const MEASURES: Readonly<Record<ReportedMeasure, MeasureDescription>> = {
  accuracy: { title: 'accuracy', better: 'higher' },
  macroF1: { title: 'macro-F1', better: 'higher' },
  underTriage: { title: 'under-triage', better: 'lower' },
  quadraticKappa: { title: 'quadratic kappa', better: 'higher' },
  calibrationError: { title: 'calibration error', better: 'lower' },
  bleu: { title: 'BLEU', better: 'higher' },
  bertF1: { title: 'BERTScore', better: 'higher' },
  consistency: { title: 'consistency', better: 'higher' },
  sufficiency: { title: 'sufficiency', better: 'higher' },
  goldRobustness: { title: 'gold robustness', better: 'higher' },
};

export const MEASURE_NAMES = Object.keys(MEASURES) as readonly ReportedMeasure[];

/** A measure of an evaluation; undefined where it has none, or was made before the measure was. */
export function measured(evaluation: Evaluation, measure: ReportedMeasure): number | undefined {
  const value = evaluation[measure];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
