/** `visible` is the note on screen, which a person waits for; `batch` is one of many. */
export type Priority = 'visible' | 'batch';

/** `first` is what the other requests need: an opened model. */
export type Urgency = 'first' | Priority;

/**
 * Requests in the order in which they are served: first those that others need, then visible notes, both in the order
 * of their coming; then batches, which take turns, so that a short batch need not wait for the whole of a long one.
 */
export class FairQueue<T> {
  readonly #first: T[] = [];
  readonly #visible: T[] = [];
  /** Batches by name; the one whose turn it is comes first. None is empty. */
  readonly #batches = new Map<string, T[]>();

  push(item: T, urgency: Urgency, batch: string): void {
    if (urgency === 'first') this.#first.push(item);
    else if (urgency === 'visible') this.#visible.push(item);
    else {
      const items = this.#batches.get(batch);
      if (items === undefined) this.#batches.set(batch, [item]);
      else items.push(item);
    }
  }

  /** Removes and gives the next item. */
  take(): T | undefined {
    const urgent = this.#first.shift() ?? this.#visible.shift();
    if (urgent !== undefined) return urgent;
    for (const [batch, items] of this.#batches) {
      const item = items.shift();
      this.#batches.delete(batch);
      if (items.length > 0) this.#batches.set(batch, items);
      return item;
    }
    return undefined;
  }

  /** Removes an item, if it is there. */
  remove(item: T): void {
    for (const items of [this.#first, this.#visible, ...this.#batches.values()]) {
      const at = items.indexOf(item);
      if (at >= 0) items.splice(at, 1);
    }
    for (const [batch, items] of this.#batches) if (items.length === 0) this.#batches.delete(batch);
  }

  /** Removes all items. */
  clear(): T[] {
    const items = this.inOrder();
    this.#first.length = 0;
    this.#visible.length = 0;
    this.#batches.clear();
    return items;
  }

  /** The items in the order in which they would be taken now. */
  inOrder(): T[] {
    const items = [...this.#first, ...this.#visible];
    const batches = [...this.#batches.values()];
    const rounds = Math.max(0, ...batches.map(({ length }) => length));
    for (let round = 0; round < rounds; round++) {
      for (const batch of batches) items.push(...batch.slice(round, round + 1));
    }
    return items;
  }
}
