import { createHash } from 'node:crypto';
import { cpSync, readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ModelStatus, TriagePrediction } from '../../../src/engine/index.ts';
import { TriageModel, triageNote } from '../../../src/triage/index.ts';
import {
  changeJson,
  endlessModel,
  engineErrorOf,
  isRunning,
  note,
  notes,
  processOf,
  shippedModel,
  startEngine,
  temporaryFolder,
} from './engine.ts';

describe('a model', () => {
  test('is opened in a process that is started for it, and describes itself', async () => {
    const { client, starts } = startEngine();
    const states: string[] = [];
    client.onDidChangeState((state) => states.push(state));
    expect([client.state, client.processId, client.model]).toEqual(['stopped', undefined, undefined]);
    const steps: string[] = [];
    const status = await client.openModel(shippedModel, 'cpu', ({ step }) => steps.push(step));
    const weights = readFileSync(join(shippedModel, 'model.safetensors'));
    expect(status).toMatchObject({
      id: 'triage-small',
      fingerprint: createHash('sha256').update(weights).digest('hex'),
      device: 'cpu',
      deviceExplanation: 'cpu',
    });
    expect(status.labels.map(({ level }) => level)).toEqual([1, 2, 3, 4, 5]);
    expect(client.model).toEqual(status);
    expect(states).toEqual(['starting', 'ready']);
    expect(starts()).toBe(1);
    expect([steps.at(0), steps.at(-1)]).toEqual(['graphs', 'fingerprint']);
  });

  test('that is open already is not opened again, unless its files changed', async () => {
    const folder = join(temporaryFolder(), 'model');
    cpSync(shippedModel, folder, { recursive: true });
    const { client } = startEngine();
    const told: ModelStatus[] = [];
    client.onDidChangeModel((model) => told.push(model));
    const steps: string[] = [];
    const open = () => client.openModel(folder, 'cpu', ({ step }) => steps.push(step));
    const first = await open();
    steps.length = 0;
    expect(await open()).toEqual(first);
    expect(steps).toEqual([]);
    changeJson(join(folder, 'reason2decide.json'), (json) => ({ ...json, version: '9.0.0' }));
    utimesSync(join(folder, 'reason2decide.json'), new Date(), new Date(Date.now() + 1000));
    expect((await open()).version).toBe('9.0.0');
    expect(told.map(({ version }) => version)).toEqual([first.version, '9.0.0']);
  });

  test('that is missing is refused in one sentence, and the one before stays', async () => {
    const { client, starts } = startEngine();
    const missing = join(temporaryFolder(), 'no-such-model');
    const error = await engineErrorOf(client.openModel(missing, 'cpu'), 'user');
    expect(error.message).toBe(`${missing}: there is no such model folder.`);
    expect(error.retryable).toBe(false);
    const status = await client.openModel(shippedModel, 'cpu');
    await engineErrorOf(client.openModel(missing, 'cpu'), 'user');
    expect(client.model).toEqual(status);
    expect((await client.triage(note, { priority: 'visible' })).model).toEqual(status);
    expect(starts()).toBe(1);
  });

  test('must be chosen before a note is triaged', async () => {
    const { client } = startEngine();
    const error = await engineErrorOf(client.triage(note, { priority: 'visible' }), 'user');
    expect(error.message).toMatch(/choose a model/);
  });
});

describe('triage', () => {
  test('tells the prediction, then streams the rationale, and says what the model says in this process', async () => {
    const { client } = startEngine();
    const status = await client.openModel(shippedModel, 'cpu');
    const told: (string | TriagePrediction)[] = [];
    const outcome = await client.triage(note, {
      priority: 'visible',
      onPrediction: (prediction, model) => {
        expect(model).toEqual(status);
        told.push(prediction);
      },
      onRationale: (text) => told.push(text),
    });
    const model = await TriageModel.open(shippedModel, 'cpu');
    const expected = await triageNote(model, note);
    await model.release();
    const [prediction, ...texts] = told;
    expect(prediction).toEqual(outcome.prediction);
    expect(outcome.model).toEqual(status);
    expect(outcome.prediction.label).toEqual(expected.label);
    expect(outcome.prediction.truncated).toBe(false);
    expect(outcome.prediction.probabilities).toEqual(
      expected.probabilities.map(({ label, probability }) => ({ labelId: label.id, probability })),
    );
    expect(outcome.rationale).toBe(expected.rationale);
    expect(texts.length).toBeGreaterThan(5);
    expect(texts.at(-1)).toBe(outcome.rationale);
    texts.forEach((text, i) => {
      expect(String(text).startsWith(String(texts[i - 1] ?? ''))).toBe(true);
    });
    expect(outcome.milliseconds.predict).toBeGreaterThan(0);
    expect(outcome.milliseconds.explain).toBeGreaterThan(0);
  });

  test('explains any label of the model, and refuses one that it has not', async () => {
    const { client } = startEngine();
    await client.openModel(shippedModel, 'cpu');
    const model = await TriageModel.open(shippedModel, 'cpu');
    for (const label of model.manifest.labels.slice(0, 3)) {
      const texts: string[] = [];
      const options = { priority: 'visible', onRationale: (text: string) => texts.push(text) } as const;
      const rationale = await client.explain(note, label.id, options);
      expect(rationale).toBe(await model.explain(note, label));
      expect(texts.at(-1)).toBe(rationale);
    }
    await model.release();
    const error = await engineErrorOf(client.explain(note, 'no-label', { priority: 'visible' }), 'user');
    expect(error.message).toContain('"no-label"');
  });

  test('reads a note of 10 MB, and says that it did not read its end', async () => {
    const { client } = startEngine();
    await client.openModel(shippedModel, 'cpu');
    const long = `${note} <script>alert(1)</script> `.repeat(100_000);
    expect(long.length).toBeGreaterThan(10_000_000);
    const { prediction } = await client.triage(long, { priority: 'visible' });
    expect(prediction.truncated).toBe(true);
  });
});

describe('cancelling', () => {
  test('reaches the model between two tokens', async () => {
    const { client, starts } = startEngine();
    await client.openModel(endlessModel(), 'cpu');
    const stop = new AbortController();
    let tokens = 0;
    const request = client.triage(note, {
      priority: 'visible',
      signal: stop.signal,
      onRationale: () => {
        if (++tokens === 10) stop.abort();
      },
    });
    await engineErrorOf(request, 'cancelled');
    // Written to its end, that rationale would hold the engine for minutes.
    const start = performance.now();
    const next = new AbortController();
    const following = client.triage(note, {
      priority: 'visible',
      signal: next.signal,
      onRationale: () => next.abort(),
    });
    await engineErrorOf(following, 'cancelled');
    expect(performance.now() - start).toBeLessThan(5000);
    expect(tokens).toBe(10);
    expect(starts()).toBe(1);
  });

  test('takes a request out of the queue, or keeps it out', async () => {
    const { client } = startEngine();
    const opening = client.openModel(shippedModel, 'cpu');
    const stop = new AbortController();
    let predicted = false;
    const onPrediction = () => {
      predicted = true;
    };
    const waiting = client.triage(note, { priority: 'batch', signal: stop.signal, onPrediction });
    stop.abort();
    expect((await engineErrorOf(waiting, 'cancelled')).retryable).toBe(true);
    await engineErrorOf(client.triage(note, { priority: 'visible', signal: stop.signal, onPrediction }), 'cancelled');
    await opening;
    await client.triage(note, { priority: 'visible' });
    expect(predicted).toBe(false);
  });

  test('happens to everything when the engine is closed, and its process is gone', async () => {
    const { client } = startEngine();
    await client.openModel(endlessModel(), 'cpu');
    const process = processOf(client);
    const streaming = Promise.withResolvers<void>();
    const requests = [
      client.triage(note, { priority: 'visible', onRationale: () => streaming.resolve() }),
      client.triage(note, { priority: 'batch' }),
      client.openModel(shippedModel, 'cpu'),
    ].map((request) => engineErrorOf(request, 'cancelled'));
    await streaming.promise;
    await client.dispose();
    await Promise.all(requests);
    expect(isRunning(process)).toBe(false);
    expect([client.state, client.processId]).toEqual(['stopped', undefined]);
    await engineErrorOf(client.triage(note, { priority: 'visible' }), 'cancelled');
  });
});

describe('the queue', () => {
  test('serves the visible note after the present one, and batches in turn', async () => {
    const { client } = startEngine();
    await client.openModel(shippedModel, 'cpu');
    const served: string[] = [];
    const positions: number[] = [];
    const ask = async (name: string, text: string, options: Partial<Parameters<typeof client.triage>[1]> = {}) => {
      await client.triage(text, { priority: 'batch', ...options });
      served.push(name);
    };
    const [a1 = '', a2 = '', a3 = '', b1 = '', visible = ''] = notes(5);
    await Promise.all([
      ask('a1', a1, { batch: 'a' }),
      ask('a2', a2, { batch: 'a' }),
      ask('a3', a3, { batch: 'a' }),
      ask('b1', b1, { batch: 'b', onQueued: (position) => positions.push(position) }),
      ask('visible', visible, { priority: 'visible', onQueued: (position) => expect(position).toBeLessThan(2) }),
    ]);
    expect(served).toEqual(['a1', 'visible', 'a2', 'b1', 'a3']);
    // Behind a1 and a2, then the visible note comes between; each one served brings it nearer.
    expect(positions).toEqual([2, 3, 2, 1, 0]);
  });

  test('goes on when one of its listeners fails', async () => {
    const { client } = startEngine();
    await client.openModel(shippedModel, 'cpu');
    const fault = new Error('a fault of the caller');
    const uncaught = new Promise((resolve) => process.once('uncaughtException', resolve));
    const failing = () => {
      throw fault;
    };
    const others = process.rawListeners('uncaughtException').slice(0, -1);
    for (const other of others) process.off('uncaughtException', other as () => void);
    try {
      await client.triage(note, { priority: 'visible', onQueued: failing });
      expect(await uncaught).toBe(fault);
    } finally {
      for (const other of others) process.on('uncaughtException', other as () => void);
    }
    await client.triage(note, { priority: 'visible' });
  });
});
