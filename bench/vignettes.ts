/**
 * How the model reads cases that no generator wrote: 150 vignettes in the manner of textbooks (bench/vignettes/vignettes.jsonl),
 * drafted by a language model after the published CTAS guidelines, without sight of this project's knowledge, and never trained
 * on. Another, shown the notes alone, gave 149 of them the same level; no clinician has rated them yet. Labels alone, with 95 %
 * intervals; --faults lists what was misread:
 *
 *     npm run bench -- vignettes [--model FOLDER] [--faults]
 */
import { readExamples } from '../src/dataset/index.ts';
import { type Evaluation, evaluate } from '../src/evaluation/index.ts';
import { TriageModel } from '../src/triage/index.ts';

const FILE = 'bench/vignettes/vignettes.jsonl';
const named = process.argv.indexOf('--model');
const folder = (named < 0 ? undefined : process.argv[named + 1]) ?? 'models/triage-small';

const model = await TriageModel.open(folder, 'cpu');
const vignettes: { question: string; label: string; rationale: string }[] = [];
for await (const { question, label } of readExamples(FILE)) vignettes.push({ question, label, rationale: '' });
const faults: string[] = [];
const evaluation = await evaluate(
  {
    labels: model.manifest.labels,
    predict: (note) => model.predict(note),
    explain: (note, label) => model.explain(note, label),
  },
  vignettes,
);
for (const { question, label } of process.argv.includes('--faults') ? vignettes : []) {
  const { label: predicted } = await model.predict(question);
  if (predicted.text !== label) faults.push(`${label}, read as ${predicted.text}: ${question}`);
}
await model.release();

console.log(`${evaluation.n} vignettes`);
for (const name of ['accuracy', 'macroF1', 'underTriage', 'overTriage', 'quadraticKappa', 'urgentRecall'] as const) {
  console.log(`  ${name.padEnd(16)}${shown(evaluation, name)}`);
}
for (const fault of faults) console.log(fault);

function shown(evaluation: Evaluation, name: keyof Evaluation['intervals']): string {
  const interval = evaluation.intervals[name];
  const range = interval === null ? '' : ` (95 %: ${interval.low.toFixed(3)} to ${interval.high.toFixed(3)})`;
  return `${evaluation[name]?.toFixed(3) ?? 'undefined'}${range}`;
}
