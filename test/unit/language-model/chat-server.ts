import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { ChatCompletions, type ChatCompletionsOptions, chatAddress } from '../../../src/language-model/index.ts';

/** A question as the server got it. */
export interface Question {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: {
    readonly model: string;
    readonly messages: readonly { role: string; content: string }[];
    readonly response_format?: unknown;
    readonly temperature?: number;
  };
  /** What the user said last. */
  readonly asked: string;
}

/** Answers a question: with the text of a completion, or by writing the response itself. */
export type Answering = (
  question: Question,
  response: ServerResponse,
) => string | undefined | Promise<string | undefined>;

export interface ChatServer {
  /** The base of the address, `http://127.0.0.1:PORT/v1`. */
  readonly endpoint: string;
  readonly questions: readonly Question[];
  /** The most questions that were ever under way at once. */
  readonly mostAtOnce: () => number;
}

/** A server on this machine that speaks the protocol of chat completions, until the test is over. */
export async function chatServer(answer: Answering): Promise<ChatServer> {
  const questions: Question[] = [];
  let underWay = 0;
  let most = 0;
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', async () => {
      most = Math.max(most, ++underWay);
      const body = JSON.parse(Buffer.concat(parts).toString('utf8') || '{"messages":[]}');
      const asked = body.messages.at(-1)?.content ?? '';
      const question = { path: request.url ?? '', headers: request.headers, body, asked };
      questions.push(question);
      const text = await answer(question, response);
      underWay--;
      if (text !== undefined) complete(response, text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { endpoint: `http://127.0.0.1:${port}/v1`, questions, mostAtOnce: () => most };
}

/** A completion as OpenAI's reference has it. */
export function complete(response: ServerResponse, content: string, finish = 'stop'): void {
  json(response, 200, {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1,
    model: 'tester',
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: finish }],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  });
}

export function json(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** The language model behind a server, impatient enough for a test. */
export function modelAt(endpoint: string, options: Partial<ChatCompletionsOptions> = {}): ChatCompletions {
  const address = chatAddress(endpoint, { notesMayLeave: false, permission: '--flag', environment: {} });
  return new ChatCompletions({ address, model: 'tester', firstPause: 1, ...options });
}

/** The note between its fences, in whatever stands in a prompt. */
export function notePart(prompt: string): string {
  return /<note-([0-9a-f]{12})>\n([\s\S]*?)\n<\/note-\1>/.exec(prompt)?.[2] ?? '';
}
