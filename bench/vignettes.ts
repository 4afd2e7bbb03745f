/**
 * How the model reads cases that no generator wrote: 150 vignettes in the manner of textbooks (bench/vignettes/vignettes.jsonl),
 * drafted by a language model after the published CTAS guidelines, without sight of this project's knowledge, and never trained
 * on. Another, shown the notes alone, gave 149 of them the same level; no clinician has rated them yet. Labels with 95 % intervals;
 * --faults lists what was misread; --rationales counts the rationales that break off or repeat themselves:
 *
 *     npm run bench -- vignettes [--model FOLDER] [--faults] [--rationales]
 */
import { type Example, readExamples } from '../src/dataset/index.ts';
import { TriageModel } from '../src/triage/index.ts';
import { printLabelFigures } from './labels/label-figures.ts';

const FILE = 'bench/vignettes/vignettes.jsonl';
const named = process.argv.indexOf('--model');
const folder = (named < 0 ? undefined : process.argv[named + 1]) ?? 'models/triage-small';

const vignettes: Example[] = [];
for await (const vignette of readExamples(FILE)) vignettes.push(vignette);
const model = await TriageModel.open(folder, 'cpu');
await printLabelFigures('Vignettes', model, vignettes);
if (process.argv.includes('--faults')) {
  for (const { question, label } of vignettes) {
    const { label: predicted } = await model.predict(question);
    if (predicted.text !== label) console.log(`${label}, read as ${predicted.text}: ${question}`);
  }
}
if (process.argv.includes('--rationales')) {
  const broken: string[] = [];
  const repeated: string[] = [];
  for (const { question } of vignettes) {
    const rationale = await model.explain(question, (await model.predict(question)).label);
    const sentences = rationale.split(/(?<=\.)\s+/);
    if (!rationale.endsWith('.')) broken.push(rationale);
    if (new Set(sentences).size < sentences.length || /(\b\w+\b)(?: \1\b){2}/.test(rationale)) repeated.push(rationale);
  }
  console.log(`rationales that break off in a sentence ${broken.length}, that say the same again ${repeated.length}`);
}
await model.release();
