import type {
  Evaluation,
  EvaluationFile,
  Interval,
  LabelMeasure,
  Measure,
  ModelComparison,
} from '../evaluation/index.ts';

/** What a measure is called, in the order in which they are printed. */
const labelTitles: Readonly<Record<LabelMeasure, string>> = {
  accuracy: 'accuracy',
  macroF1: 'macro-F1',
  underTriage: 'under-triage',
  overTriage: 'over-triage',
  quadraticKappa: 'quadratic kappa',
  urgentRecall: 'recall, levels 1-2',
  calibrationError: 'calibration error',
};
const rationaleTitles: Readonly<Partial<Record<Measure, string>>> = {
  consistency: 'consistency',
  sufficiency: 'sufficiency',
  goldRobustness: 'gold robustness',
  groundedNumbers: 'grounded numbers',
  bleu: 'BLEU',
  corpusBleu: 'corpus BLEU',
  rougeL: 'ROUGE-L',
  bertPrecision: 'BERTScore precision',
  bertRecall: 'BERTScore recall',
  bertF1: 'BERTScore F1',
};

const nameWidth = 20;
const number = (value: number | null) => (value === null ? '  –  ' : value.toFixed(3));
const range = (interval: Interval | null) =>
  interval === null ? '' : `(95 %: ${number(interval.low)} to ${number(interval.high)})`;
const row = (title: string, value: number | null, interval: Interval | null) =>
  `${title.padEnd(nameWidth)}${number(value)}  ${range(interval)}`.trimEnd();

/** An evaluation as lines for a terminal: every measure with its interval, recall by level, and the confusion matrix. */
export function describeEvaluation(evaluation: Evaluation, device: string): string {
  const rows = (titles: Readonly<Partial<Record<Measure, string>>>) =>
    (Object.entries(titles) as [Measure, string][]).map(([name, title]) =>
      row(title, evaluation[name], evaluation.intervals[name]),
    );
  const { bertEncoder, rationales } = evaluation;
  return [
    `${evaluation.n} examples on ${device}`,
    ...rows(labelTitles),
    ...(rationales === 0
      ? []
      : ['', `${rationales} rationales${bertEncoder === null ? '' : `; BERTScore by the encoder of ${bertEncoder}`}`]),
    ...(rationales === 0 ? [] : rows(rationaleTitles)),
    '',
    `${'level'.padEnd(nameWidth)}support  precision               recall                  F1`,
    ...evaluation.perLevel.map((level, index) => {
      const intervals = evaluation.levelIntervals[index];
      const cells = (['precision', 'recall', 'f1'] as const).map((name) => shortCell(level[name], intervals?.[name]));
      const name = level.level === null ? level.label : `${level.level} ${level.label}`;
      return `${name.padEnd(nameWidth)}${String(level.support).padStart(7)}  ${cells.join('   ')}`.trimEnd();
    }),
    '',
    'gold \\ predicted',
    ...confusionRows(evaluation),
  ].join('\n');
}

function shortCell(value: number, interval: Interval | null | undefined): string {
  const ends = interval ? ` (${number(interval.low)}–${number(interval.high)})` : '';
  return `${number(value)}${ends}`.padEnd(21);
}

function confusionRows({ confusion: { labels, counts } }: Evaluation): string[] {
  const width = Math.max(5, ...counts.flat().map((count) => String(count).length)) + 1;
  const places = labels.map((_, index) => String(index + 1).padStart(width)).join('');
  return [
    `${''.padEnd(nameWidth + 3)}${places}`,
    ...counts.map((row, index) => {
      const name = `${String(index + 1).padStart(2)} ${labels[index] ?? ''}`;
      return `${name.padEnd(nameWidth + 3)}${row.map((count) => String(count).padStart(width)).join('')}`;
    }),
  ];
}

/** How a model differs from an earlier one on the same examples. */
export function describeComparison(comparison: ModelComparison, other: EvaluationFile['model']): string {
  const { examples, onlyFirstRight, onlySecondRight, mcnemar, differences } = comparison;
  return [
    '',
    `This model less ${other.id} ${other.version}, on the same ${examples} examples`,
    ...(Object.entries(labelTitles) as [LabelMeasure, string][]).map(([name, title]) => {
      const { value, interval } = differences[name];
      return row(title, value, interval);
    }),
    `${onlyFirstRight} right by ${other.id} ${other.version} alone, ${onlySecondRight} by this model alone: ` +
      `McNemar's test p = ${number(mcnemar.exact)} (mid-p ${number(mcnemar.mid)})`,
  ].join('\n');
}
