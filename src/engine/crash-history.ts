const minute = 60_000;
const crashesPerRequest = 3;
const crashesInARow = 5;

/**
 * Remembers which requests the engine's process did not survive, so that restarts come to an end: a request is refused
 * after three such ends within a minute, and every request for a minute after five ends in a row without an answer.
 */
export class CrashHistory {
  /** Times of the last minute's crashes by request, in milliseconds. */
  readonly #crashes = new Map<string, number[]>();
  #inARow = 0;
  #last = Number.NEGATIVE_INFINITY;

  /** @param request a name that is the same when the request is made again. */
  crashed(request: string, now: number): void {
    this.#forgetBefore(now - minute);
    this.#crashes.set(request, [...(this.#crashes.get(request) ?? []), now]);
    this.#inARow++;
    this.#last = now;
  }

  /** A note was answered for. */
  answered(): void {
    this.#inARow = 0;
  }

  /** Why no request can be tried now, as a sentence; undefined when they can. */
  refusal(now: number): string | undefined {
    if (this.#inARow < crashesInARow || now - this.#last >= minute) return undefined;
    return (
      `The model's process ended ${this.#inARow} times in a row, so it is left alone for a minute; ` +
      'see the log, or choose another model or device.'
    );
  }

  /** Why this request cannot be tried now, as a sentence; undefined when it can. */
  refusalOf(request: string, now: number): string | undefined {
    this.#forgetBefore(now - minute);
    const count = this.#crashes.get(request)?.length ?? 0;
    if (count < crashesPerRequest) return this.refusal(now);
    return (
      `The model's process ended ${count} times within a minute on this very request, ` +
      'so it is not tried again for now; see the log.'
    );
  }

  #forgetBefore(time: number): void {
    for (const [request, times] of this.#crashes) {
      const recent = times.filter((at) => at > time);
      if (recent.length === 0) this.#crashes.delete(request);
      else this.#crashes.set(request, recent);
    }
  }
}
