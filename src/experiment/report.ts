import type { Evaluation } from '../evaluation/index.ts';
import type { Experiment, TableLayout } from './configuration.ts';
import { MEASURE_NAMES, MEASURES, measured, type ReportedMeasure } from './measures.ts';
import type { RunResult } from './result-file.ts';
import { meanInterval } from './statistics.ts';

/**
 * An experiment's results as Markdown: a table for each test of each layout, with the mean over the seeds and, from two seeds
 * on, its 95 % interval by Student's t. Variants that are not done yet say so.
 */
export function reportExperiment(experiment: Experiment, results: readonly RunResult[]): string {
  const tables = experiment.tables.flatMap((layout) => tablesOf(layout, experiment, results));
  return [`## ${experiment.title}`, `${progressOf(experiment, results)}.`, ...changedData(results), ...tables].join(
    '\n\n',
  );
}

/** How many runs are done, and what they took. */
export function progressOf(experiment: Experiment, results: readonly RunResult[]): string {
  const total = (seconds: (result: RunResult) => number) =>
    results.reduce((sum, result) => sum + seconds(result), 0) / 60;
  const asking = (result: RunResult) => Object.values(result.tests).reduce((sum, { seconds }) => sum + seconds, 0);
  const minutes = [total(({ seconds }) => seconds), total(asking)].map((value) => value.toFixed(value < 10 ? 1 : 0));
  return `${results.length} of ${experiment.runs.length} runs, ${minutes[0]} minutes of training and ${minutes[1]} of evaluation`;
}

function tablesOf(
  { title, variants, tests }: TableLayout,
  experiment: Experiment,
  results: readonly RunResult[],
): string[] {
  const tables = tests.flatMap((test) => {
    const rows = variants.filter((variant) => canBeAsked(variant, test, experiment));
    return rows.length === 0 ? [] : [table(test, rows, experiment, results)];
  });
  return title === '' || tables.length === 0 ? tables : [`### ${title}`, ...tables];
}

/** Whether a variant's models have the labels of a test. */
const canBeAsked = (variant: string, test: string, { runs }: Experiment): boolean =>
  runs.some((run) => run.variant === variant && run.tests.some(({ name }) => name === test));

function table(test: string, variants: readonly string[], { runs }: Experiment, results: readonly RunResult[]): string {
  const evaluations = new Map(variants.map((variant) => [variant, evaluationsOf(results, variant, test)]));
  const all = [...evaluations.values()].flat();
  const shown = MEASURE_NAMES.filter((measure) => all.some((each) => measured(each, measure) !== undefined));
  const planned = new Set(runs.map(({ seed }) => seed)).size;
  const lines = variants.map((variant) => {
    const asked = evaluations.get(variant) ?? [];
    if (asked.length === 0) return `| ${variant} | not run yet |${' |'.repeat(shown.length)}`;
    const cells = shown.map((measure) => cell(asked, measure, all));
    return `| ${variant} | ${asked.length} of ${planned} | ${cells.join(' | ')} |`;
  });
  const titles = shown.map((measure) => ` ${MEASURES[measure].title} |`).join('');
  const examples = all[0] === undefined ? '' : ` (${all[0].n} examples)`;
  return [
    `#### ${test}${examples}`,
    '',
    `| variant | seeds |${titles}`,
    `| --- | --- |${' --- |'.repeat(shown.length)}`,
    ...lines,
  ].join('\n');
}

const evaluationsOf = (results: readonly RunResult[], variant: string, test: string): Evaluation[] =>
  results.filter((result) => result.variant === variant).flatMap(({ tests }) => tests[test]?.evaluation ?? []);

function cell(asked: readonly Evaluation[], measure: ReportedMeasure, all: readonly Evaluation[]): string {
  // Scores of different encoders cannot stand beside each other.
  const encoders = new Set(all.flatMap(({ bertEncoder }) => bertEncoder ?? []));
  if (measure === 'bertF1' && encoders.size > 1) return 'different encoders';
  const values = asked.flatMap((evaluation) => measured(evaluation, measure) ?? []);
  if (values.length === 0) return '–';
  const { mean, half } = meanInterval(values);
  return `${mean.toFixed(3)}${half === undefined ? '' : ` ± ${half.toFixed(3)}`}`;
}

/** A sentence for variants whose seeds were trained on different examples, as when the generator changed between two sittings. */
function changedData(results: readonly RunResult[]): string[] {
  const variants = [...new Set(results.map(({ variant }) => variant))].filter(
    (variant) => new Set(results.filter((result) => result.variant === variant).map(({ data }) => data)).size > 1,
  );
  if (variants.length === 0) return [];
  return [
    `**Not comparable:** between two sittings the training examples of ${variants.join(', ')} changed; remove those runs and run them again.`,
  ];
}
