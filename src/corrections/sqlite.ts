import { realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { UserError } from '../common/index.ts';

/** How long a writer waits for another, in milliseconds. */
export const PATIENCE = 10_000;

/** SQLite's primary result codes, https://sqlite.org/rescode.html. */
const BUSY = 5;
const READ_ONLY = 8;
const INPUT_OUTPUT = 10;
const CORRUPT = 11;
const FULL = 13;
const CANNOT_OPEN = 14;
const NOT_A_DATABASE = 26;
/** The extended code for a database file that was moved away under an open connection. */
const MOVED = READ_ONLY | (4 << 8);

/**
 * Opens a connection on which a commit returns when the decision is on the disk.
 *
 * @throws UserError where this Node has no SQLite; else SQLite's own error.
 */
export function connect(file: string, options: { readOnly?: boolean; patience?: number } = {}): DatabaseSync {
  // Asked for by name, so that a program that never opens a database also runs where there is none.
  const sqlite = process.getBuiltinModule('node:sqlite');
  if (sqlite === undefined) {
    throw new UserError(`Decisions are kept with SQLite, which Node ${process.version} lacks; use Node 24.`);
  }
  const { readOnly = false, patience = PATIENCE } = options;
  const database = new sqlite.DatabaseSync(file, { readOnly, timeout: patience });
  try {
    // Without fullfsync macOS answers before the disk has the data. Trusted schemas could run functions of the file's choice.
    database.exec('PRAGMA trusted_schema = OFF; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON');
    if (!readOnly) database.exec('PRAGMA journal_mode = WAL');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Which file a path leads to, or null where there is none: changes when the file is replaced under its name. */
export function identity(file: string): string | null {
  const status = statSync(file, { bigint: true, throwIfNoEntry: false });
  return status === undefined ? null : `${status.dev}:${status.ino}`;
}

/** True for SQLite's word that a file is damaged or was never a database. */
export function isDamage(error: unknown): boolean {
  return [CORRUPT, NOT_A_DATABASE].includes(primaryCode(error));
}

/** True where a file was moved away under an open connection. */
export function isMoved(error: unknown): boolean {
  return resultCode(error) === MOVED;
}

/** Turns SQLite's refusal into a sentence; any other error passes unchanged. */
export function asStoreError(file: string, error: unknown): unknown {
  switch (primaryCode(error)) {
    case BUSY:
      return new UserError(`${file}: another window has been writing to it for long; try again in a moment.`);
    case READ_ONLY:
    case CANNOT_OPEN:
      return new UserError(`${file}: cannot be opened for writing; check the permissions of the file and its folder.`);
    case FULL:
      return new UserError(`${file}: the disk is full, so the decision was not saved; free some space and try again.`);
    case INPUT_OUTPUT:
      return new UserError(`${file}: the disk refused to read or write it; check the disk and try again.`);
    case CORRUPT:
    case NOT_A_DATABASE:
      return new UserError(
        `${file}: is damaged; "reason2decide corrections recover" sets it aside and recovers what can be read.`,
      );
    default:
      return error;
  }
}

/** A path by which every process calls the same file, whatever links lead to its folder. */
export function settledPath(file: string): string {
  return join(realpathSync(dirname(file)), basename(file));
}

function primaryCode(error: unknown): number {
  return resultCode(error) & 0xff;
}

function resultCode(error: unknown): number {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : 0;
  return typeof code === 'number' ? code : 0;
}
