/**
 * How long it takes to evaluate synthetic notes, label and rationale, with the shipped model on the CPU, and where the time goes:
 *
 *     npm run bench -- evaluation [--count N] [--model FOLDER]
 *
 * 1,000 notes are to be done within five minutes on two cores.
 */
import { availableParallelism, cpus } from 'node:os';
import { generateSynthetic } from '../src/dataset/index.ts';
import { evaluateExamples, openEncoder } from '../src/evaluation/index.ts';
import { TriageModel } from '../src/triage/index.ts';

const option = (name: string, otherwise: string) => {
  const index = process.argv.indexOf(`--${name}`);
  return index < 0 ? otherwise : (process.argv[index + 1] ?? otherwise);
};
const count = Number(option('count', '1000'));
const folder = option('model', 'models/triage-small');
const examples = [...generateSynthetic({ count, seed: 77 })];

const started = performance.now();
const processorStarted = process.cpuUsage();
const seconds: Record<string, number> = {};
async function timed<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  const begun = performance.now();
  const result = await work();
  seconds[name] = (seconds[name] ?? 0) + (performance.now() - begun) / 1000;
  return result;
}

const model = await timed('opening the model', () => TriageModel.open(folder, 'cpu'));
const encoder = await openEncoder(folder);
const { metrics } = await evaluateExamples(
  {
    labels: model.manifest.labels,
    predict: (note) => timed('labels, from the note and from both rationales', () => model.predict(note)),
    explain: (note, label) => timed('rationales', () => model.explain(note, label)),
  },
  examples,
  { encoder: { ...encoder, embed: (text) => timed('embeddings for BERTScore', () => encoder.embed(text)) } },
);
await encoder.release();
await model.release();

const wall = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(processorStarted);
const counted = Object.values(seconds).reduce((sum, value) => sum + value, 0);
console.log(`${cpus()[0]?.model ?? 'unknown CPU'}, ${availableParallelism()} cores`);
console.log(`${metrics.n} notes, ${metrics.rationales} rationales: ${wall.toFixed(1)} s, of which`);
for (const [name, value] of [...Object.entries(seconds), ['measures and intervals', wall - counted] as const]) {
  console.log(`  ${name.padEnd(48)}${value.toFixed(1).padStart(7)} s`);
}
console.log(
  `${((1000 * wall) / count).toFixed(0)} ms a note; ${((user + system) / 1e6).toFixed(1)} s of processor time; ` +
    `1,000 notes at this pace: ${((1000 * wall) / count / 60).toFixed(1)} min`,
);
