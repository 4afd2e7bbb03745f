import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { errorCode } from '../../common/index.ts';

/** A cache of another layout is emptied: it holds nothing that cannot be computed again. */
const layout = 1;

/** Milliseconds to wait for another window that is writing. Writes are short, and the editor waits meanwhile. */
const busyTimeout = 1000;

const tables = `
  CREATE TABLE predictions (
    note_hash TEXT NOT NULL,
    model_fingerprint TEXT NOT NULL,
    id TEXT NOT NULL,
    label_id TEXT NOT NULL,
    label_text TEXT NOT NULL,
    level INTEGER,
    probabilities TEXT NOT NULL,
    expected_level REAL,
    truncated INTEGER NOT NULL,
    rationale TEXT NOT NULL,
    predicted_at TEXT NOT NULL,
    PRIMARY KEY (note_hash, model_fingerprint)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX predictions_by_model ON predictions (model_fingerprint);
  CREATE INDEX predictions_by_age ON predictions (predicted_at);
  CREATE TABLE note_files (
    note_id TEXT PRIMARY KEY,
    modified REAL NOT NULL,
    size INTEGER NOT NULL,
    note_hash TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
`;

/** SQLite's result code of an error, such as 11 for a damaged file; undefined for other errors. */
function sqliteCode(error: unknown): number | undefined {
  if (errorCode(error) !== 'ERR_SQLITE_ERROR') return undefined;
  const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined;
  // The low byte is the code, the rest tells its kinds apart.
  return typeof code === 'number' ? code & 0xff : undefined;
}

/** Whether an error says that the file is damaged or is no database (SQLITE_CORRUPT, SQLITE_NOTADB). */
export function meansDamage(error: unknown): boolean {
  const code = sqliteCode(error);
  return code === 11 || code === 26;
}

/** Opens the cache's database, in memory when `file` is undefined, and brings it to today's layout. */
export function openCacheDatabase(file: string | undefined): DatabaseSync {
  if (file !== undefined) mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file ?? ':memory:', { timeout: busyTimeout });
  try {
    // A crash may lose the last predictions, never the database: they are computed again.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    if (layoutOf(database) !== layout) createTables(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Whether the file, opened afresh, is damaged: another window may have put a new one in its place meanwhile. */
export function isDamaged(file: string): boolean {
  if (!existsSync(file)) return false;
  try {
    const database = new DatabaseSync(file, { timeout: busyTimeout });
    try {
      return database.prepare('PRAGMA quick_check(1)').get()?.quick_check !== 'ok';
    } finally {
      database.close();
    }
  } catch (error) {
    return meansDamage(error);
  }
}

/** Gives a damaged database and its companions another name, and returns that name. */
export function setAside(file: string): string {
  const moment = new Date().toISOString().replaceAll(/[:.]/g, '-');
  const aside = `${file.replace(/\.db$/, '')}.damaged-${moment}.db`;
  for (const companion of ['', '-wal', '-shm']) {
    if (existsSync(file + companion)) renameSync(file + companion, aside + companion);
  }
  return aside;
}

function layoutOf(database: DatabaseSync): unknown {
  return database.prepare('PRAGMA user_version').get()?.user_version;
}

function createTables(database: DatabaseSync): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    // Another window may have made them while this one waited for the lock.
    if (layoutOf(database) !== layout) {
      database.exec('DROP TABLE IF EXISTS predictions; DROP TABLE IF EXISTS note_files;');
      database.exec(`${tables} PRAGMA user_version = ${layout};`);
    }
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
