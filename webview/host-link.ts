import type {
  Answer,
  FromPage,
  RequestMessage,
  RequestName,
  Requests,
  ToPage,
} from '../src/extension/sidebar/messages.ts';

/** What the page needs from the editor around it. */
export interface PageHost {
  postMessage(message: FromPage): void;
  /** What the page kept with `setState`, even before the window was reloaded. */
  getState(): unknown;
  setState(state: unknown): void;
}

/** A request under way. The answer always comes as a value: a refusal is no exception. */
export interface SentRequest<Name extends RequestName> {
  readonly id: number;
  readonly answer: Promise<Answer<Requests[Name]['result']>>;
}

/** Sends requests to the extension and gives each its answer. */
export class HostLink {
  readonly #post: (message: FromPage) => void;
  readonly #waiting = new Map<number, (answer: unknown) => void>();
  #lastId = 0;

  constructor(post: (message: FromPage) => void) {
    this.#post = post;
  }

  ready(): void {
    this.#post({ type: 'ready' });
  }

  request<Name extends RequestName>(name: Name, body: Requests[Name]['request']): SentRequest<Name> {
    const id = ++this.#lastId;
    const answer = new Promise<Answer<Requests[Name]['result']>>((resolve) => {
      this.#waiting.set(id, resolve as (answer: unknown) => void);
    });
    this.#post({ type: 'request', id, name, body } as RequestMessage);
    return { id, answer };
  }

  /** Tells the extension that the answer is not wanted any more. The request is still answered. */
  cancel(id: number): void {
    this.#post({ type: 'cancel', id });
  }

  receiveReply(reply: Extract<ToPage, { type: 'reply' }>): void {
    const resolve = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    resolve?.(reply.answer);
  }
}
