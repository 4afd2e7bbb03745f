import { basename, dirname, join, resolve } from 'node:path';
import { readEvaluation } from '../evaluation/index.ts';
import type { Report } from './render-report.ts';
import { readTrainingLog } from './training-log.ts';

/** The files that a report is made from. */
export interface ReportFiles {
  readonly evaluations: readonly string[];
  readonly trainingLogs?: readonly string[];
}

/**
 * Reads what a report is made from, in the order given.
 *
 * @throws UserError for a file that is missing or is not what it should be.
 */
export async function readReport({ evaluations, trainingLogs = [] }: ReportFiles): Promise<Report> {
  return {
    evaluations: await Promise.all(evaluations.map(readEvaluation)),
    trainingLogs: await Promise.all(trainingLogs.map((file) => readTrainingLog(file, logName(file)))),
  };
}

/** A run's log is always called `log.jsonl`: its folder tells it from another's. */
function logName(file: string): string {
  const path = resolve(file);
  return basename(path) === 'log.jsonl' ? join(basename(dirname(path)), basename(path)) : basename(path);
}
