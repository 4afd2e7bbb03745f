/** One turn of a conversation with a language model. */
export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** The form that an answer in JSON must have: a JSON Schema with a name. */
export interface AnswerForm {
  readonly name: string;
  readonly schema: Readonly<Record<string, unknown>>;
}

export interface CompletionRequest {
  readonly messages: readonly ChatMessage[];
  /** Asks for JSON of this form. Not every server heeds it, so the answer is checked all the same. */
  readonly form?: AnswerForm;
  readonly signal?: AbortSignal;
}

/** Whatever completes a conversation: a server that is reached over HTTP, or a model of the editor. */
export interface LanguageModel {
  /** What it is recorded as. */
  readonly name: string;
  /**
   * @returns the text of the answer.
   * @throws UserError where no further question will be answered either, NoAnswer where only this one is not, and the
   * signal's reason when aborted. None of them holds text of the question or the answer.
   */
  complete(request: CompletionRequest): Promise<string>;
}

/** One question was not answered; the next one may be. Its message ends a sentence that names who was asked. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';

  static is(error: unknown): error is NoAnswer {
    return error instanceof NoAnswer;
  }
}
