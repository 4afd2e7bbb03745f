import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/common/index.ts';
import { ChatCompletions, chatAddress, NoAnswer } from '../../../src/language-model/index.ts';
import { userErrorOf } from '../user-error.ts';
import { chatServer, complete, json, modelAt } from './chat-server.ts';

const secret = 'Zacharias';
const question = { messages: [{ role: 'user', content: `${secret} has a cough` }] } as const;

/** What a question ends with, made sure to hold nothing of it. */
async function failureOf(work: Promise<string>): Promise<Error> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Error);
  const failure = error as Error;
  expect(`${failure.message} ${failure.stack}`).not.toContain(secret);
  return failure;
}

describe('a server that answers', () => {
  it('is asked with model, messages and key, and its text is given', async () => {
    const server = await chatServer(() => 'the answer');
    const form = { name: 'verdict', schema: { type: 'object' } };
    expect(await modelAt(server.endpoint, { key: 'k-1' }).complete({ ...question, form })).toBe('the answer');
    const [asked] = server.questions;
    expect(asked?.path).toBe('/v1/chat/completions');
    expect(asked?.headers.authorization).toBe('Bearer k-1');
    expect(asked?.body).toMatchObject({
      model: 'tester',
      messages: question.messages,
      stream: false,
      temperature: 0,
      response_format: { type: 'json_schema', json_schema: { name: 'verdict', strict: true, schema: form.schema } },
    });
  });

  it('is sent no key where there is none', async () => {
    const server = await chatServer(() => 'yes');
    await modelAt(server.endpoint).complete(question);
    expect(server.questions[0]?.headers).not.toHaveProperty('authorization');
  });
});

describe('a server in trouble', () => {
  it.each([429, 500, 503])('with status %i is asked again until it answers', async (status) => {
    let left = 3;
    const server = await chatServer((_, response) => {
      if (left-- === 0) return 'at last';
      json(response, status, { error: { message: `${secret} is too much` } }, { 'retry-after': '0' });
      return undefined;
    });
    expect(await modelAt(server.endpoint).complete(question)).toBe('at last');
    expect(server.questions).toHaveLength(4);
  });

  it.each([
    [429, UserError],
    [500, NoAnswer],
  ])('with status %i for good is told after all attempts', async (status, kind) => {
    const server = await chatServer((_, response) => {
      json(response, status, { error: { message: secret } });
      return undefined;
    });
    expect(await failureOf(modelAt(server.endpoint, { attempts: 3 }).complete(question))).toBeInstanceOf(kind);
    expect(server.questions).toHaveLength(3);
  });

  it('that asks to wait for long is not waited for', async () => {
    const server = await chatServer((_, response) => {
      json(response, 429, {}, { 'retry-after': '86400' });
      return undefined;
    });
    expect(await userErrorOf(() => modelAt(server.endpoint).complete(question))).toMatch(/busy/);
    expect(server.questions).toHaveLength(1);
  });

  it('that never answers is given up on, and the next question may be answered', async () => {
    let silent = true;
    const server = await chatServer((_, response) => {
      if (silent) response.writeHead(200, { 'content-type': 'application/json' }).write('{');
      return silent ? undefined : 'awake';
    });
    const model = modelAt(server.endpoint, { timeout: 100, attempts: 2 });
    expect(await failureOf(model.complete(question))).toBeInstanceOf(NoAnswer);
    silent = false;
    expect(await model.complete(question)).toBe('awake');
  });

  it.each<[string, string]>([
    ['no JSON', '<html>Zacharias</html>'],
    ['half a JSON', '{"choices": [{"mess'],
    ['JSON of another form', '{"answer": "yes"}'],
    ['no choice', '{"choices": []}'],
    ['an empty answer', '{"choices": [{"message": {"content": ""}}]}'],
  ])('that sends %s is asked again, then told without it', async (_, body) => {
    const server = await chatServer((_asked, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(body);
      return undefined;
    });
    expect(await failureOf(modelAt(server.endpoint, { attempts: 2 }).complete(question))).toBeInstanceOf(NoAnswer);
    expect(server.questions).toHaveLength(2);
  });

  it('that breaks its answer off is not taken at half a word', async () => {
    const server = await chatServer((_, response) => {
      complete(response, 'The patient is', 'length');
      return undefined;
    });
    expect((await failureOf(modelAt(server.endpoint).complete(question))).message).toMatch(/broke off/);
  });

  it('that sends without end is cut off', async () => {
    const server = await chatServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(Buffer.alloc(8 * 1024 * 1024, ' '));
      return undefined;
    });
    expect((await failureOf(modelAt(server.endpoint).complete(question))).message).toMatch(/more than an answer/);
  });

  it('that closes the connection in the middle is asked again', async () => {
    let first = true;
    const server = await chatServer((_, response) => {
      if (!first) return 'again';
      first = false;
      response.socket?.destroy();
      return undefined;
    });
    expect(await modelAt(server.endpoint).complete(question)).toBe('again');
    expect(server.questions).toHaveLength(2);
  });
});

describe('a server that refuses', () => {
  it.each<[number, RegExp]>([
    [401, /does not accept the key/],
    [403, /does not accept the key/],
    [404, /no such model/],
    [418, /status 418/],
  ])('with status %i is asked once', async (status, what) => {
    const server = await chatServer((_, response) => {
      json(response, status, { error: { message: secret } });
      return undefined;
    });
    const message = await userErrorOf(() => modelAt(server.endpoint).complete(question));
    expect(message).toMatch(what);
    expect(message).not.toContain(secret);
    expect(server.questions).toHaveLength(1);
  });

  it('what it does not know is asked without it from then on', async () => {
    const server = await chatServer(({ body }, response) => {
      if (body.temperature === undefined && body.response_format === undefined) return 'plain';
      json(response, 400, { error: { message: 'Unsupported parameter' } });
      return undefined;
    });
    const model = modelAt(server.endpoint, { attempts: 1 });
    const form = { name: 'verdict', schema: {} };
    expect(await model.complete({ ...question, form })).toBe('plain');
    expect(await model.complete({ ...question, form })).toBe('plain');
    expect(server.questions).toHaveLength(3);
  });

  it('even the plain question leaves that one unanswered', async () => {
    const server = await chatServer((_, response) => {
      json(response, 400, {});
      return undefined;
    });
    expect(await failureOf(modelAt(server.endpoint).complete(question))).toBeInstanceOf(NoAnswer);
    expect(server.questions).toHaveLength(2);
  });
});

it.each([301, 302, 307, 308])('a redirect with status %i is never followed', async (status) => {
  const elsewhere = await chatServer(() => 'stolen');
  const server = await chatServer((_, response) => {
    response.writeHead(status, { location: `${elsewhere.endpoint}/chat/completions` }).end();
    return undefined;
  });
  expect(await userErrorOf(() => modelAt(server.endpoint).complete(question))).toMatch(/redirects/);
  expect(elsewhere.questions).toHaveLength(0);
});

it('a server that is not there is told in a sentence', async () => {
  const model = modelAt(`http://127.0.0.1:${await freePort()}/v1`);
  expect(await userErrorOf(() => model.complete(question))).toMatch(/no server listens there/);
  expect(await userErrorOf(() => modelAt('http://127.0.0.1:1/v1').complete(question))).toMatch(/connection broke off/);
});

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

it('an abort ends a question and a pause between two attempts', async () => {
  const stop = new AbortController();
  const reason = new Error('enough');
  const server = await chatServer((_, response) => {
    json(response, 500, {});
    stop.abort(reason);
    return undefined;
  });
  const model = modelAt(server.endpoint, { firstPause: 60_000 });
  await expect(model.complete({ ...question, signal: stop.signal })).rejects.toBe(reason);
  await expect(model.complete({ ...question, signal: stop.signal })).rejects.toBe(reason);
  expect(server.questions).toHaveLength(1);
});

it('a key that no header can hold is refused without being told', async () => {
  const address = chatAddress('http://127.0.0.1:1/v1', { notesMayLeave: false, permission: '', environment: {} });
  const message = await userErrorOf(() => new ChatCompletions({ address, model: 'm', key: 'a\nb' }));
  expect(message).not.toContain('a\nb');
});
