import type { RetrainingProgress, RunFolder } from './run-folder.ts';

/** How often other processes see something new, in milliseconds. */
const interval = 1000;

/** Tells how far a retraining is: this process at once, and others by a file in its folder. */
export class ProgressReport {
  readonly #run: RunFolder;
  readonly #onProgress: ((progress: RetrainingProgress) => void) | undefined;
  #writing: Promise<void> = Promise.resolve();
  #last = Number.NEGATIVE_INFINITY;

  constructor(run: RunFolder, onProgress: ((progress: RetrainingProgress) => void) | undefined) {
    this.#run = run;
    this.#onProgress = onProgress;
  }

  show(phase: string, done: number, total: number, loss: number | null): void {
    const now = new Date();
    const progress = { phase, done, total, loss, updatedAt: now.toISOString(), processId: process.pid };
    this.#onProgress?.(progress);
    if (now.getTime() - this.#last < interval && done < total) return;
    this.#last = now.getTime();
    // Nothing depends on this file: where it cannot be written, what is being done is not disturbed.
    this.#writing = this.#writing.then(() => this.#run.writeProgress(progress)).catch(() => undefined);
  }

  /** Waits until nothing more is being written. */
  async settle(): Promise<void> {
    await this.#writing;
  }
}
