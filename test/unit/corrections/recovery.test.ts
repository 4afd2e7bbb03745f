import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { CorrectionsStore, type Decision, type RecoveryReport } from '../../../src/corrections/index.ts';
import { newDecision, openStore, temporaryFolder } from './decisions.ts';

const PAGE = 4096;
const COUNT = 40;

interface Saved {
  readonly file: string;
  readonly decisions: Decision[];
}

/** Forty decisions, every fifth with a note that runs over several pages. */
function saveForty(): Saved {
  const file = join(temporaryFolder(), 'corrections.db');
  const store = CorrectionsStore.open(file);
  const decisions = Array.from({ length: COUNT }, (_, i) =>
    store.append(
      newDecision({
        noteId: `${i + 1}.txt`,
        noteText: `note ${i + 1}: ${'cough, SpO2 91%. '.repeat(i % 5 === 0 ? 900 : 20)}`,
      }),
    ),
  );
  store.close();
  return { file, decisions };
}

/** The same in a database whose last rows stand in its log alone, as after a process was killed. */
async function saveAndBeKilled(): Promise<Saved> {
  const file = join(temporaryFolder(), 'corrections.db');
  const child = spawn(process.execPath, [join(import.meta.dirname, 'append-in-child.ts'), file, '100000', 'child'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let acknowledged = 0;
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (text: string) => {
    acknowledged += text.split('\n').length - 1;
    if (acknowledged >= COUNT) child.kill('SIGKILL');
  });
  await once(child, 'close');
  const copy = join(temporaryFolder(), 'copy.db');
  for (const suffix of ['', '-wal']) copyFileSync(file + suffix, copy + suffix);
  const database = new DatabaseSync(copy);
  const count = Number(database.prepare('SELECT count(*) AS n FROM decisions').get()?.n);
  database.close();
  expect(count).toBeGreaterThanOrEqual(acknowledged);
  return { file, decisions: Array.from({ length: count }) };
}

function overwrite(file: string, position: number, bytes: Buffer): void {
  const handle = openSync(file, 'r+');
  writeSync(handle, bytes, 0, bytes.length, position);
  closeSync(handle);
}

function reopen(file: string, suspect = false): { store: CorrectionsStore; report: RecoveryReport | undefined } {
  let report: RecoveryReport | undefined;
  const options = {
    onRecovery: (recovery: RecoveryReport) => {
      report = recovery;
    },
  };
  const store = suspect ? CorrectionsStore.recover(file, options) : CorrectionsStore.open(file, options);
  return { store, report };
}

const setAside = (file: string) => readdirSync(dirname(file)).filter((name) => name.includes('damaged'));

describe('a damaged database', () => {
  it.each<[string, (file: string) => void]>([
    ['first page is zeros', (file) => overwrite(file, 0, Buffer.alloc(PAGE))],
    ['header is garbage', (file) => overwrite(file, 0, Buffer.alloc(100, 0xa5))],
    ['page of tables is garbage', (file) => overwrite(file, 100, Buffer.alloc(PAGE - 100, 0xa5))],
  ])('whose %s gives back every row with the hash it had', (_, damage) => {
    const { file, decisions } = saveForty();
    damage(file);
    const found = readFileSync(file);
    const { store, report } = reopen(file);
    expect([...store.latestOfAll()]).toEqual(decisions);
    expect(report).toMatchObject({ recovered: COUNT, lost: [], unverified: [], afterSequence: COUNT });
    expect(readFileSync(report?.damagedFile ?? '')).toEqual(found);
    expect(store.check()).toMatchObject({ intact: true, breaks: [], decisions: COUNT });
    expect(store.append(newDecision({ noteId: 'new.txt' })).sequence).toBe(COUNT + 1);
    expect(store.check().intact).toBe(true);
    store.close();
  });

  it('with garbage in some pages loses only the rows on them, and says which', () => {
    const { file, decisions } = saveForty();
    const size = statSync(file).size;
    const middle = Math.floor(size / PAGE / 2);
    overwrite(file, middle * PAGE, Buffer.alloc(3 * PAGE, 0xa5));
    const { store, report } = reopen(file, true);
    const kept = [...store.latestOfAll()];
    const lost = (report?.lost ?? []).flatMap(([first, last]) =>
      Array.from({ length: last - first + 1 }, (_, i) => first + i),
    );
    expect(lost.length).toBeGreaterThan(0);
    expect(kept.length).toBeGreaterThan(COUNT / 2);
    expect(kept).toEqual(decisions.filter(({ sequence }) => !lost.includes(sequence)));
    expect(report?.endUnknown).toBe(false);
    // What was lost stays told, and does not hide what is changed later.
    const audit = store.check();
    expect(audit.intact).toBe(true);
    expect(audit.breaks.map(({ kind }) => kind)).toContain('missing');
    expect(audit.breaks.every(({ toldAt }) => toldAt === report?.recoveredAt)).toBe(true);
    store.append(newDecision({ noteId: 'new.txt' }));
    expect(store.check().intact).toBe(true);
    store.close();
    changeComment(file, kept[3]?.sequence ?? 0);
    expect(openStore(file).check().intact).toBe(false);
  });

  it('that lost its second half gives back what is left', () => {
    const { file, decisions } = saveForty();
    truncateSync(file, Math.floor(statSync(file).size / PAGE / 2) * PAGE);
    const { store, report } = reopen(file);
    const kept = [...store.latestOfAll()];
    expect(kept.length).toBeGreaterThan(10);
    expect(kept).toEqual(decisions.filter(({ sequence }) => kept.some((found) => found.sequence === sequence)));
    expect(report?.recovered).toBe(kept.length);
    expect(store.check().intact).toBe(true);
    // No number is given twice as far as it is known, and the chain goes on.
    const next = store.append(newDecision({ noteId: 'new.txt' }));
    expect(next.sequence).toBe((report?.afterSequence ?? 0) + 1);
    expect(store.check().intact).toBe(true);
    store.close();
  });

  it('whose log still holds the damaged page needs no recovery', async () => {
    const { file, decisions } = await saveAndBeKilled();
    overwrite(file, 0, Buffer.alloc(PAGE));
    const { store, report } = reopen(file);
    expect(report).toBeUndefined();
    expect(store.check()).toMatchObject({ intact: true, decisions: decisions.length });
    store.close();
  });

  it.each<[string, (file: string) => void]>([
    ['file was emptied', (file) => truncateSync(file, 0)],
    ['file is gone', (file) => renameSync(file, `${file}.elsewhere`)],
  ])('whose %s gives back the rows of its log', async (_, damage) => {
    const { file, decisions } = await saveAndBeKilled();
    expect(statSync(`${file}-wal`).size).toBeGreaterThan(0);
    damage(file);
    const { store, report } = reopen(file);
    expect(report?.recovered).toBe(decisions.length);
    expect(store.count()).toBe(decisions.length);
    expect(store.check()).toMatchObject({ intact: true, breaks: [] });
    expect(existsSync(`${report?.damagedFile}-wal`)).toBe(true);
    store.close();
  });

  it('that never was one is set aside, and a new one begun', () => {
    const file = join(temporaryFolder(), 'corrections.db');
    const text = 'somebody saved a letter under this name. '.repeat(300);
    writeFileSync(file, text);
    const { store, report } = reopen(file);
    expect(report).toMatchObject({ recovered: 0, endUnknown: true });
    expect(readFileSync(report?.damagedFile ?? '', 'utf8')).toBe(text);
    expect(store.append(newDecision()).sequence).toBe(1);
    expect(store.check().intact).toBe(true);
    store.close();
  });

  it('keeps a row whose text rotted, and the audit names it for ever', () => {
    const { file, decisions } = saveForty();
    const bytes = readFileSync(file);
    const at = bytes.indexOf('note 7: cough');
    overwrite(file, at, Buffer.from('NOTE'));
    overwrite(file, 0, Buffer.alloc(16));
    // The row cannot be told from garbage once the tables cannot be walked.
    const { store, report } = reopen(file);
    expect(report?.lost).toEqual([[7, 7]]);
    expect(store.count()).toBe(decisions.length - 1);
    store.close();

    const other = saveForty();
    overwrite(other.file, readFileSync(other.file).indexOf('note 7: cough'), Buffer.from('NOTE'));
    overwriteIndex(other.file);
    const again = reopen(other.file, true);
    expect(again.report).toMatchObject({ recovered: COUNT, lost: [], unverified: [7] });
    expect(again.store.check()).toMatchObject({
      intact: true,
      breaks: [{ kind: 'altered', sequence: 7, toldAt: again.report?.recoveredAt }],
    });
    again.store.close();
  });

  it('can be recovered twice', () => {
    const { file } = saveForty();
    overwrite(file, Math.floor(statSync(file).size / PAGE / 2) * PAGE, Buffer.alloc(2 * PAGE, 0xa5));
    const first = reopen(file, true);
    first.store.append(newDecision({ noteId: 'between.txt' }));
    first.store.close();
    overwrite(file, Math.floor(statSync(file).size / PAGE / 3) * PAGE, Buffer.alloc(2 * PAGE, 0xa5));
    const second = reopen(file, true);
    expect(second.store.recoveries()).toHaveLength(2);
    expect(second.store.check().intact).toBe(true);
    second.store.append(newDecision({ noteId: 'after.txt' }));
    expect(second.store.check().intact).toBe(true);
    expect(setAside(file)).toHaveLength(2);
    second.store.close();
  });

  it('that is met while a decision is saved is recovered, and the decision saved', () => {
    const { file } = saveForty();
    const store = openStore(file);
    const other = openStore(file);
    overwrite(file, 0, Buffer.alloc(PAGE));
    const saved = store.append(newDecision({ noteId: 'new.txt' }));
    expect(saved.sequence).toBe(COUNT + 1);
    // The other window follows to the new file.
    expect(other.latest('new.txt')).toEqual(saved);
    expect(other.append(newDecision({ noteId: 'newer.txt' })).sequence).toBe(COUNT + 2);
    expect(store.check()).toMatchObject({ intact: true, decisions: COUNT + 2 });
  });

  it.each(['before the file was set aside', 'before the new one took its name', 'at the very end'])(
    'whose recovery was killed %s is recovered by the next who opens it',
    (moment) => {
      const { file, decisions } = saveForty();
      overwrite(file, 0, Buffer.alloc(PAGE));
      const aside = join(dirname(file), 'corrections.damaged-20261122T100000Z.db');
      writeFileSync(`${file}-recovery`, JSON.stringify({ setAside: 'corrections.damaged-20261122T100000Z.db' }));
      writeFileSync(join(dirname(file), 'corrections.rebuilt.db'), 'half of a data');
      if (moment === 'before the new one took its name') renameSync(file, aside);
      if (moment === 'at the very end') {
        const done = saveForty();
        copyFileSync(file, aside);
        copyFileSync(done.file, file);
        expect(() => CorrectionsStore.open(file, { readOnly: true })).toThrow(/damaged/);
      }
      const { store } = reopen(file);
      expect(store.count()).toBe(decisions.length);
      store.close();
      expect(readdirSync(dirname(file)).sort()).toEqual([
        'corrections.damaged-20261122T100000Z.db',
        'corrections.db',
        'corrections.db-lock',
      ]);
    },
  );

  it('is recovered once when several processes meet it', async () => {
    const { file } = saveForty();
    overwrite(file, 0, Buffer.alloc(PAGE));
    const children = ['one', 'two', 'three'].map((name) =>
      spawn(process.execPath, [join(import.meta.dirname, 'append-in-child.ts'), file, '20', name], {
        stdio: ['ignore', 'ignore', 'inherit'],
      }),
    );
    expect(await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0]))).toEqual([0, 0, 0]);
    expect(setAside(file)).toHaveLength(1);
    const store = openStore(file);
    expect(store.check()).toMatchObject({ intact: true, decisions: COUNT + 60 });
  });
});

function withoutGuards(file: string, work: (database: DatabaseSync) => void): void {
  const database = new DatabaseSync(file);
  const triggers = database.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all();
  for (const { name } of triggers) database.exec(`DROP TRIGGER ${name}`);
  work(database);
  for (const { sql } of triggers) database.exec(String(sql));
  database.close();
}

function changeComment(file: string, sequence: number): void {
  withoutGuards(file, (database) => {
    database.prepare("UPDATE decisions SET comment = 'forged' WHERE sequence = ?").run(sequence);
  });
}

/** Damages the index by note alone, so that the table is still whole. */
function overwriteIndex(file: string): void {
  const database = new DatabaseSync(file);
  const root = Number(
    database.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'decisions_by_note'").get()?.rootpage,
  );
  database.close();
  overwrite(file, (root - 1) * PAGE, Buffer.alloc(PAGE, 0xa5));
}
