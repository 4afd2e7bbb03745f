import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { errorCode, UserError } from '../common/index.ts';

const maybe = v.optional(v.nullable(v.number()), null);

const recordSchema = v.variant('kind', [
  v.object({
    kind: v.literal('step'),
    stage: v.string(),
    step: v.number(),
    loss: v.number(),
    predictLoss: maybe,
    explainLoss: maybe,
    learningRate: v.number(),
    predictWeight: v.number(),
    samplingRate: v.number(),
  }),
  v.object({
    kind: v.literal('evaluation'),
    stage: v.string(),
    step: v.number(),
    metrics: v.record(v.string(), v.number()),
    best: v.boolean(),
  }),
]);

/** What a report draws of one line of a run's log. Steps count from 1 within their stage. */
export type TrainingRecord = v.InferOutput<typeof recordSchema>;

/** The log of one run, in the order of its steps. */
export interface TrainingLog {
  readonly name: string;
  readonly records: readonly TrainingRecord[];
}

/**
 * Reads the log of a run. Lines of kinds that this program does not know are left out, and so is a last line that is cut off, as
 * a run that was killed leaves it.
 *
 * @throws UserError when the file is missing, is no log, or holds no step.
 */
export async function readTrainingLog(file: string, name: string): Promise<TrainingLog> {
  const lines = (await readText(file)).split('\n');
  const records = lines.flatMap((line, index) => {
    if (line.trim() === '') return [];
    const value = parse(line);
    if (value === undefined && index === lines.length - 1) return [];
    if (isOfUnknownKind(value)) return [];
    const result = v.safeParse(recordSchema, value);
    if (!result.success) {
      throw new UserError(`${file}, line ${index + 1}: is not a record of a training log; give a run's log.jsonl.`);
    }
    return [result.output];
  });
  if (records.length === 0) throw new UserError(`${file}: holds no step of a training; give a run's log.jsonl.`);
  return { name, records };
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    switch (errorCode(error)) {
      case 'ENOENT':
      case 'ENOTDIR':
        throw new UserError(`${file}: there is no such training log; check its name and folder.`);
      case 'EISDIR':
        throw new UserError(`${file}: this is a folder; name the log.jsonl in it.`);
      case 'EACCES':
        throw new UserError(`${file}: cannot be read; check its permissions.`);
      default:
        throw error;
    }
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isOfUnknownKind(value: unknown): boolean {
  const kinded = v.safeParse(v.object({ kind: v.string(), stage: v.string(), step: v.number() }), value);
  return kinded.success && kinded.output.kind !== 'step' && kinded.output.kind !== 'evaluation';
}
