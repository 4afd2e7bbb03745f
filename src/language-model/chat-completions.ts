import { setTimeout as pause } from 'node:timers/promises';
import { UserError } from '../common/index.ts';
import type { ChatAddress } from './address.ts';
import { type Attempt, readAnswer, refusal } from './chat-response.ts';
import { type CompletionRequest, type LanguageModel, NoAnswer } from './language-model.ts';

export interface ChatCompletionsOptions {
  readonly address: ChatAddress;
  /** The model's name, as the server knows it. */
  readonly model: string;
  /** Sent as a bearer token. */
  readonly key?: string;
  /** Milliseconds for one answer, from the question to its last byte. */
  readonly timeout?: number;
  /** How often one question is put before it counts as not answered. */
  readonly attempts?: number;
  /** Milliseconds before the second attempt; each further pause is twice as long. */
  readonly firstPause?: number;
}

const defaultTimeout = 120_000;
const defaultAttempts = 5;
const defaultFirstPause = 1000;
/** A server that asks for a longer pause is not waited for, in milliseconds. */
const longestPause = 5 * 60_000;
/** Enough for a model that thinks aloud before it answers. */
const maxTokens = 2048;

/**
 * A language model behind an OpenAI-compatible server (`POST …/chat/completions`). A busy or failing server is asked again after a
 * pause that doubles, or that it names itself; a redirect is never followed, since it may lead to another machine.
 */
export class ChatCompletions implements LanguageModel {
  readonly name: string;
  readonly #options: ChatCompletionsOptions;
  readonly #key: string | undefined;
  /** Whether the server was ever reached: before that a refused connection is a mistake, not a restart. */
  #reached = false;
  /** Whether the server refused a question and is now asked without all that it need not know. */
  #plain = false;

  /** @throws UserError for a key that no header can hold. */
  constructor(options: ChatCompletionsOptions) {
    this.name = options.model;
    this.#options = options;
    this.#key = options.key;
    if (this.#key !== undefined && !/^[\x21-\x7e]+$/.test(this.#key)) {
      throw new UserError('The key of the language model holds a space or a line break; set its variable anew.');
    }
  }

  async complete(request: CompletionRequest): Promise<string> {
    const { attempts = defaultAttempts, firstPause = defaultFirstPause } = this.#options;
    for (let attempt = 1; ; attempt++) {
      request.signal?.throwIfAborted();
      const outcome = await this.#attempt(request);
      if ('text' in outcome) return outcome.text;
      if ('plainer' in outcome) attempt--;
      else {
        const delay = outcome.pause ?? firstPause * 2 ** (attempt - 1);
        if (attempt >= attempts || delay > longestPause) throw outcome.failure;
        await pauseFor(delay, request.signal);
      }
    }
  }

  async #attempt(request: CompletionRequest): Promise<Attempt> {
    const { address, timeout = defaultTimeout } = this.#options;
    const limit = AbortSignal.timeout(timeout);
    const plain = this.#plain;
    try {
      const response = await fetch(address.url, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          ...(this.#key === undefined ? {} : { authorization: `Bearer ${this.#key}` }),
        },
        body: JSON.stringify(this.#body(request, plain)),
        signal: request.signal === undefined ? limit : AbortSignal.any([request.signal, limit]),
      });
      this.#reached = true;
      if (response.ok) return await readAnswer(response, address.host);
      // What it says of its reasons may quote the note, so it is not read.
      await response.body?.cancel();
      if ([400, 422].includes(response.status) && !plain) {
        this.#plain = true;
        return { plainer: true };
      }
      return refusal(response, address.host);
    } catch (error) {
      request.signal?.throwIfAborted();
      if (UserError.is(error) || NoAnswer.is(error)) throw error;
      if (limit.aborted) return { failure: new NoAnswer(`gave no answer within ${timeout / 1000} s`) };
      const { failure, isMistake } = unreachable(address.host, error);
      if (isMistake && !this.#reached) throw failure;
      return { failure };
    }
  }

  /** Newer models refuse a temperature or a limit by its old name; older servers refuse a form. Then both are left out. */
  #body({ messages, form }: CompletionRequest, plain: boolean): Record<string, unknown> {
    const { model } = this.#options;
    if (plain) return { model, messages, stream: false };
    const format =
      form === undefined
        ? {}
        : {
            response_format: {
              type: 'json_schema',
              json_schema: { name: form.name, strict: true, schema: form.schema },
            },
          };
    return { model, messages, stream: false, temperature: 0, max_tokens: maxTokens, ...format };
  }
}

/** @throws the signal's reason when aborted. */
async function pauseFor(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  await pause(milliseconds, undefined, signal === undefined ? {} : { signal }).catch(() => signal?.throwIfAborted());
}

/** Why no connection came about, and whether that speaks for a wrong endpoint. */
function unreachable(host: string, error: unknown): { failure: UserError; isMistake: boolean } {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  const failure = (reason: string) => new UserError(`${host}: ${reason}`);
  switch (code) {
    case 'ECONNREFUSED':
      return { failure: failure('no server listens there; start it or correct the endpoint.'), isMistake: true };
    case 'ENOTFOUND':
      return { failure: failure('no machine of this name is known; correct the endpoint.'), isMistake: true };
    default:
      return {
        failure: failure('the connection broke off; see whether the server runs, then run this again to go on.'),
        isMistake: false,
      };
  }
}
