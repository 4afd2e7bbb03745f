import type { RefusalReason } from '../sidebar/messages.ts';

/** Something the reviewer asked for that is not done; the message is one sentence for them. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, message: string) {
    super(message);
    this.reason = reason;
  }

  static is(error: unknown): error is Refusal {
    return error instanceof Refusal;
  }
}

export const noteMoved = () =>
  new Refusal('other', 'The note on screen changed at that moment, so nothing was decided; look again and repeat it.');

export const noteChanged = () =>
  new Refusal('stale', 'The note has changed since it was triaged, so nothing was decided; triage it again.');
