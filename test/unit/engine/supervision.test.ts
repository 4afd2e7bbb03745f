import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { EngineClient } from '../../../src/engine/index.ts';
import {
  endlessModel,
  engineErrorOf,
  entry,
  isRunning,
  note,
  notes,
  processOf,
  shippedModel,
  startEngine,
  temporaryFolder,
  until,
} from './engine.ts';

/** Triages a note and does something to the engine's process at the first word of the rationale. */
function triageAndAtFirstWord(client: EngineClient, signal: NodeJS.Signals): Promise<unknown> {
  let done = false;
  const onRationale = () => {
    if (!done) process.kill(processOf(client), signal);
    done = true;
  };
  return client.triage(note, { priority: 'visible', onRationale });
}

/** The first words of a rationale that has no end. */
async function firstWords(client: EngineClient): Promise<string> {
  const stop = new AbortController();
  let words = '';
  const onRationale = (text: string) => {
    words = text;
    stop.abort();
  };
  await engineErrorOf(client.triage(note, { priority: 'visible', signal: stop.signal, onRationale }), 'cancelled');
  return words;
}

/** An entry that does what the engine does, and one thing more before each request that it receives. */
function sabotagedEntry(deed: string): string {
  const file = join(temporaryFolder(), 'sabotaged.mjs');
  writeFileSync(file, `process.on('message', (message) => { ${deed} });\nawait import('${pathToFileURL(entry)}');\n`);
  return file;
}

describe('a process that is killed', () => {
  test.each(['SIGKILL', 'SIGSEGV'] as const)(
    'in the middle of a stream is started again, and the request can be repeated: %s',
    async (signal) => {
      const { client, starts } = startEngine();
      const model = await client.openModel(endlessModel(), 'cpu');
      const states: string[] = [];
      client.onDidChangeState((state) => states.push(state));
      const killed = processOf(client);
      const error = await engineErrorOf(triageAndAtFirstWord(client, signal), 'crashed');
      expect(error.retryable).toBe(true);
      expect(error.message).toContain(signal);
      expect(await firstWords(client)).not.toBe('');
      expect(isRunning(killed)).toBe(false);
      expect(client.model).toEqual(model);
      expect(states).toEqual(['restarting', 'ready']);
      expect(starts()).toBe(2);
    },
  );

  test('loses none of the requests that wait', async () => {
    const { client, starts } = startEngine();
    await client.openModel(shippedModel, 'cpu');
    const requests = notes(6).map((text) => client.triage(text, { priority: 'batch' }));
    process.kill(processOf(client), 'SIGKILL');
    const results = await Promise.allSettled(requests);
    expect(results.map(({ status }) => status)).toEqual(['rejected', ...Array(5).fill('fulfilled')]);
    expect(starts()).toBe(2);
  });

  test('while it is idle is ready again before it is asked', async () => {
    const { client, starts } = startEngine();
    await client.openModel(shippedModel, 'cpu');
    const killed = processOf(client);
    process.kill(killed, 'SIGKILL');
    await until('a new process is ready', () => client.state === 'ready' && client.processId !== killed);
    await client.triage(note, { priority: 'visible' });
    expect(starts()).toBe(2);
  });
});

describe('a process that gives no sign', () => {
  test('is stopped and started again, and the request can be repeated', async () => {
    const { client, starts } = startEngine({ hangMilliseconds: 2500 });
    await client.openModel(endlessModel(), 'cpu');
    const stuck = processOf(client);
    const start = performance.now();
    const error = await engineErrorOf(triageAndAtFirstWord(client, 'SIGSTOP'), 'hung');
    expect(error.message).toContain('2.5 s');
    expect(performance.now() - start).toBeGreaterThan(2000);
    expect(performance.now() - start).toBeLessThan(10_000);
    expect(await firstWords(client)).not.toBe('');
    await until('the stuck process is gone', () => !isRunning(stuck), 5000);
    expect(starts()).toBe(2);
  });

  test('is not one that is slow but goes on', async () => {
    const { client, starts } = startEngine({ hangMilliseconds: 2000 });
    await client.openModel(endlessModel(), 'cpu');
    const stop = new AbortController();
    const start = performance.now();
    const onRationale = () => {
      if (performance.now() - start > 5000) stop.abort();
    };
    await engineErrorOf(client.triage(note, { priority: 'visible', signal: stop.signal, onRationale }), 'cancelled');
    expect(starts()).toBe(1);
  });
});

describe('restarts come to an end', () => {
  test('a request that the process did not survive three times is not tried again, and others are', async () => {
    const { client, starts } = startEngine();
    await client.openModel(endlessModel(), 'cpu');
    const retryable: boolean[] = [];
    for (let i = 0; i < 3; i++) {
      retryable.push((await engineErrorOf(triageAndAtFirstWord(client, 'SIGKILL'), 'crashed')).retryable);
    }
    expect(retryable).toEqual([true, true, false]);
    await until('it is ready again', () => client.state === 'ready');
    const error = await engineErrorOf(client.triage(note, { priority: 'visible' }), 'crashed');
    expect(error.message).toMatch(/3 times within a minute/);
    expect(error.retryable).toBe(false);
    await client.openModel(shippedModel, 'cpu');
    await client.triage('Another note.', { priority: 'visible' });
    expect(starts()).toBe(4);
  });

  test('a process that survives no note is left alone, and what waits is told so', async () => {
    const leaving = sabotagedEntry("if (message.method === 'triage') process.exit(7);");
    const { client, starts } = startEngine({ entry: leaving });
    await client.openModel(shippedModel, 'cpu');
    const requests = notes(12).map((text) => engineErrorOf(client.triage(text, { priority: 'batch' }), 'crashed'));
    const errors = await Promise.all(requests);
    expect(errors.map(({ retryable }) => retryable)).toEqual([...Array(4).fill(true), ...Array(8).fill(false)]);
    expect(errors[0]?.message).toContain('exit code 7');
    for (const { message } of errors.slice(4)) expect(message).toMatch(/5 times in a row/);
    expect(client.state).toBe('stopped');
    expect(starts()).toBe(5);
  });

  test('a process that answers other notes is started again as often as it takes', async () => {
    const leaving = sabotagedEntry("if (message.params?.parameters?.note?.includes('fatal')) process.exit(7);");
    const { client, starts } = startEngine({ entry: leaving });
    await client.openModel(shippedModel, 'cpu');
    const texts = notes(14).map((text, i) => (i % 2 === 0 ? text : `${text} A fatal one.`));
    const results = await Promise.allSettled(texts.map((text) => client.triage(text, { priority: 'batch' })));
    expect(results.map(({ status }) => status)).toEqual(
      texts.map((text) => (text.includes('fatal') ? 'rejected' : 'fulfilled')),
    );
    expect(starts()).toBe(8);
  });

  test('a process that cannot open its model again is not started without end', async () => {
    const file = join(temporaryFolder(), 'opened-once');
    const leaving = sabotagedEntry(`
      const { existsSync, writeFileSync } = process.getBuiltinModule('node:fs');
      if (message.method !== 'openModel') return;
      if (existsSync(${JSON.stringify(file)})) process.exit(7);
      writeFileSync(${JSON.stringify(file)}, '');`);
    const { client, starts } = startEngine({ entry: leaving });
    await client.openModel(shippedModel, 'cpu');
    process.kill(processOf(client), 'SIGKILL');
    await until('it is left alone', () => client.state === 'stopped');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(starts()).toBe(4);
  });

  test.each([
    ['no program', { entry: join(import.meta.dirname, 'no-such-entry.js') }, /exit code 1/],
    ['no Node', { node: join(import.meta.dirname, 'no-such-node') }, /could not be started: ENOENT/],
  ])('a process that cannot be started says so: %s', async (_, options, why) => {
    const { client, starts } = startEngine(options);
    const open = () => engineErrorOf(client.openModel(shippedModel, 'cpu'), 'crashed');
    expect((await open()).message).toMatch(why);
    expect(client.state).toBe('stopped');
    await open();
    expect((await open()).retryable).toBe(false);
    await open();
    expect(starts()).toBe(3);
  });
});
