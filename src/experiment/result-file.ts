import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { errorCode, UserError, writeFileAtomically } from '../common/index.ts';
import type { Evaluation } from '../evaluation/index.ts';
import type { Experiment, PlannedRun } from './configuration.ts';

const resultSchema = v.object({
  variant: v.string(),
  seed: v.number(),
  /** The run's settings, hashed: a result of other settings is none of this run. */
  identity: v.string(),
  /** The hash of its training and validation examples: synthetic ones may change with the program. */
  data: v.string(),
  /** Whether the model has learnt to write rationales. */
  explains: v.boolean(),
  /** Steps of both stages, and the seconds that they took in all sittings, evaluations left out. */
  steps: v.number(),
  seconds: v.number(),
  tests: v.record(
    v.string(),
    v.object({
      identity: v.string(),
      seconds: v.number(),
      evaluation: v.custom<Evaluation>((value) => typeof value === 'object' && value !== null),
    }),
  ),
});

/** What one run came to: its training, and its evaluation on each test that it has been asked so far. */
export type RunResult = v.InferOutput<typeof resultSchema>;

/**
 * The result of a run, or undefined before its training is done.
 *
 * @throws UserError when it is of other settings, or damaged.
 */
export async function readResult({ resultFile: path, identity }: PlannedRun): Promise<RunResult | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return undefined;
    throw error;
  }
  const parsed = v.safeParse(resultSchema, asJson(text));
  if (!parsed.success) throw new UserError(`${path}: this result is damaged; remove it and its run, and run it again.`);
  if (parsed.output.identity !== identity) {
    throw new UserError(
      `${path}: this run was made with other settings; remove it and its run, or name other folders for the experiment.`,
    );
  }
  return parsed.output;
}

export async function writeResult({ resultFile }: PlannedRun, result: RunResult): Promise<void> {
  await mkdir(dirname(resultFile), { recursive: true });
  await writeFileAtomically(resultFile, (file) => file.writeFile(`${JSON.stringify(result)}\n`));
}

/**
 * The results of all runs whose training is done, each with the tests that it has been asked as they stand now.
 *
 * @throws UserError as `readResult` does.
 */
export async function readResults({ runs, tests }: Experiment): Promise<RunResult[]> {
  const results: RunResult[] = [];
  for (const run of runs) {
    const result = await readResult(run);
    if (result === undefined) continue;
    const current = tests.flatMap(({ name, identity }) => {
      const asked = result.tests[name];
      return asked?.identity === identity ? [[name, asked] as const] : [];
    });
    results.push({ ...result, tests: Object.fromEntries(current) });
  }
  return results;
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
