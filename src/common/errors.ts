/**
 * An error whose message is written for the person at the keyboard: one sentence that says what is wrong and what to do.
 * The command line prints it as one line and leaves with exit code 2. It never holds the text of a note.
 */
export class UserError extends Error {
  override readonly name = 'UserError';

  static is(error: unknown): error is UserError {
    return error instanceof UserError;
  }
}
