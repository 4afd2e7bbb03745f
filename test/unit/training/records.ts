import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LogRecord } from '../../../src/training/index.ts';

/** The log of a run, without what no two runs have in common: how long a step took. */
export async function recordsOf(run: string): Promise<Record<string, unknown>[]> {
  const text = await readFile(join(run, 'log.jsonl'), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const { seconds: _, ...record } = JSON.parse(line);
      return record;
    });
}

export type StepRecord = Extract<LogRecord, { kind: 'step' }>;

export const stepsOf = (records: readonly LogRecord[], stage: string): StepRecord[] =>
  records.filter((record): record is StepRecord => record.kind === 'step' && record.stage === stage);

/** The bytes of a written model's weights. */
export const weightBytesOf = (model: string): Promise<Buffer> => readFile(join(model, 'model.safetensors'));
