import {
  CancellationTokenSource,
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageConnection,
  NullLogger,
  ProgressType,
  ResponseError,
} from 'vscode-jsonrpc/node';
import { UserError } from '../common/index.ts';
import { EngineError } from './engine-error.ts';
import type {
  CallOptions,
  EngineNotices,
  EngineService,
  Method,
  ParametersOf,
  ProgressOf,
  ResultOf,
} from './protocol.ts';

/** A request as it travels: `token` names it in the progress told about it. */
interface Envelope<M extends Method> {
  readonly token: number;
  readonly parameters: ParametersOf<M>;
}

/** The refusals that travel as answers; every other failure ends the process. */
interface Refusal {
  readonly reason: 'user' | 'cancelled';
}

const refusalCode = 1;
const cancelledMessage = 'The request was cancelled.';
const progressType = new ProgressType<unknown>();

/** Opens the channel between the engine's process and its parent. Neither side logs messages: they hold notes. */
export function connect(channel: ConstructorParameters<typeof IPCMessageReader>[0]): MessageConnection {
  return createMessageConnection(new IPCMessageReader(channel), new IPCMessageWriter(channel), NullLogger);
}

let lastToken = 0;

/**
 * Asks the engine. An aborted signal is passed on, and the engine's answer is still waited for.
 *
 * @throws EngineError when the engine refuses.
 */
export async function sendRequest<M extends Method>(
  connection: MessageConnection,
  method: M,
  parameters: ParametersOf<M>,
  { signal, onProgress }: CallOptions<M> = {},
): Promise<ResultOf<M>> {
  if (signal?.aborted === true) throw new EngineError('cancelled', cancelledMessage);
  const envelope: Envelope<M> = { token: ++lastToken, parameters };
  const cancellation = new CancellationTokenSource();
  const cancel = () => cancellation.cancel();
  signal?.addEventListener('abort', cancel);
  const listening = connection.onProgress(progressType, envelope.token, (value) => {
    if (signal?.aborted !== true) onProgress?.(value as ProgressOf<M>);
  });
  try {
    return await connection.sendRequest<ResultOf<M>>(method, envelope, cancellation.token);
  } catch (error) {
    if (isRefusal(error)) throw new EngineError(error.data.reason, error.message);
    throw error;
  } finally {
    listening.dispose();
    signal?.removeEventListener('abort', cancel);
    cancellation.dispose();
  }
}

/**
 * Answers requests with the service's results and refusals.
 *
 * @param onFault called with any failure that is neither; the request stays without an answer.
 */
export function answerRequests(
  connection: MessageConnection,
  service: EngineService,
  onFault: (error: unknown) => void,
): void {
  const answer = <M extends Method>(method: M) => {
    connection.onRequest<unknown, Refusal>(
      method,
      async ({ token, parameters }: Envelope<M>, cancelled: CancellationTokenSource['token']) => {
        const stop = new AbortController();
        if (cancelled.isCancellationRequested) stop.abort();
        const listening = cancelled.onCancellationRequested(() => stop.abort());
        try {
          return await service[method](parameters, {
            signal: stop.signal,
            // It fails when the other side has gone, and then this one goes too.
            progress: (value) => void connection.sendProgress(progressType, token, value).catch(() => undefined),
          });
        } catch (error) {
          if (stop.signal.aborted && error === stop.signal.reason) return refusal('cancelled', cancelledMessage);
          if (UserError.is(error)) return refusal('user', error.message);
          onFault(error);
          return await new Promise(() => undefined);
        } finally {
          listening.dispose();
        }
      },
    );
  };
  answer('openModel');
  answer('triage');
  answer('explain');
}

/** Tells the other side something that it did not ask for. */
export function sendNotice<N extends keyof EngineNotices>(
  connection: MessageConnection,
  notice: N,
  value: EngineNotices[N],
): void {
  void connection.sendNotification(notice, value).catch(() => undefined);
}

export function onNotice<N extends keyof EngineNotices>(
  connection: MessageConnection,
  notice: N,
  listener: (value: EngineNotices[N]) => void,
): void {
  connection.onNotification(notice, listener);
}

const refusal = (reason: Refusal['reason'], message: string) =>
  new ResponseError<Refusal>(refusalCode, message, { reason });

function isRefusal(error: unknown): error is ResponseError<Refusal> & { readonly data: Refusal } {
  return error instanceof ResponseError && error.code === refusalCode;
}
