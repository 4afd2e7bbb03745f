import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EngineError, type ModelStatus } from '../../../../src/engine/index.ts';
import {
  type BatchEngine,
  type BatchParts,
  type BatchProgress,
  triageBatch,
} from '../../../../src/extension/notes/batch-triage.ts';
import type { NoteIndex } from '../../../../src/extension/notes/note-index.ts';
import type { PredictionCache } from '../../../../src/extension/predictions/index.ts';
import { notes, processOf, shippedModel, startEngine } from '../../engine/engine.ts';
import { model, openCache, otherModel, shownIds, startedIndex, TestWorkspace } from '../workspace.ts';

const status: ModelStatus = {
  id: 'triage-small',
  version: '0.1.0',
  fingerprint: model,
  labels: [{ id: 'urgent', text: 'urgent', level: 3, colour: '#000000', description: '' }],
  device: 'cpu',
  deviceExplanation: 'cpu',
};

/** An engine that answers at once, unless the test says otherwise for a note. */
function quickEngine(before: (note: string) => void = () => undefined): BatchEngine & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    async triage(note) {
      asked.push(note);
      before(note);
      const [label] = status.labels;
      if (label === undefined) throw new TypeError('no label');
      const probabilities = [{ labelId: 'urgent', probability: 1 }];
      return { prediction: { label, probabilities, truncated: false }, rationale: 'HR 118.', model: status };
    },
  };
}

interface Batch {
  readonly workspace: TestWorkspace;
  readonly cache: PredictionCache;
  readonly index: NoteIndex;
  readonly cancel: () => void;
  readonly progress: BatchProgress[];
  readonly failures: unknown[];
  readonly parts: (engine: BatchEngine, changes?: Partial<BatchParts>) => BatchParts;
}

/** A batch over notes `0.txt`, `1.txt` and so on with these texts. */
async function newBatch(texts: readonly (string | Uint8Array)[]): Promise<Batch> {
  const workspace = new TestWorkspace();
  for (const [i, text] of texts.entries()) workspace.write(`${i}.txt`, text);
  const cache = openCache();
  const index = await startedIndex(workspace, { cache });
  const controller = new AbortController();
  const progress: BatchProgress[] = [];
  const failures: unknown[] = [];
  return {
    workspace,
    cache,
    index,
    cancel: () => controller.abort(),
    progress,
    failures,
    parts: (engine, changes = {}) => ({
      engine,
      modelFingerprint: model,
      cache,
      knownHash: (id) => index.knownHash(id),
      read: (id) => index.read(id),
      signal: controller.signal,
      onProgress: (now) => progress.push(now),
      failed: (error) => failures.push(error),
      ...changes,
    }),
  };
}

const crash = () => new EngineError('crashed', 'The model stopped while it worked on the note; try it again.');

describe('a batch', () => {
  it('triages every note with the real engine, and the index shows it', async () => {
    const { client } = startEngine();
    const opened = await client.openModel(shippedModel, 'cpu');
    const batch = await newBatch(notes(3));
    batch.index.setModel(opened.fingerprint);
    const report = await triageBatch(
      shownIds(batch.index),
      batch.parts(client, { modelFingerprint: opened.fingerprint }),
    );
    expect(report).toEqual({ total: 3, triaged: 3, skipped: 0, failed: [], stopped: null });
    expect(batch.index.entries.map(({ state }) => state)).toEqual(['predicted', 'predicted', 'predicted']);
    const [first] = batch.index.entries;
    const kept = batch.cache.get(first?.noteHash ?? '', opened.fingerprint);
    expect(kept?.rationale.length).toBeGreaterThan(0);
    expect(Object.values(kept?.probabilities ?? {}).reduce((sum, each) => sum + each, 0)).toBeCloseTo(1);
    expect(batch.index.toReview, 'predictions are no reviews').toBe(3);
  });

  it('lets the note on screen go first', async () => {
    const { client } = startEngine();
    const opened = await client.openModel(shippedModel, 'cpu');
    const batch = await newBatch(notes(6));
    const order: string[] = [];
    const running = triageBatch(
      shownIds(batch.index),
      batch.parts(client, {
        modelFingerprint: opened.fingerprint,
        onProgress: ({ done }) => order.push(`batch ${done}`),
      }),
    );
    await new Promise((resolve) => setTimeout(resolve, 1));
    await client.triage('Chest pain, on screen.', { priority: 'visible' }).then(() => order.push('on screen'));
    expect((await running).triaged).toBe(6);
    // At most the note that was already being triaged is ended before.
    expect(order.indexOf('on screen')).toBeLessThanOrEqual(order.indexOf('batch 2'));
  });

  it('outlives the end of the engine in the middle of it', async () => {
    const { client, starts } = startEngine();
    const opened = await client.openModel(shippedModel, 'cpu');
    const batch = await newBatch(notes(4));
    let killed = false;
    const report = await triageBatch(
      shownIds(batch.index),
      batch.parts(client, {
        modelFingerprint: opened.fingerprint,
        onProgress: ({ done }) => {
          if (done !== 2 || killed) return;
          killed = true;
          process.kill(processOf(client), 'SIGKILL');
        },
      }),
    );
    expect(report).toEqual({ total: 4, triaged: 4, skipped: 0, failed: [], stopped: null });
    expect(starts()).toBe(2);
  });

  it('goes on where it ended, and computes nothing twice', async () => {
    const batch = await newBatch(['one', 'two', 'three', 'four', 'two']);
    const first = quickEngine((note) => {
      if (note === 'three') batch.cancel();
    });
    const stopped = await triageBatch(shownIds(batch.index), batch.parts(first));
    expect(stopped).toMatchObject({ triaged: 3, skipped: 0, failed: [] });
    expect(stopped.stopped).toContain('cancelled');

    const second = quickEngine();
    const signal = new AbortController().signal;
    const report = await triageBatch(shownIds(batch.index), batch.parts(second, { signal }));
    expect(second.asked).toEqual(['four']);
    // one, two, three and the note that has the same text as two
    expect(report).toEqual({ total: 5, triaged: 1, skipped: 4, failed: [], stopped: null });
  });

  it('triages again what was changed, and what another model triaged', async () => {
    const batch = await newBatch(['one', 'two']);
    await triageBatch(shownIds(batch.index), batch.parts(quickEngine()));
    batch.workspace.write('0.txt', 'one, changed');
    const again = quickEngine();
    await triageBatch(shownIds(batch.index), batch.parts(again));
    expect(again.asked).toEqual(['one, changed']);
    const other = quickEngine();
    await triageBatch(['1.txt'], batch.parts(other, { modelFingerprint: otherModel }));
    expect(other.asked).toEqual(['two']);
  });

  it('is not stopped by notes that cannot be triaged, and names each with its sentence', async () => {
    const batch = await newBatch([
      'one',
      '   \n',
      Uint8Array.of(0x48, 0, 0x49),
      Uint8Array.of(0x4d, 0xfc, 0x6c, 0x6c, 0x65, 0x72),
      'x '.repeat(1024 * 1024),
      'gone',
      'crashes',
      'last',
    ]);
    rmSync(batch.workspace.path('5.txt'));
    const engine = quickEngine((note) => {
      if (note === 'crashes') throw crash();
    });
    const report = await triageBatch(
      ['0.txt', '1.txt', '2.txt', '3.txt', '4.txt', '5.txt', '6.txt', '7.txt'],
      batch.parts(engine),
    );
    expect(report).toMatchObject({ total: 8, triaged: 2, skipped: 0, stopped: null });
    expect(engine.asked, 'what ended the process is tried once more').toEqual(['one', 'crashes', 'crashes', 'last']);
    expect(Object.fromEntries(report.failed.map(({ noteId, message }) => [noteId, message]))).toEqual({
      '1.txt': expect.stringContaining('is empty'),
      '2.txt': expect.stringContaining('is not a text'),
      '3.txt': expect.stringContaining('UTF-8'),
      '4.txt': expect.stringContaining('MB'),
      '5.txt': expect.stringContaining('is gone'),
      '6.txt': 'The model stopped while it worked on the note; try it again.',
    });
    for (const { message } of report.failed) expect(message).toMatch(/^[^\n]{20,400}\.$/);
    expect(batch.progress.at(-1)).toEqual({ done: 8, total: 8, failed: 6 });
    expect(batch.failures).toEqual([]);
  });

  it('hands over what nobody foresaw, and goes on', async () => {
    const batch = await newBatch(['one', 'two']);
    const bug = new TypeError('secret words of the note');
    const engine = quickEngine((note) => {
      if (note === 'one') throw bug;
    });
    const report = await triageBatch(shownIds(batch.index), batch.parts(engine));
    expect(report).toMatchObject({ triaged: 1, stopped: null });
    expect(batch.failures).toEqual([bug]);
    expect(report.failed[0]?.message).not.toContain('secret');
  });

  it('gives up when the engine ends at one note after another', async () => {
    const batch = await newBatch(Array.from({ length: 9 }, (_, i) => `note ${i}`));
    const engine = quickEngine(() => {
      throw crash();
    });
    const report = await triageBatch(shownIds(batch.index), batch.parts(engine));
    expect(report.failed).toHaveLength(5);
    expect(report.stopped).toContain('5 notes in a row');
    expect(engine.asked).toHaveLength(10);
  });

  it('ends when the engine was closed, and when another model came', async () => {
    const batch = await newBatch(['one', 'two', 'three']);
    const closed = quickEngine(() => {
      throw new EngineError('cancelled', 'The engine was closed.');
    });
    const ended = await triageBatch(shownIds(batch.index), batch.parts(closed));
    expect(ended).toMatchObject({ triaged: 0, failed: [] });
    expect(ended.stopped).toContain('was closed');

    const changed = await triageBatch(
      shownIds(batch.index),
      batch.parts(quickEngine(), { modelFingerprint: otherModel }),
    );
    expect(changed.stopped).toContain('Another model');
    const [first] = batch.index.entries;
    expect(batch.cache.has(first?.noteHash ?? '', otherModel), 'no prediction under a wrong name').toBe(false);
  });
});
