export interface Disposable {
  dispose(): void;
}

/** Those who want to be told of one kind of event. */
export class Listeners<T> {
  readonly #listeners = new Set<(value: T) => void>();

  add(listener: (value: T) => void): Disposable {
    // Wrapped, so that the same function can be added twice.
    const entry = (value: T) => listener(value);
    this.#listeners.add(entry);
    return { dispose: () => void this.#listeners.delete(entry) };
  }

  tell(value: T): void {
    for (const listener of [...this.#listeners]) callSafely(listener, value);
  }
}

/** Calls a listener; what it throws becomes an uncaught error, and the caller's work goes on. */
export function callSafely<T>(listener: (value: T) => void, value: T): void {
  try {
    listener(value);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
