const ticksPerLimit = 10;

/**
 * Notices when awaited signs of life stay away for too long. Time is counted in ticks of this process: while it is
 * blocked, or the machine asleep, at most one tick passes, so neither is taken for silence of the other side.
 */
export class HangWatch {
  readonly #tickMilliseconds: number;
  readonly #onHang: () => void;
  #timer: NodeJS.Timeout | undefined;
  #silentTicks = 0;

  /** @param onHang called once, when no sign has come for the limit, to within a tenth of it. */
  constructor(limitMilliseconds: number, onHang: () => void) {
    this.#tickMilliseconds = limitMilliseconds / ticksPerLimit;
    this.#onHang = onHang;
  }

  /** Begins to wait for signs. */
  start(): void {
    this.stop();
    this.#silentTicks = 0;
    this.#timer = setInterval(() => {
      if (++this.#silentTicks < ticksPerLimit) return;
      this.stop();
      this.#onHang();
    }, this.#tickMilliseconds);
    this.#timer.unref();
  }

  sign(): void {
    this.#silentTicks = 0;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
