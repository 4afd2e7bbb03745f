import { UserError } from '../common/index.ts';
import { NoAnswer } from './language-model.ts';

/** So many questions in a row without an answer are no longer the fault of the questions. */
const mostInARow = 8;

/** Lets single questions go unanswered, and ends the work when none is answered any more. */
export class FailureWatch {
  readonly #name: string;
  #inARow = 0;

  /** @param name of who is asked. */
  constructor(name: string) {
    this.#name = name;
  }

  /**
   * @returns what the work gives, or null where this one question was not answered.
   * @throws UserError when too many in a row were not; and whatever else the work throws.
   */
  async watch<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      const result = await work();
      this.#inARow = 0;
      return result;
    } catch (error) {
      if (!NoAnswer.is(error)) throw error;
      if (++this.#inARow < mostInARow) return null;
      throw new UserError(
        `${this.#name} left ${mostInARow} questions in a row unanswered: the last time it ${error.message}; mend that, then run this again to go on.`,
      );
    }
  }
}
