import * as vscode from 'vscode';
import { UserError } from '../../common/index.ts';
import { type ChatMessage, type CompletionRequest, type LanguageModel, NoAnswer } from '../../language-model/index.ts';

/** A language model that the editor offers (`vscode.lm`): which machine it runs on is its vendor's affair. */
export class EditorLanguageModel implements LanguageModel {
  readonly name: string;
  readonly #chat: vscode.LanguageModelChat;

  constructor(chat: vscode.LanguageModelChat) {
    this.name = `${chat.vendor}/${chat.id}`;
    this.#chat = chat;
  }

  async complete({ messages, signal }: CompletionRequest): Promise<string> {
    signal?.throwIfAborted();
    const cancellation = new vscode.CancellationTokenSource();
    const cancel = () => cancellation.cancel();
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      const response = await this.#chat.sendRequest(toEditorMessages(messages), {}, cancellation.token);
      let text = '';
      for await (const part of response.text) text += part;
      if (text.trim() === '') throw new NoAnswer('gave an empty answer');
      return text;
    } catch (error) {
      signal?.throwIfAborted();
      throw asAnswerError(error, this.#chat.name);
    } finally {
      signal?.removeEventListener('abort', cancel);
      cancellation.dispose();
    }
  }
}

/** The editor knows no system's turn: what it says goes before the user's first. */
function toEditorMessages(messages: readonly ChatMessage[]): vscode.LanguageModelChatMessage[] {
  return messages.map(({ role, content }) =>
    role === 'assistant'
      ? vscode.LanguageModelChatMessage.Assistant(content)
      : vscode.LanguageModelChatMessage.User(content),
  );
}

/** The vendor's own words may quote the question, so they are not passed on. */
function asAnswerError(error: unknown, name: string): Error {
  if (UserError.is(error) || NoAnswer.is(error)) return error;
  switch (error instanceof vscode.LanguageModelError ? error.code : '') {
    case vscode.LanguageModelError.NoPermissions.name:
      return new UserError(`${name} may not be used by this extension; allow it in the editor and try again.`);
    case vscode.LanguageModelError.NotFound.name:
      return new UserError(`${name} is no longer there; choose another language model.`);
    case vscode.LanguageModelError.Blocked.name:
      return new UserError(`${name} takes no more questions now; try again later to go on.`);
    default:
      return new NoAnswer('failed');
  }
}
