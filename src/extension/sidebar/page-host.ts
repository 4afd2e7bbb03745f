import type * as vscode from 'vscode';
import type { ReviewSession } from '../review/review-session.ts';
import { answerRequest, type RequestHandlers } from './answers.ts';
import type { DecisionCommand, FromPage, QueuePosition, ReviewState, ToPage } from './messages.ts';

export interface PageHostParts {
  readonly session: Pick<ReviewSession, 'state'>;
  readonly handlers: RequestHandlers;
  readonly post: (message: ToPage) => void;
  readonly queue: () => QueuePosition;
  readonly shortcuts: () => ReviewState['shortcuts'];
  readonly failed: (error: unknown) => void;
}

/** What the extension says to the sidebar's page and does for it. */
export class PageHost implements vscode.Disposable {
  readonly #parts: PageHostParts;
  /** Requests of the page that are not answered yet. */
  readonly #open = new Map<number, AbortController>();
  #pushing = false;

  constructor(parts: PageHostParts) {
    this.#parts = parts;
  }

  receive(message: FromPage): void {
    switch (message.type) {
      case 'ready':
        // The page before it is gone, and with it whoever waits for an answer.
        this.#abortAll();
        this.#pushNow();
        break;
      case 'cancel':
        this.#open.get(message.id)?.abort();
        break;
      case 'request':
        void this.#answer(message);
        break;
    }
  }

  /** Sends the state, once for all that changes in the same moment. */
  push(): void {
    if (this.#pushing) return;
    this.#pushing = true;
    setImmediate(() => {
      if (this.#pushing) this.#pushNow();
    });
  }

  streamed(predictionId: string, text: string): void {
    // A state that waits to be sent holds this text too, but must come first: it names the prediction.
    if (this.#pushing) this.#pushNow();
    this.#parts.post({ type: 'rationale', predictionId, text });
  }

  /** Asks the page to make a decision with the form as it stands. */
  perform(command: DecisionCommand, noteId: string, predictionId: string): void {
    if (this.#pushing) this.#pushNow();
    this.#parts.post({ type: 'perform', command, noteId, predictionId });
  }

  dispose(): void {
    this.#pushing = false;
    this.#abortAll();
  }

  async #answer(message: Extract<FromPage, { type: 'request' }>): Promise<void> {
    const { handlers, post, failed } = this.#parts;
    const controller = new AbortController();
    this.#open.set(message.id, controller);
    const reply = await answerRequest(handlers, message, controller.signal, failed);
    if (this.#open.get(message.id) === controller) this.#open.delete(message.id);
    // The page learns first what the answer is about: `saved` stands beside the state that it led to.
    if (this.#pushing) this.#pushNow();
    post(reply);
  }

  #pushNow(): void {
    this.#pushing = false;
    const { session, post, queue, shortcuts } = this.#parts;
    post({ type: 'state', state: { ...session.state(), queue: queue(), shortcuts: shortcuts() } });
  }

  #abortAll(): void {
    for (const controller of this.#open.values()) controller.abort();
    this.#open.clear();
  }
}
