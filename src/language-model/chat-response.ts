import * as v from 'valibot';
import { UserError } from '../common/index.ts';
import { NoAnswer } from './language-model.ts';

/** What came of one question: an answer; a question to be put more plainly; or a failure that may pass. */
export type Attempt =
  | { readonly text: string }
  | { readonly plainer: true }
  | {
      /** What it is when the last attempt ends so. */
      readonly failure: Error;
      /** Milliseconds that the server asks to wait. */
      readonly pause?: number;
    };

/** An answer is a few kilobytes; a server that sends without end is cut off here, in bytes. */
const largestAnswer = 4 * 1024 * 1024;

/** The part of a chat completion that is read, from the reference of OpenAI's API. */
const completionSchema = v.object({
  choices: v.pipe(
    v.array(
      v.object({
        message: v.object({ content: v.nullish(v.string()) }),
        finish_reason: v.nullish(v.string()),
      }),
    ),
    v.minLength(1),
  ),
});

/** Reads an answer that came with success. @throws NoAnswer for one that the server itself cut off or withheld. */
export async function readAnswer(response: Response, host: string): Promise<Attempt> {
  const completion = v.safeParse(completionSchema, parsedJson(await boundedText(response)));
  const choice = completion.success ? completion.output.choices[0] : undefined;
  switch (choice?.finish_reason) {
    case 'length':
      throw new NoAnswer('broke off at its longest answer');
    case 'content_filter':
      throw new NoAnswer('withheld its answer');
  }
  const text = choice?.message.content ?? '';
  if (text.trim() !== '') return { text };
  return { failure: new NoAnswer(`answers at ${host} with something else than a chat completion`) };
}

/** What a status other than success means. @throws UserError for one that the next question would meet too. */
export function refusal({ status, headers }: Response, host: string): Attempt {
  switch (status) {
    case 401:
    case 403:
      throw new UserError(`${host}: the server does not accept the key; set its variable to a valid one.`);
    case 404:
    case 405:
      throw new UserError(`${host}: the server knows no such model or address; correct the name or the endpoint.`);
    case 400:
    case 413:
    case 422:
      throw new NoAnswer(`refused the question (status ${status})`);
    case 429:
      return {
        failure: new UserError(`${host}: the server is too busy (status 429); run this again later to go on.`),
        ...retryAfter(headers),
      };
  }
  if (status >= 300 && status < 400) {
    throw new UserError(`${host}: the server redirects to another address, which is not followed; name the right one.`);
  }
  if (status === 408 || status >= 500) {
    return { failure: new NoAnswer(`failed (status ${status})`), ...retryAfter(headers) };
  }
  throw new UserError(`${host}: the server refuses (status ${status}); see its own log for the reason.`);
}

/** How long the header `Retry-After` asks to wait (RFC 9110, section 10.2.3): seconds, or a date. */
function retryAfter(headers: Headers): { pause?: number } {
  const text = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+$/.test(text)) return { pause: Number(text) * 1000 };
  const date = Date.parse(text);
  return Number.isNaN(date) ? {} : { pause: Math.max(0, date - Date.now()) };
}

async function boundedText(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    parts.push(part);
    bytes += part.byteLength;
    if (bytes > largestAnswer) throw new NoAnswer('sent more than an answer can be long');
  }
  return Buffer.concat(parts).toString('utf8');
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
