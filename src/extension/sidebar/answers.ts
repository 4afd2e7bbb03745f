import { UserError } from '../../common/index.ts';
import { EngineError } from '../../engine/index.ts';
import { Refusal } from '../review/refusal.ts';
import type { Answer, ReplyMessage, RequestMessage, RequestName, Requests } from './messages.ts';

/** What accompanies a request. */
export interface RequestContext {
  readonly id: number;
  /** Aborted when the page does not want the answer any more. */
  readonly signal: AbortSignal;
}

/** What is done for each request of the page. */
export type RequestHandlers = {
  readonly [Name in RequestName]: (
    body: Requests[Name]['request'],
    context: RequestContext,
  ) => Promise<Requests[Name]['result']>;
};

/**
 * Does what the page asks and gives the answer: every request has one, whatever happens.
 *
 * @param failed hears of an error that is nobody's mistake but ours.
 */
export async function answerRequest(
  handlers: RequestHandlers,
  { id, name, body }: RequestMessage,
  signal: AbortSignal,
  failed: (error: unknown) => void,
): Promise<ReplyMessage> {
  // The handler's parameter and the body belong to the same name, which the type of a table cannot say.
  const handler = handlers[name] as (body: unknown, context: RequestContext) => Promise<unknown>;
  const answer = await handler(body, { id, signal }).then(
    (ok): Answer<unknown> => ({ ok }),
    (error): Answer<unknown> => refusalOf(error, failed),
  );
  return { type: 'reply', id, name, answer } as ReplyMessage;
}

function refusalOf(error: unknown, failed: (error: unknown) => void): Answer<never> {
  if (Refusal.is(error)) return { error: error.message, reason: error.reason };
  if (UserError.is(error)) return { error: error.message, reason: 'other' };
  if (EngineError.is(error)) {
    return { error: error.message, reason: error.reason === 'cancelled' ? 'cancelled' : 'other' };
  }
  failed(error);
  return { error: 'That did not work, for a reason that the log tells; nothing was saved.', reason: 'other' };
}
