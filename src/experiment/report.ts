import type { Evaluation } from '../evaluation/index.ts';
import type { Experiment } from './configuration.ts';
import type { RunResult } from './run.ts';

type Measure = 'accuracy' | 'macroF1' | 'underTriage' | 'quadraticKappa' | 'bleu' | 'consistency' | 'goldRobustness';

const MEASURES: Readonly<Record<Measure, string>> = {
  accuracy: 'accuracy',
  macroF1: 'macro-F1',
  underTriage: 'under-triage',
  quadraticKappa: 'quadratic kappa',
  bleu: 'BLEU',
  consistency: 'consistency',
  goldRobustness: 'gold robustness',
};

/**
 * An experiment's results as Markdown: a table for each test, with the mean over the seeds and, from two seeds on, its 95 %
 * interval by Student's t. Runs that are not done yet are counted.
 */
export function reportExperiment(experiment: Experiment, results: readonly RunResult[]): string {
  const variants = [...new Set(experiment.runs.map(({ variant }) => variant))];
  const tables = Object.keys(experiment.tests).map((test) =>
    [
      `### ${test}`,
      '',
      `| variant | seeds | ${Object.values(MEASURES).join(' | ')} |`,
      `| --- | --- |${' --- |'.repeat(Object.keys(MEASURES).length)}`,
      ...variants.map((variant) => row(variant, evaluationsOf(results, variant, test))),
    ].join('\n'),
  );
  const minutes = results.reduce((sum, { seconds }) => sum + seconds, 0) / 60;
  const done = `${results.length} of ${experiment.runs.length} runs, ${minutes.toFixed(0)} minutes of training.`;
  return [`## ${experiment.title}`, done, ...tables].join('\n\n');
}

function evaluationsOf(results: readonly RunResult[], variant: string, test: string): Evaluation[] {
  return results.filter((result) => result.variant === variant).flatMap(({ tests }) => tests[test] ?? []);
}

function row(variant: string, evaluations: readonly Evaluation[]): string {
  const measures = Object.keys(MEASURES) as readonly Measure[];
  const cells = measures.map((measure) => cell(evaluations.flatMap((evaluation) => evaluation[measure] ?? [])));
  return `| ${variant} | ${evaluations.length} | ${cells.join(' | ')} |`;
}

function cell(values: readonly number[]): string {
  if (values.length === 0) return '–';
  const interval = meanInterval(values);
  const range = interval.half === undefined ? '' : ` ± ${interval.half.toFixed(3)}`;
  return `${interval.mean.toFixed(3)}${range}`;
}

/** Student's t at 97.5 % for 1 to 9 degrees of freedom; the normal's beyond. */
const STUDENT = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262];
const NORMAL = 1.96;

/** The mean of some seeds' values, and half the width of its 95 % interval; none for a single value. */
export function meanInterval(values: readonly number[]): { readonly mean: number; readonly half: number | undefined } {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  if (count < 2) return { mean, half: undefined };
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1);
  return { mean, half: (STUDENT[count - 2] ?? NORMAL) * Math.sqrt(variance / count) };
}
