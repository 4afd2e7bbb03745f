/** What is registered and can be taken back. */
export interface Registration {
  dispose(): void;
}

/** Those who hear of an event, for parts that do without the editor's own emitter. */
export class Listeners<Event> {
  readonly #listeners = new Set<(event: Event) => void>();

  add(listener: (event: Event) => void): Registration {
    // A wrapper of its own, so that one function added twice is two registrations.
    const registered = (event: Event) => listener(event);
    this.#listeners.add(registered);
    return { dispose: () => void this.#listeners.delete(registered) };
  }

  fire(event: Event): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
}
