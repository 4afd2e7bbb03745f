import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asWriteError, errorCode, writeFileAtomically } from '../common/index.ts';
import type { Progress } from './checkpoint.ts';

/** One line of a run's log. Steps count from 1 within their stage. */
export type LogRecord =
  | {
      readonly kind: 'step';
      readonly stage: Progress['stage'];
      readonly step: number;
      readonly loss: number;
      /** The mean token loss of each task in the batch; null where the batch had none. */
      readonly predictLoss: number | null;
      readonly explainLoss: number | null;
      readonly gradientNorm: number;
      readonly learningRate: number;
      /** α and π of the method. */
      readonly predictWeight: number;
      readonly samplingRate: number;
      readonly ownLabels: number;
      /** Of Reason2Decide-C: the mean token loss of the cycle, τ, and the batch's mean confidence in its own labels. */
      readonly cycleLoss?: number;
      readonly threshold?: number | null;
      readonly confidence?: number | null;
      readonly seconds: number;
    }
  | {
      readonly kind: 'evaluation';
      readonly stage: Progress['stage'];
      readonly step: number;
      readonly metrics: Readonly<Record<string, number>>;
      readonly best: boolean;
    };

/** The JSONL log of a run: one record a line, in the order of the steps. */
export class RunLog {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  async append(record: LogRecord): Promise<void> {
    try {
      await appendFile(this.#path, `${JSON.stringify(record)}\n`);
    } catch (error) {
      throw asWriteError(this.#path, error);
    }
  }

  /** Keeps only what a predicate accepts: a run that resumes will write the rest again. */
  async keep(accept: (record: LogRecord) => boolean): Promise<void> {
    const kept = (await this.read()).filter(accept);
    await writeFileAtomically(this.#path, (file) => file.writeFile(kept.map((r) => `${JSON.stringify(r)}\n`).join('')));
  }

  /** All records so far; none before the run began. */
  async read(): Promise<LogRecord[]> {
    let text: string;
    try {
      text = await readFile(this.#path, 'utf8');
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return [];
      throw error;
    }
    const records: LogRecord[] = [];
    for (const line of text.split('\n')) {
      try {
        if (line !== '') records.push(JSON.parse(line));
      } catch {
        // The last line of a run that was killed may be cut off; its step is run again.
      }
    }
    return records;
  }
}

/** The log of the run in a folder. */
export const readRunLog = (run: string): Promise<LogRecord[]> => openRunLog(run).read();

export const openRunLog = (run: string): RunLog => new RunLog(join(run, 'log.jsonl'));
