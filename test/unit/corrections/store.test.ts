import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/common/index.ts';
import { CorrectionsStore, noteHash } from '../../../src/corrections/index.ts';
import { emergent, newDecision, newStore, openStore, temporaryFolder, urgent } from './decisions.ts';
import { killWhileSaving } from './kill-while-saving.ts';

const child = join(import.meta.dirname, 'append-in-child.ts');

describe('a decision', () => {
  it('is read back as it was saved', () => {
    const store = newStore({ now: () => new Date('2026-11-22T10:00:00Z') });
    const given = newDecision({
      noteId: 'notes/ß 1.txt#10-20',
      noteText: 'Zeile 1\r\nline 2 \u0000 "quoted", 🩺',
      action: 'corrected',
      label: urgent,
      rationale: 'HR 118.',
      offeredRationale: 'HR 118 is fast.',
      comment: 'not that sick',
    });
    const saved = store.append(given);
    expect(saved).toEqual({
      ...given,
      sequence: 1,
      decidedAt: '2026-11-22T10:00:00.000Z',
      rationaleSource: 'nurse',
      previousHash: '0'.repeat(64),
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(store.history(given.noteId)).toEqual([saved]);
    expect(store.latest(given.noteId)).toEqual(saved);
    expect([...store.latestOfAll()]).toEqual([saved]);
    expect(openStore(store.file).latest(given.noteId)).toEqual(saved);
  });

  it('with half a surrogate pair or a level between two whole ones keeps its hash', () => {
    const store = newStore();
    store.append(newDecision({ comment: 'broken \ud83e text', label: { ...emergent, level: 1.5 } }));
    expect(store.latest('a.txt')?.comment).toBe('broken \ufffd text');
    expect(store.latest('a.txt')?.label?.level).toBe(1.5);
    expect(store.check().intact).toBe(true);
  });

  it('carries the hash of the one before', () => {
    const store = newStore();
    const first = store.append(newDecision());
    const second = store.append(newDecision({ noteId: 'b.txt' }));
    expect(second.previousHash).toBe(first.hash);
    expect(store.count()).toBe(2);
  });

  it.each([
    ["another note's hash", { noteHash: noteHash('another') }],
    ['no label where it gives one', { label: null }],
    ["another label than the model's, yet accepted", { label: urgent }],
    ['no reviewer', { reviewer: ' ' }],
    ['an empty note', { noteText: ' ' }],
  ])('with %s is refused', (_, changes) => {
    const store = newStore();
    expect(() => store.append(newDecision(changes))).toThrow(TypeError);
    expect(store.count()).toBe(0);
  });

  it('never lands on the history of another note', () => {
    const store = newStore();
    const { sequence } = store.append(newDecision({ noteId: 'b.txt' }));
    expect(() => store.append(newDecision({ supersedes: sequence }))).toThrow(/another note/);
  });

  it('cannot be changed, removed or replaced, whoever asks', () => {
    const store = newStore();
    store.append(newDecision());
    store.close();
    const database = new DatabaseSync(store.file);
    const columns = database.prepare('SELECT * FROM decisions').get() ?? {};
    const names = Object.keys(columns).join(', ');
    for (const statement of [
      "UPDATE decisions SET comment = 'x'",
      'DELETE FROM decisions',
      `INSERT OR REPLACE INTO decisions (${names}) SELECT ${names} FROM decisions`,
      `REPLACE INTO decisions (${names}) SELECT ${names} FROM decisions`,
    ]) {
      expect(() => database.exec(statement), statement).toThrow(/append-only|constraint/);
    }
    expect(database.prepare('SELECT * FROM decisions').all()).toEqual([columns]);
    database.close();
  });

  it('is flushed to the disk before it is acknowledged', () => {
    const store = newStore();
    store.append(newDecision());
    // What another process can read from the log alone, with no word to the first.
    const script = `import { DatabaseSync } from 'node:sqlite';
      const d = new DatabaseSync(process.argv[1]); console.log(d.prepare('PRAGMA journal_mode').get().journal_mode,
      d.prepare('SELECT count(*) AS n FROM decisions').get().n)`;
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script, store.file], {
      encoding: 'utf8',
    });
    expect(output.trim()).toBe('wal 1');
  });
});

describe('the decision that stands', () => {
  const setUp = () => {
    const store = newStore();
    const first = store.append(newDecision());
    const second = store.append(
      newDecision({ action: 'corrected', label: urgent, rationale: null, supersedes: first.sequence }),
    );
    const undo = (sequence: number) => store.append(newDecision({ action: 'undone', supersedes: sequence }));
    return { store, first, second, undo };
  };

  it('is the newest, and each undoing brings back the one before', () => {
    const { store, first, second, undo } = setUp();
    expect(store.latest('a.txt')).toEqual(second);
    undo(second.sequence);
    expect(store.latest('a.txt')).toEqual(first);
    expect([...store.latestOfAll()]).toEqual([first]);
    undo(first.sequence);
    expect(store.latest('a.txt')).toBeUndefined();
    expect([...store.latestOfAll()]).toEqual([]);
    expect(store.history('a.txt').map(({ action }) => action)).toEqual(['accepted', 'corrected', 'undone', 'undone']);
  });

  it('can be made anew after an undoing', () => {
    const { store, second, undo } = setUp();
    undo(second.sequence);
    const third = store.append(newDecision({ action: 'rejected' }));
    expect(store.latest('a.txt')).toEqual(third);
  });

  it('stays when another window undoes an older one', () => {
    const { store, first, second, undo } = setUp();
    undo(first.sequence);
    expect(store.latest('a.txt')).toEqual(second);
    // Undone twice is undone.
    undo(first.sequence);
    expect(store.latest('a.txt')).toEqual(second);
  });

  it('cannot be undone where there is none', () => {
    const { store } = setUp();
    for (const supersedes of [null, 99]) {
      expect(() => store.append(newDecision({ action: 'undone', supersedes }))).toThrow(UserError);
    }
    expect(store.count()).toBe(2);
  });

  it('of every note is read as of one moment, while others are saved', () => {
    const store = newStore();
    for (const noteId of ['a.txt', 'b.txt', 'c.txt']) store.append(newDecision({ noteId }));
    const seen: string[] = [];
    for (const { noteId } of store.latestOfAll()) {
      seen.push(noteId);
      store.append(newDecision({ noteId: `${noteId}-meanwhile` }));
    }
    expect(seen).toEqual(['a.txt', 'b.txt', 'c.txt']);
    expect(store.count()).toBe(6);
  });
});

describe('several processes', () => {
  it('append at once to one unbroken chain', async () => {
    const file = join(temporaryFolder(), 'deep', 'corrections.db');
    const children = ['one', 'two', 'three'].map((name) =>
      spawn(process.execPath, [child, file, '60', name], { stdio: ['ignore', 'ignore', 'inherit'] }),
    );
    expect(await Promise.all(children.map(async (process_) => (await once(process_, 'exit'))[0]))).toEqual([0, 0, 0]);
    const report = openStore(file).check();
    expect(report).toMatchObject({ intact: true, decisions: 180, breaks: [] });
  });

  it('may lose their database to another and still save every decision', () => {
    const store = newStore();
    store.append(newDecision());
    // As `git clean` does it.
    for (const suffix of ['', '-wal', '-shm']) rmSync(store.file + suffix, { force: true });
    const saved = store.append(newDecision({ noteId: 'b.txt' }));
    expect(openStore(store.file).history('b.txt')).toEqual([saved]);
  });

  it('killed with signal 9 while saving lose no acknowledged decision', async () => {
    const folder = join(temporaryFolder(), 'workspace');
    const report = await killWhileSaving(folder, 16, 7);
    expect(report).toMatchObject({ rounds: 16, lost: 0, unreadable: 0 });
    expect(report.acknowledged).toBeGreaterThan(16);
  });
});

describe('opening', () => {
  it('creates the folder, and leaves one file when closed', () => {
    const folder = join(temporaryFolder(), '.reason2decide');
    const store = CorrectionsStore.open(join(folder, 'corrections.db'));
    store.append(newDecision());
    store.close();
    expect(readdirSync(folder).sort()).toEqual(['corrections.db', 'corrections.db-lock']);
    expect(() => store.count()).toThrow(/closed/);
  });

  it('refuses a newer schema in one sentence, and leaves it alone', () => {
    const store = newStore();
    store.append(newDecision());
    store.close();
    const database = new DatabaseSync(store.file);
    database.exec('PRAGMA user_version = 99');
    database.close();
    const files = readdirSync(join(store.file, '..'));
    expect(() => CorrectionsStore.open(store.file)).toThrow(
      /corrections\.db: its schema has version 99, and this program knows versions up to 1; use the newer .*\.$/,
    );
    expect(readdirSync(join(store.file, '..'))).toEqual(files);
  });

  it("refuses another program's database", () => {
    const file = join(temporaryFolder(), 'other.db');
    const other = new DatabaseSync(file);
    other.exec('CREATE TABLE recipes (name TEXT)');
    other.close();
    expect(() => CorrectionsStore.open(file)).toThrow(/another program/);
    expect(existsSync(file)).toBe(true);
  });

  it('to read creates, changes and recovers nothing', () => {
    const folder = temporaryFolder();
    const file = join(folder, 'corrections.db');
    expect(() => CorrectionsStore.open(file, { readOnly: true })).toThrow(/no such database/);
    writeFileSync(file, 'this is no database, but long enough to look like one. '.repeat(200));
    expect(() => CorrectionsStore.open(file, { readOnly: true })).toThrow(/is damaged/);
    expect(readdirSync(folder)).toEqual(['corrections.db']);
  });

  it('to read sees what a window saves meanwhile, and refuses to save', () => {
    const store = newStore();
    store.append(newDecision());
    const reader = openStore(store.file, { readOnly: true });
    store.append(newDecision({ noteId: 'b.txt' }));
    expect(reader.count()).toBe(2);
    expect(() => reader.append(newDecision())).toThrow(UserError);
  });

  it('says in one sentence when another window holds the file for too long', () => {
    const store = newStore({ patience: 50 });
    const other = new DatabaseSync(store.file);
    other.exec('BEGIN IMMEDIATE');
    expect(() => store.append(newDecision())).toThrow(/another window/);
    other.exec('ROLLBACK');
    other.close();
    expect(store.append(newDecision()).sequence).toBe(1);
  });
});
