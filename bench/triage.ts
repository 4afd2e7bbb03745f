// One note to its label and a rationale of 64 tokens with the shipped model, on the CPU:
//   npm run bench -- triage [ROUNDS]
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { generateGreedy, openModelFolder, scoreTargets, Tokenizer } from '../src/t5/index.ts';
import { fillPrompt, readManifest } from '../src/triage/index.ts';

const [rounds = '20'] = process.argv.slice(2);
const rationaleTokens = 64;
const folder = join(import.meta.dirname, '..', 'models', 'triage-small');
// Many findings, so that the rationale has more than 64 tokens.
const note =
  '71yo M by ambulance, chest pain for 2 hours, radiating to the left arm, sweaty, short of breath, no fever, no cough. ' +
  'PMH hypertension, diabetes. GCS 15, BP 92/58, HR 118, RR 26, SpO2 91%, T 36.4, pain 8/10. Oxygen given by the crew.';

const loading = performance.now();
const { labels, prompts } = await readManifest(folder);
const tokenizer = await Tokenizer.load(folder);
const runner = await openModelFolder(folder, 'cpu');
const loaded = performance.now() - loading;
const targets = labels.map(({ text }) => tokenizer.encodeIds(text));
const predictPrompt = tokenizer.encodeIds(fillPrompt(prompts.predict, note));

const times: { predict: number; explain: number; tokens: number }[] = [];
for (let round = 0; round < Number(rounds); round++) {
  const start = performance.now();
  const scores = await scoreTargets(runner, await runner.encode([predictPrompt]), targets);
  const predicted = performance.now();
  const label = labels[scores.indexOf(Math.max(...scores))]?.text ?? '';
  const prompt = tokenizer.encodeIds(fillPrompt(prompts.explain, note, label));
  const [rationale = []] = await generateGreedy(runner, await runner.encode([prompt]), {
    maxNewTokens: rationaleTokens,
  });
  times.push({ predict: predicted - start, explain: performance.now() - predicted, tokens: rationale.length });
}
const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const slowest = Math.max(...times.map(({ predict, explain }) => predict + explain));
const predict = median(times.map((time) => time.predict));
const explain = median(times.map((time) => time.explain));
console.log(`${cpus()[0]?.model ?? 'unknown CPU'}, ${availableParallelism()} cores; ${rounds} rounds`);
console.log(
  `opened in ${loaded.toFixed(0)} ms; ${predictPrompt.length} tokens in: label ${predict.toFixed(1)} ms, ` +
    `rationale of ${times[0]?.tokens} tokens ${explain.toFixed(1)} ms, together ${(predict + explain).toFixed(1)} ms ` +
    `(slowest round ${slowest.toFixed(1)} ms)`,
);
