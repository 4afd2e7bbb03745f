import { UserError } from '../common/index.ts';
import type { LogRecord } from '../training/index.ts';

/** Steps whose mean loss is compared. */
const window = 10;
/** The loss has exploded when its mean over a window is so many times that of the stage's first, … */
const factor = 3;
/** … and so many nats more: a loss near nothing may triple without harm. */
const leastRise = 1;

const tasks = ['predictLoss', 'explainLoss'] as const;

/**
 * Notices that training diverges. The loss of each task is watched by itself, for their weights move. Training itself stops where
 * a loss is no longer a finite number.
 */
export class DivergenceWatch {
  #stage = '';
  readonly #losses = new Map<(typeof tasks)[number], number[]>();

  /** @throws UserError when a loss has exploded. */
  note(record: LogRecord): void {
    if (record.kind !== 'step') return;
    if (record.stage !== this.#stage) {
      this.#stage = record.stage;
      this.#losses.clear();
    }
    for (const task of tasks) {
      const loss = record[task];
      if (loss === null) continue;
      const losses = [...(this.#losses.get(task) ?? []), loss];
      this.#losses.set(task, losses);
      const [before, after] = [mean(losses.slice(0, window)), mean(losses.slice(-window))];
      if (losses.length < 2 * window || after < factor * before || after < before + leastRise) continue;
      throw new UserError(
        `The candidate diverges: its loss rose from ${before.toFixed(2)} to ${after.toFixed(2)} by step ${record.step} of ` +
          `${record.stage}, so training was stopped and nothing was promoted; discard it and retrain with a lower learning rate.`,
      );
    }
  }
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
