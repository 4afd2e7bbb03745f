import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { PredictionCache, predictionId, toCachedPrediction } from '../../../../src/extension/predictions/index.ts';
import { model, openCache, otherModel, predictionFor, TestWorkspace } from '../workspace.ts';

const newFile = () => join(new TestWorkspace().root, '.reason2decide', 'predictions.db');
const child = join(import.meta.dirname, 'put-in-child.ts');

describe('a prediction', () => {
  it('is found by the text and the model, also by the next window', () => {
    const file = newFile();
    const kept = predictionFor('chest pain', { truncated: true, rationale: 'HR 118 "fast" 🩺\nline' });
    const first = openCache(file);
    first.put(kept);
    expect(first.get(kept.noteHash, model)).toEqual(kept);
    first.close();
    const next = openCache(file);
    expect(next.get(kept.noteHash, model)).toEqual(kept);
    expect(next.has(kept.noteHash, model)).toBe(true);
    expect(next.has(kept.noteHash, otherModel)).toBe(false);
    expect(next.get(predictionFor('another note').noteHash, model)).toBeUndefined();
  });

  it('replaces the one before for the same text and model, and no other', () => {
    const cache = openCache(newFile());
    cache.put(predictionFor('a', { label: 'urgent' }));
    cache.put(predictionFor('a', { label: 'non-urgent', modelFingerprint: otherModel }));
    cache.put(predictionFor('a', { label: 'emergent' }));
    const { noteHash } = predictionFor('a');
    expect(cache.get(noteHash, model)?.labelId).toBe('emergent');
    expect(cache.get(noteHash, otherModel)?.labelId).toBe('non-urgent');
    expect([...cache.summaries(model).keys()]).toEqual([noteHash]);
  });

  it('is kept without a label that has an order', () => {
    const cache = openCache(newFile());
    const kept = predictionFor('a', { label: 'maybe' });
    cache.put(kept);
    expect(cache.get(kept.noteHash, model)).toMatchObject({ level: null, expectedLevel: null });
    expect(cache.summaries(model).get(kept.noteHash)).toEqual({
      labelText: 'maybe',
      level: null,
      certainty: 0.75,
      expectedLevel: null,
    });
  });

  it('has an id that only text and model decide', () => {
    expect(predictionId('note a', 'model b')).toBe(predictionId('note a', 'model b'));
    expect(predictionId('note a', 'model b')).not.toBe(predictionId('note a', 'model c'));
    expect(predictionId('note a', 'model b')).not.toBe(predictionId('note c', 'model b'));
  });

  it('is made from the answer of the engine, with the level that the probabilities lean to', () => {
    const [one, three] = [
      { id: 'resuscitation', text: 'resuscitation', level: 1, colour: '', description: '' },
      { id: 'urgent', text: 'urgent', level: 3, colour: '', description: '' },
    ];
    const probabilities = [
      { labelId: 'resuscitation', probability: 0.25 },
      { labelId: 'urgent', probability: 0.75 },
    ];
    const answer = { prediction: { label: three, probabilities, truncated: false }, rationale: 'HR 118.' };
    const made = toCachedPrediction(answer, 'hash', { fingerprint: model, labels: [one, three] });
    expect(made).toMatchObject({ labelId: 'urgent', level: 3, probabilities: { resuscitation: 0.25, urgent: 0.75 } });
    // 1 · 0.25 + 3 · 0.75
    expect(made.expectedLevel).toBeCloseTo(2.5);
    const unordered = { fingerprint: model, labels: [{ ...one, level: null }, three] };
    expect(toCachedPrediction(answer, 'hash', unordered).expectedLevel).toBeNull();
  });
});

describe('the cache', () => {
  it('tells its own window of what is put', () => {
    const cache = openCache();
    const heard: string[] = [];
    const registration = cache.onDidPut(({ noteHash }) => heard.push(noteHash));
    cache.put(predictionFor('a'));
    registration.dispose();
    cache.put(predictionFor('b'));
    expect(heard).toEqual([predictionFor('a').noteHash]);
  });

  it('sees what another window wrote, and notices only that', () => {
    const file = newFile();
    const [here, there] = [openCache(file), openCache(file)];
    expect(here.changedElsewhere()).toBe(false);
    here.put(predictionFor('mine'));
    expect(here.changedElsewhere()).toBe(false);
    there.put(predictionFor('theirs'));
    expect(here.changedElsewhere()).toBe(true);
    expect(here.changedElsewhere()).toBe(false);
    expect(here.summaries(model).size).toBe(2);
  });

  it('is written by several windows at once without losing a prediction', async () => {
    const file = newFile();
    const windows = [1, 2, 3].map(() => spawn(process.execPath, [child, file, model, '100']));
    const said = await Promise.all(windows.map(({ stdout }) => text(stdout)));
    expect(said).toEqual(Array(3).fill('begun\n0 complaints\n'));
    expect(openCache(file).summaries(model).size).toBe(300);
  });

  it('is whole after a window was killed while it wrote', async () => {
    const file = newFile();
    for (let round = 0; round < 3; round++) {
      const window = spawn(process.execPath, [child, file, model, '1000000']);
      await once(window.stdout, 'data');
      window.kill('SIGKILL');
      await once(window, 'exit');
      const log: string[] = [];
      const cache = PredictionCache.open(file, (line) => log.push(line));
      expect(cache.summaries(model).size).toBeGreaterThan(round);
      cache.put(predictionFor(`round ${round}`));
      cache.close();
      expect(log).toEqual([]);
    }
    const database = new DatabaseSync(file);
    expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    database.close();
  });

  it('begins anew when it was deleted', () => {
    const file = newFile();
    const first = openCache(file);
    first.put(predictionFor('a'));
    first.close();
    for (const name of readdirSync(join(file, '..'))) rmSync(join(file, '..', name));
    const next = openCache(file);
    expect(next.summaries(model).size).toBe(0);
    next.put(predictionFor('b'));
    expect(next.summaries(model).size).toBe(1);
  });

  it.each([
    ['no database', (file: string) => writeFileSync(file, 'this is no database, only words '.repeat(400))],
    ['a database with a damaged page', damagePages],
  ])('sets %s aside and begins anew', (_, damage) => {
    const file = newFile();
    const first = openCache(file);
    for (let i = 0; i < 200; i++) first.put(predictionFor(`note ${i}`));
    first.close();
    damage(file);
    const damaged = readFileSync(file);
    const log: string[] = [];
    const cache = openCache(file, (line) => log.push(line));
    cache.summaries(model);
    cache.put(predictionFor('after'));
    expect(cache.get(predictionFor('after').noteHash, model)).toEqual(predictionFor('after'));
    expect(cache.persistent).toBe(true);
    const aside = readdirSync(join(file, '..')).filter((name) => /^predictions\.damaged-.*\.db$/.test(name));
    expect(aside).toHaveLength(1);
    expect(readFileSync(join(file, '..', aside[0] ?? '')).equals(damaged)).toBe(true);
    expect(log).toEqual([expect.stringContaining('damaged')]);
    cache.close();
    expect(openCache(file).summaries(model).size).toBe(1);
  });

  it('leaves out a row that this program did not write', () => {
    const file = newFile();
    const first = openCache(file);
    first.put(predictionFor('good'));
    first.put(predictionFor('bad'));
    first.close();
    const database = new DatabaseSync(file);
    database
      .prepare('UPDATE predictions SET probabilities = ? WHERE note_hash = ?')
      .run('{"emergent": "very"', predictionFor('bad').noteHash);
    database.close();
    const cache = openCache(file);
    expect([...cache.summaries(model).keys()]).toEqual([predictionFor('good').noteHash]);
    expect(cache.get(predictionFor('bad').noteHash, model)).toBeUndefined();
  });

  it('is emptied when another version of the program laid it out', () => {
    const file = newFile();
    const first = openCache(file);
    first.put(predictionFor('a'));
    first.close();
    const database = new DatabaseSync(file);
    database.exec('ALTER TABLE predictions RENAME COLUMN rationale TO reasons; PRAGMA user_version = 99;');
    database.close();
    const cache = openCache(file);
    expect(cache.summaries(model).size).toBe(0);
    cache.put(predictionFor('b'));
    expect(cache.has(predictionFor('b').noteHash, model)).toBe(true);
  });

  it('keeps predictions for the window alone where it cannot write', () => {
    const workspace = new TestWorkspace();
    // A file where the folder should be, which stops every user, root too.
    workspace.write('blocked', '');
    const log: string[] = [];
    const cache = openCache(workspace.path('blocked/predictions.db'), (line) => log.push(line));
    expect(cache.persistent).toBe(false);
    cache.put(predictionFor('a'));
    expect(cache.get(predictionFor('a').noteHash, model)).toEqual(predictionFor('a'));
    expect(log).toHaveLength(1);
  });

  it('keeps a prediction for the window while another one holds the lock', { timeout: 30_000 }, () => {
    const file = newFile();
    const cache = openCache(file);
    const holder = new DatabaseSync(file);
    holder.exec('BEGIN IMMEDIATE');
    const kept = predictionFor('a');
    cache.put(kept);
    expect(cache.get(kept.noteHash, model)).toEqual(kept);
    expect(cache.has(kept.noteHash, model)).toBe(true);
    expect(cache.summaries(model).size).toBe(1);
    holder.exec('ROLLBACK');
    holder.close();
    cache.put(kept);
    cache.close();
    expect(openCache(file).has(kept.noteHash, model)).toBe(true);
  });

  it('knows the files that were read, until they are forgotten', () => {
    const file = newFile();
    const known = (noteId: string) => ({ noteId, modified: 12.5, size: 3, noteHash: `of ${noteId}` });
    const first = openCache(file);
    first.rememberFiles([known('a.txt'), known('b.txt')]);
    first.forgetFiles(['b.txt']);
    first.close();
    expect([...openCache(file).knownFiles().values()]).toEqual([known('a.txt')]);
  });

  it('answers nothing, and does not fail, after it was closed', () => {
    const cache = openCache();
    cache.put(predictionFor('a'));
    cache.close();
    expect(cache.get(predictionFor('a').noteHash, model)).toBeUndefined();
    expect(cache.summaries(model).size).toBe(0);
    cache.close();
  });

  it('holds no text of the note', () => {
    const file = newFile();
    const cache = openCache(file);
    cache.put(predictionFor('Zebedee Quillfeather has chest pain'));
    cache.close();
    const stored = readdirSync(join(file, '..')).map((name) => readFileSync(join(file, '..', name), 'latin1'));
    expect(stored.join('')).toContain('SpO2 91% is low.');
    expect(stored.join('')).not.toContain('Quillfeather');
  });
});

/** Overwrites all pages but the first, which holds the header. */
function damagePages(file: string): void {
  const bytes = readFileSync(file);
  bytes.fill(0x5a, 4096);
  writeFileSync(file, bytes);
  chmodSync(file, 0o644);
  expect(existsSync(`${file}-wal`)).toBe(false);
}
