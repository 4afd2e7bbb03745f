import type { DocumentTarget } from './note-documents.ts';

/** A decision that was made in this window. */
export interface MadeDecision {
  readonly target: DocumentTarget;
  readonly sequence: number;
}

/** The decisions of this window that stand, in the order in which they were made: what can be undone. */
export class DecisionLog {
  readonly #made: MadeDecision[] = [];

  get last(): MadeDecision | undefined {
    return this.#made.at(-1);
  }

  add(decision: MadeDecision): void {
    this.#made.push(decision);
  }

  remove(sequence: number): void {
    const index = this.#made.findIndex((made) => made.sequence === sequence);
    if (index >= 0) this.#made.splice(index, 1);
  }
}
