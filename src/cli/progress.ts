/** A line that is written over in place on a terminal, and once in a while elsewhere. Goes to standard error. */
export class ProgressLine {
  readonly #stream = process.stderr;
  #last = 0;
  #open = false;

  /** Shows a line; called as often as there is something new. */
  show(text: string): void {
    const now = performance.now();
    const pause = this.#stream.isTTY ? 100 : 10_000;
    if (now - this.#last < pause) return;
    this.#last = now;
    if (this.#stream.isTTY) {
      this.#stream.write(`\r\u001b[2K${text.slice(0, this.#stream.columns - 1)}`);
      this.#open = true;
    } else this.#stream.write(`${text}\n`);
  }

  /** Writes a line that stays. */
  keep(text: string): void {
    this.clear();
    this.#stream.write(`${text}\n`);
  }

  clear(): void {
    if (this.#open) this.#stream.write('\r\u001b[2K');
    this.#open = false;
  }
}

/** Seconds as a person says them: `40 s`, `12 min`, `1 h 5 min`. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** The time that remains when `done` of `total` took `seconds`. */
export function timeLeft(done: number, total: number, seconds: number): string {
  return done === 0 ? '' : `${duration((seconds / done) * (total - done))} left`;
}
