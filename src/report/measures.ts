import type { EvaluationFile, Interval, Measure } from '../evaluation/index.ts';
import type { Unit } from './numbers.ts';
import { isOrdered } from './outcomes.ts';

/** How one measure is named, written, explained and judged. */
export interface MeasureWords {
  readonly key: Measure;
  readonly title: string;
  readonly unit: Unit;
  readonly better: 'higher' | 'lower';
  readonly meaning: string;
  /** Why it can be missing from this evaluation. */
  readonly whyMissing: (evaluation: EvaluationFile) => string;
  /** What the value depends on besides model and data; values that depend on different things cannot be compared. */
  readonly dependsOn?: (evaluation: EvaluationFile) => string | null;
}

export interface MeasureGroup {
  readonly title: string;
  readonly measures: readonly MeasureWords[];
}

const neverMissing = () => 'the file does not hold it';
const noLevels = 'the labels have no order of urgency';
const needsLevels = () => noLevels;
const needsRationales = ({ metrics }: EvaluationFile) =>
  metrics.rationales === 0 ? 'no example has a rationale to compare with' : 'it is undefined on these rationales';
const needsEncoder = (evaluation: EvaluationFile) =>
  evaluation.metrics.rationales === 0 ? needsRationales(evaluation) : 'no encoder was given to compare meanings with';

const encoder = ({ metrics }: EvaluationFile) => metrics.bertEncoder;

/** All measures, what harms first. */
export const measureGroups: readonly MeasureGroup[] = [
  {
    title: 'Safety',
    measures: [
      {
        key: 'underTriage',
        title: 'Under-triage',
        unit: 'share',
        better: 'lower',
        meaning:
          'Notes that the model calls less urgent than the reference label. The error that harms: read it first.',
        whyMissing: needsLevels,
      },
      {
        key: 'urgentRecall',
        title: 'Recall of levels 1 and 2',
        unit: 'share',
        better: 'higher',
        meaning: 'Of the most urgent patients, how many the model also places in level 1 or 2.',
        whyMissing: (evaluation) => (isOrdered(evaluation.labels) ? 'no example has level 1 or 2' : noLevels),
      },
      {
        key: 'overTriage',
        title: 'Over-triage',
        unit: 'share',
        better: 'lower',
        meaning:
          'Notes that the model calls more urgent than the reference label. It costs time and beds, seldom health.',
        whyMissing: needsLevels,
      },
    ],
  },
  {
    title: 'Labels',
    measures: [
      {
        key: 'accuracy',
        title: 'Accuracy',
        unit: 'share',
        better: 'higher',
        meaning: 'Notes with exactly the reference label. It hides in which direction the others are wrong.',
        whyMissing: neverMissing,
      },
      {
        key: 'macroF1',
        title: 'Macro-F1',
        unit: 'share',
        better: 'higher',
        meaning: 'How well each label is found, the rare ones counting as much as the common ones.',
        whyMissing: neverMissing,
      },
      {
        key: 'quadraticKappa',
        title: 'Quadratic kappa',
        unit: 'decimal',
        better: 'higher',
        meaning:
          'Agreement beyond chance, where being two levels off counts four times as much as one. 1 is complete, 0 is chance.',
        whyMissing: (evaluation) =>
          isOrdered(evaluation.labels) ? 'all labels and predictions are one and the same level' : noLevels,
      },
      {
        key: 'calibrationError',
        title: 'Calibration error',
        unit: 'share',
        better: 'lower',
        meaning: 'How far the stated confidence lies, on average, from how often the model is right.',
        whyMissing: neverMissing,
      },
    ],
  },
  {
    title: 'Rationales',
    measures: [
      {
        key: 'groundedNumbers',
        title: 'Grounded numbers',
        unit: 'share',
        better: 'higher',
        meaning:
          'Numbers in the rationales that stand in their note, digit for digit. The others are misread or invented.',
        whyMissing: (evaluation) =>
          evaluation.metrics.rationales === 0 ? needsRationales(evaluation) : 'no rationale holds a number',
      },
      {
        key: 'consistency',
        title: 'Consistency',
        unit: 'share',
        better: 'higher',
        meaning: 'How often the rationale alone leads the model to the label it gave the note.',
        whyMissing: needsRationales,
      },
      {
        key: 'sufficiency',
        title: 'Sufficiency',
        unit: 'share',
        better: 'higher',
        meaning: 'How often the rationale alone leads the model to the reference label.',
        whyMissing: needsRationales,
      },
      {
        key: 'goldRobustness',
        title: 'Gold robustness',
        unit: 'share',
        better: 'higher',
        meaning: 'How often the reference rationale alone leads the model to the reference label.',
        whyMissing: needsRationales,
      },
      {
        key: 'bleu',
        title: 'BLEU, mean of sentences',
        unit: 'decimal',
        better: 'higher',
        meaning: 'Word sequences shared with the reference rationale. A good reason in other words scores low.',
        whyMissing: needsRationales,
      },
      {
        key: 'corpusBleu',
        title: 'BLEU of the corpus',
        unit: 'decimal',
        better: 'higher',
        meaning: 'The same over all rationales together, as sacreBLEU counts it.',
        whyMissing: needsRationales,
      },
      {
        key: 'rougeL',
        title: 'ROUGE-L',
        unit: 'decimal',
        better: 'higher',
        meaning: 'The longest run of words, gaps allowed, shared with the reference rationale.',
        whyMissing: needsRationales,
      },
      {
        key: 'bertF1',
        title: 'BERTScore F1',
        unit: 'decimal',
        better: 'higher',
        meaning:
          'Likeness of meaning with the reference rationale, as a language model sees it. Only differences tell much.',
        whyMissing: needsEncoder,
        dependsOn: encoder,
      },
      {
        key: 'bertPrecision',
        title: 'BERTScore precision',
        unit: 'decimal',
        better: 'higher',
        meaning: 'How much of what the model wrote the reference rationale also says.',
        whyMissing: needsEncoder,
        dependsOn: encoder,
      },
      {
        key: 'bertRecall',
        title: 'BERTScore recall',
        unit: 'decimal',
        better: 'higher',
        meaning: 'How much of the reference rationale the model also says.',
        whyMissing: needsEncoder,
        dependsOn: encoder,
      },
    ],
  },
];

export function measureValue({ metrics }: EvaluationFile, { key }: MeasureWords): number | null {
  return metrics[key];
}

export function measureInterval({ metrics }: EvaluationFile, { key }: MeasureWords): Interval | null {
  return metrics.intervals[key];
}
