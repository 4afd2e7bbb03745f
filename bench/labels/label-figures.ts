import type { Example } from '../../src/dataset/index.ts';
import { type Evaluation, evaluate } from '../../src/evaluation/index.ts';
import type { TriageModel } from '../../src/triage/index.ts';

const MEASURES = ['accuracy', 'macroF1', 'underTriage', 'overTriage', 'quadraticKappa', 'urgentRecall'] as const;

/** Asks a model for the labels of examples, and for no rationale, and prints its figures with their 95 % intervals. */
export async function printLabelFigures(
  title: string,
  model: TriageModel,
  examples: readonly Example[],
): Promise<void> {
  const evaluation = await evaluate(
    {
      labels: model.manifest.labels,
      predict: (note) => model.predict(note),
      explain: (note, label) => model.explain(note, label),
    },
    examples.map((example) => ({ ...example, rationale: '' })),
  );
  console.log(`${title}: ${evaluation.n} notes`);
  for (const name of MEASURES) console.log(`  ${name.padEnd(16)}${shown(evaluation, name)}`);
}

function shown(evaluation: Evaluation, name: keyof Evaluation['intervals']): string {
  const interval = evaluation.intervals[name];
  const range = interval === null ? '' : ` (95 %: ${interval.low.toFixed(3)} to ${interval.high.toFixed(3)})`;
  return `${evaluation[name]?.toFixed(3) ?? 'undefined'}${range}`;
}
