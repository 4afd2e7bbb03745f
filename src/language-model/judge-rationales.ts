import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import { UserError } from '../common/index.ts';
import type { Example } from '../dataset/index.ts';
import { forEachConcurrently } from './concurrently.ts';
import { FailureWatch } from './failure-watch.ts';
import { judgeRationale } from './judge.ts';
import type { LanguageModel } from './language-model.ts';
import { RUBRIC_VERSION } from './rubric.ts';
import { reasonsOf, scoresOf } from './verdict.ts';
import { openVerdicts, type VerdictRecord } from './verdict-log.ts';

export interface JudgingOptions {
  /** The file that verdicts are added to, `.jsonl`. */
  readonly out: string;
  /** Every label, the most urgent first. */
  readonly labels: readonly string[];
  /** Names who wrote the rationales, such as a model's fingerprint: another writer's are other questions. */
  readonly writer: string;
  /** The label and the rationale that are judged. Called for one example at a time; null where there is nothing to judge. */
  readonly explain: (example: Example) => Promise<{ label: string; rationale: string } | null>;
  /** Questions under way at once. */
  readonly concurrency?: number;
  /** Whether the judge's reasons are written too. They may quote the note. */
  readonly keepReasons?: boolean;
  readonly onProgress?: (report: JudgingReport) => void;
  readonly signal?: AbortSignal;
}

/** What has been done so far; every example counts once. */
export interface JudgingReport {
  /** Given a verdict by this run. */
  judged: number;
  /** Answered twice with something else than a verdict, by this run. */
  unjudged: number;
  /** Done by an earlier run, or the same note once more. */
  alreadyDone: number;
  /** Examples without a rationale to judge. */
  without: number;
  /** Not answered this time; the next run asks again. */
  unanswered: number;
}

export interface Judging extends JudgingReport {
  /** The verdicts on these examples, earlier runs' included. */
  readonly verdicts: readonly VerdictRecord[];
}

interface Question {
  readonly key: string;
  readonly example: Example;
  readonly label: string;
  readonly rationale: string;
}

const defaultConcurrency = 4;

/**
 * Has a language model grade the rationales of examples. What is done is never asked for again, whatever interrupts the work.
 *
 * @throws UserError where the judge cannot be asked any more, or the file is another's; what is done stays done.
 */
export async function judgeRationales(
  judge: LanguageModel,
  examples: AsyncIterable<Example>,
  options: JudgingOptions,
): Promise<Judging> {
  const { out, labels, writer, signal, concurrency = defaultConcurrency } = options;
  if (extname(out).toLowerCase() !== '.jsonl') throw new UserError(`${out}: verdicts need a name that ends in .jsonl.`);
  const log = await openVerdicts(out, judge.name);
  const report: JudgingReport = { judged: 0, unjudged: 0, alreadyDone: 0, without: 0, unanswered: 0 };
  const failures = new FailureWatch(judge.name);
  const asked = new Set<string>();

  async function* questions(): AsyncGenerator<Question, void, undefined> {
    for await (const example of examples) {
      signal?.throwIfAborted();
      const key = questionKey(judge.name, writer, example);
      if (log.has(key) || asked.has(key)) report.alreadyDone++;
      else {
        const explained = await options.explain(example);
        if (explained === null || explained.rationale.trim() === '') report.without++;
        else yield { key, example, ...explained };
      }
      asked.add(key);
    }
    options.onProgress?.(report);
  }

  async function ask({ key, example, label, rationale }: Question): Promise<void> {
    const answer = await failures.watch(async () => ({
      verdict: await judgeRationale(judge, { note: example.question, label, rationale }, labels, signal),
    }));
    if (answer === null) report.unanswered++;
    else {
      const { verdict } = answer;
      await log.append({
        key,
        id: example.id ?? null,
        judge: judge.name,
        rubric: RUBRIC_VERSION,
        label,
        scores: verdict === null ? null : scoresOf(verdict),
        ...(options.keepReasons === true && verdict !== null ? { reasons: reasonsOf(verdict) } : {}),
      });
      report[verdict === null ? 'unjudged' : 'judged']++;
    }
    options.onProgress?.(report);
  }

  try {
    await forEachConcurrently(questions(), concurrency, ask);
    return { ...report, verdicts: log.records.filter(({ key }) => asked.has(key)) };
  } finally {
    await log.close();
  }
}

function questionKey(judge: string, writer: string, { question, label, rationale }: Example): string {
  return createHash('sha256')
    .update(JSON.stringify([judge, RUBRIC_VERSION, writer, question, label, rationale]))
    .digest('hex');
}
