/**
 * Why a request got no answer: the process ended, or was stopped because it gave no sign; the caller cancelled it; or
 * something that the user can put right.
 */
export type EngineErrorReason = 'crashed' | 'hung' | 'cancelled' | 'user';

/** A request without an answer. Its message is one sentence for the reviewer, and never holds the text of a note. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly reason: EngineErrorReason;
  /** Whether the same request may well succeed if it is made again at once. */
  readonly retryable: boolean;

  constructor(reason: EngineErrorReason, message: string, retryable = reason !== 'user') {
    super(message);
    this.reason = reason;
    this.retryable = retryable;
  }

  static is(error: unknown): error is EngineError {
    return error instanceof EngineError;
  }
}
