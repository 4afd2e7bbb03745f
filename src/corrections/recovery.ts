import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { asWriteError, errorCode, UserError } from '../common/index.ts';
import { auditChain, decisionRows, highestGiven } from './audit.ts';
import { salvageRows } from './page-salvage.ts';
import { type ReadableRows, readRows } from './readable-rows.ts';
import {
  encodeRecovery,
  RECOVERY_COLUMNS,
  type Recovery,
  type RecoveryRow,
  readRecoveries,
  type SequenceRange,
  toRecovery,
  toRecoveryRow,
} from './recovery-record.ts';
import { DECISION_COLUMNS, type DecisionRow, encodeRow, hashOf } from './row.ts';
import { migrate } from './schema.ts';
import { connect } from './sqlite.ts';
import { DATABASE_SUFFIXES, type StoreFiles } from './store-files.ts';

/** What became of a damaged database. */
export interface RecoveryReport extends Recovery {
  /** The path of the damaged file, which is kept as it was found, its log beside it. */
  readonly damagedFile: string;
  /** Decisions that were read but do not give their own hash; they are kept, and the audit names them. */
  readonly unverified: readonly number[];
  /** Whether decisions may have followed the last one known: nothing that counts them could be read. */
  readonly endUnknown: boolean;
}

/**
 * Sets a damaged database aside and puts one in its place with all rows that can be read. The caller holds the lock.
 * Killed at any moment, it is taken up again by the next who opens the store.
 *
 * @throws UserError when the files cannot be moved, as on Windows while another window has them open.
 */
export function recoverDatabase(files: StoreFiles): RecoveryReport {
  const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  let aside = files.setAside(stamp);
  for (let copy = 2; existsSync(aside); copy++) aside = files.setAside(`${stamp}-${copy}`);
  writeDurably(files.marker, JSON.stringify({ setAside: basename(aside) }));
  return replaceDatabase(files, aside);
}

/**
 * Takes up a recovery where it was left. The caller holds the lock.
 *
 * @returns null where it was only its marker that was left.
 */
export function finishRecovery(files: StoreFiles): RecoveryReport | null {
  const aside = markedFile(files);
  // The database is set aside first and given a successor last, so that these two tell how far it went.
  const done = existsSync(aside) && existsSync(files.database);
  if (!done) return replaceDatabase(files, aside);
  removeWorkFiles(files);
  rmSync(files.marker);
  return null;
}

function replaceDatabase(files: StoreFiles, aside: string): RecoveryReport {
  try {
    setAside(files, aside);
    const report = rebuild(files, aside);
    renameSync(files.rebuilt, files.database);
    syncFolder(files.database);
    rmSync(files.marker);
    return report;
  } catch (error) {
    throw asWriteError(files.database, error);
  } finally {
    removeWorkFiles(files);
  }
}

function setAside(files: StoreFiles, aside: string): void {
  // A log may outlive its database.
  if (!existsSync(aside) && !existsSync(files.database)) writeFileSync(files.database, '');
  try {
    for (const suffix of DATABASE_SUFFIXES) {
      if (existsSync(files.database + suffix)) renameSync(files.database + suffix, aside + suffix);
    }
  } catch (error) {
    if (process.platform !== 'win32' || !['EBUSY', 'EPERM'].includes(errorCode(error) ?? '')) throw error;
    throw new UserError(
      `${files.database}: is damaged and open in another window; close the other windows and try again.`,
    );
  }
  syncFolder(files.database);
}

function removeWorkFiles(files: StoreFiles): void {
  for (const suffix of DATABASE_SUFFIXES) {
    rmSync(files.workingCopy + suffix, { force: true });
    rmSync(files.rebuilt + suffix, { force: true });
  }
}

/** The file that the marker names. */
function markedFile(files: StoreFiles): string {
  let name: unknown;
  try {
    name = JSON.parse(readFileSync(files.marker, 'utf8')).setAside;
  } catch {
    name = undefined;
  }
  if (typeof name !== 'string' || name !== basename(name)) {
    throw new UserError(`${files.marker}: does not name the file it should; remove it and try again.`);
  }
  return join(dirname(files.database), name);
}

function rebuild(files: StoreFiles, aside: string): RecoveryReport {
  removeWorkFiles(files);
  // The index is left out: it is made anew from the log.
  for (const suffix of ['', '-wal']) {
    if (existsSync(aside + suffix)) copyFileSync(aside + suffix, files.workingCopy + suffix);
  }
  const source = readRows(files.workingCopy);
  const database = connect(files.rebuilt);
  try {
    migrate(database, files.rebuilt);
    database.exec('BEGIN IMMEDIATE');
    const kept = keepRows(database, source, aside);
    const report = record(database, aside, kept, source.highest);
    database.exec('COMMIT');
    return report;
  } finally {
    source.close();
    database.close();
  }
}

interface KeptRows {
  readonly sequences: ReadonlySet<number>;
  readonly unverified: readonly number[];
}

/** Copies what can be read, each row with the hash it had. */
function keepRows(database: DatabaseSync, source: ReadableRows, aside: string): KeptRows {
  const sequences = new Set<number>();
  const recoveries = new Set<number>();
  const unverified: number[] = [];
  const insertDecision = insertInto(database, 'decisions', [...DECISION_COLUMNS, 'hash']);
  const insertRecovery = insertInto(database, 'recoveries', [...RECOVERY_COLUMNS, 'hash']);
  const keepDecision = (row: DecisionRow) => {
    const sequence = Number(row.sequence);
    if (sequences.has(sequence) || !insertDecision(row)) return;
    sequences.add(sequence);
    if (hashOf(encodeRow(row)) !== row.hash) unverified.push(sequence);
  };
  const keepRecovery = (row: RecoveryRow) => {
    if (recoveries.has(Number(row.id)) || hashOf(encodeRecovery(row)) !== row.hash) return;
    if (insertRecovery(row)) recoveries.add(Number(row.id));
  };
  for (const row of source.decisions()) keepDecision(row);
  for (const row of source.recoveries()) keepRecovery(row);
  if (!source.complete()) {
    // The pages of the file as it was found: the working copy's log may be gone once it was opened.
    for (const found of salvageRows(aside)) {
      if (found.table === 'decisions') keepDecision(found.row);
      else keepRecovery(found.row);
    }
  }
  return { sequences, unverified };
}

/** An insert that says whether the table took the row: garbage does not fit its columns. */
function insertInto(database: DatabaseSync, table: string, columns: readonly string[]) {
  const statement = database.prepare(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  );
  return (row: DecisionRow | RecoveryRow): boolean => {
    const values = columns.map((name) => row[name as keyof (DecisionRow | RecoveryRow)]);
    try {
      statement.run(...values);
      return true;
    } catch {
      return false;
    }
  };
}

/** Writes into the chain what happened, and seals what was recovered. */
function record(database: DatabaseSync, aside: string, kept: KeptRows, known: number | null): RecoveryReport {
  const highest = [...kept.sequences].reduce((most, sequence) => Math.max(most, sequence), known ?? 0);
  // So that no number is given twice.
  const counted = database.prepare("UPDATE sqlite_sequence SET seq = ? WHERE name = 'decisions'").run(highest);
  if (counted.changes === 0) {
    database.prepare("INSERT INTO sqlite_sequence (name, seq) VALUES ('decisions', ?)").run(highest);
  }
  const recoveries = readRecoveries(database);
  const audit = auditChain(decisionRows(database), recoveries, highestGiven(database));
  const row = toRecoveryRow({
    id: Math.max(0, ...recoveries.map(({ id }) => Number(id))) + 1,
    recovered_at: new Date().toISOString(),
    set_aside: basename(aside),
    after_sequence: highest,
    recovered: kept.sequences.size,
    lost: JSON.stringify(gaps(kept.sequences, highest)),
    breaks: JSON.stringify(audit.found.map(({ key }) => key)),
    rows_digest: audit.rowsDigest,
    previous_hash: audit.head,
  });
  insertInto(database, 'recoveries', [...RECOVERY_COLUMNS, 'hash'])(row);
  return { ...toRecovery(row), damagedFile: aside, unverified: kept.unverified, endUnknown: known === null };
}

/** The runs of numbers from 1 to the highest that are not there. */
function gaps(sequences: ReadonlySet<number>, highest: number): SequenceRange[] {
  const result: SequenceRange[] = [];
  let last = 0;
  for (const sequence of [...sequences].sort((a, b) => a - b).concat(highest + 1)) {
    if (sequence > last + 1) result.push([last + 1, sequence - 1]);
    last = sequence;
  }
  return result;
}

function writeDurably(path: string, text: string): void {
  const file = openSync(path, 'w');
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  syncFolder(path);
}

/** Makes the names in a file's folder durable; Windows journals them itself. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
