import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Random } from '../common/index.ts';
import { type Example, readExamples } from '../dataset/index.ts';
import { bootstrapInterval } from '../evaluation/index.ts';
import {
  CRITERIA,
  type Judging,
  judgeRationales,
  type LanguageModel,
  type MeanScore,
  summarizeVerdicts,
  type VerdictSummary,
} from '../language-model/index.ts';
import { parseDeviceRequest } from '../onnx/index.ts';
import { readManifest, TriageModel, triageNote } from '../triage/index.ts';
import { readArguments, required, wholeNumber } from './arguments.ts';
import { modelInUse } from './default-model.ts';
import {
  concurrencyFrom,
  languageModelFrom,
  languageModelOptions,
  languageModelUsage,
} from './language-model-arguments.ts';
import { ProgressLine } from './progress.ts';

export const judgeUsage =
  'judge --data FILE --out FILE.jsonl --endpoint URL --judge NAME [--model DIR] [--own-rationales] [--limit N] [--reasons] ' +
  `[--json] [--device auto|gpu|cpu|NAME] ${languageModelUsage}`;

/** Has a language model grade the rationales that a triage model writes for examples, or the examples' own. */
export async function judgeCommand(argv: readonly string[]): Promise<boolean> {
  const names = {
    values: ['data', 'out', 'judge', 'model', 'limit', 'device', ...languageModelOptions.values],
    flags: ['own-rationales', 'reasons', 'json', ...languageModelOptions.flags],
  } as const;
  const { values, flags } = readArguments(argv, names, judgeUsage);
  const data = required(values.data, 'data', judgeUsage);
  const out = required(values.out, 'out', judgeUsage);
  const judge = languageModelFrom(
    values,
    flags['notes-may-leave-this-machine'],
    required(values.judge, 'judge', judgeUsage),
    judgeUsage,
  );
  const limit = values.limit === undefined ? Number.POSITIVE_INFINITY : wholeNumber(values.limit, 'limit', 1);
  const folder = values.model ?? (await modelInUse());
  const labels = (await readManifest(folder)).labels.map(({ text }) => text);
  const examples = firstOf(readExamples(data, { labels }), limit);
  const writer = flags['own-rationales'] ? ownRationales : await modelRationales(folder, values.device ?? 'auto');
  const line = new ProgressLine();
  try {
    const judging = await judgeRationales(judge, examples, {
      out,
      labels,
      writer: writer.name,
      explain: writer.explain,
      concurrency: concurrencyFrom(values),
      keepReasons: flags.reasons,
      onProgress: (so) => line.show(`${so.judged} judged, ${so.unjudged} without a verdict`),
    });
    line.clear();
    const summary = summarizeVerdicts(judging.verdicts, (count, statistic) =>
      bootstrapInterval(count, statistic, new Random(1)),
    );
    console.log(flags.json ? JSON.stringify({ judge: judge.name, ...summary }) : describe(summary, judging, judge));
    return judging.unanswered === 0;
  } finally {
    line.clear();
    await writer.release();
  }
}

/** Who writes what is judged. */
interface Writer {
  readonly name: string;
  readonly explain: (example: Example) => Promise<{ label: string; rationale: string }>;
  readonly release: () => Promise<void>;
}

const ownRationales: Writer = {
  name: 'own',
  explain: async ({ label, rationale }) => ({ label, rationale }),
  release: async () => undefined,
};

/** The triage model, which predicts the label and then explains it. */
async function modelRationales(folder: string, device: string): Promise<Writer> {
  const model = await TriageModel.open(folder, parseDeviceRequest(device));
  const hash = createHash('sha256');
  await pipeline(createReadStream(join(folder, 'model.safetensors')), hash);
  return {
    name: hash.digest('hex'),
    async explain({ question }) {
      const { label, rationale } = await triageNote(model, question);
      return { label: label.text, rationale };
    },
    release: () => model.release(),
  };
}

async function* firstOf<T>(items: AsyncIterable<T>, limit: number): AsyncGenerator<T, void, undefined> {
  let count = 0;
  for await (const item of items) {
    yield item;
    if (++count >= limit) return;
  }
}

function describe(
  { judged, unjudged, criteria, overall }: VerdictSummary,
  judging: Judging,
  judge: LanguageModel,
): string {
  const row = (title: string, { mean, interval }: MeanScore) => {
    const range = interval === null ? '' : `  (95 %: ${interval.low.toFixed(2)} to ${interval.high.toFixed(2)})`;
    return `${title.padEnd(22)}${mean === null ? '  – ' : mean.toFixed(2)}${range}`;
  };
  return [
    `${judged} rationales judged by ${judge.name}, from 1 to 5; ${unjudged} without a verdict`,
    ...CRITERIA.map((criterion) => row(criterion.replaceAll('_', ' '), criteria[criterion])),
    row('overall', overall),
    ...(judging.without > 0 ? [`${judging.without} examples have no rationale to judge.`] : []),
    ...(judging.unanswered > 0 ? [`${judging.unanswered} were not answered; run this again to ask for them.`] : []),
  ].join('\n');
}
