import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { asWriteError, UserError } from '../common/index.ts';
import { finishRecovery, type RecoveryReport, recoverDatabase, syncFolder } from './recovery.ts';
import { checkSchema, MIGRATIONS, migrate } from './schema.ts';
import { asStoreError, connect, identity, isDamage, settledPath } from './sqlite.ts';
import { type StoreFiles, storeFiles } from './store-files.ts';

export interface OpenOptions {
  /** Only reads: creates, migrates and recovers nothing. */
  readonly readOnly?: boolean;
  /** Milliseconds for which a writer waits for another. */
  readonly patience?: number;
  /** Called when a damaged database was set aside and its rows recovered. */
  readonly onRecovery?: (report: RecoveryReport) => void;
}

export interface OpenedDatabase {
  readonly database: DatabaseSync;
  /** The file it leads to; another under the same name is another database. */
  readonly identity: string;
}

/** How long to wait for another process that recovers, in milliseconds. */
const RECOVERY_PATIENCE = 120_000;

/**
 * Opens the decisions' database: creates it where there is none, brings an older one up to date, and recovers a damaged one.
 *
 * @param suspect whether a fault was met, so that the whole file is looked through.
 * @throws UserError when it is another program's or a newer version's, or cannot be written; when only reading, also when it
 * is missing, older, or damaged.
 */
export function openDatabase(file: string, options: OpenOptions, suspect = false): OpenedDatabase {
  try {
    if (options.readOnly === true) return openToRead(file, options);
    return (suspect ? null : openSound(file, options)) ?? openWithLock(file, options, suspect);
  } catch (error) {
    throw asStoreError(file, error);
  }
}

function openToRead(file: string, options: OpenOptions): OpenedDatabase {
  if (!existsSync(file)) throw new UserError(`${file}: there is no such database of decisions.`);
  if (existsSync(storeFiles(file).marker)) throw damaged(file);
  const opened = open(file, options);
  try {
    if (checkSchema(opened.database, file) < MIGRATIONS.length) {
      throw new UserError(`${file}: was written by an older version; open its workspace in the editor once.`);
    }
    if (!isSound(opened.database)) throw damaged(file);
    return opened;
  } catch (error) {
    opened.database.close();
    throw error;
  }
}

const damaged = (file: string) =>
  new UserError(
    `${file}: is damaged; "reason2decide corrections recover" sets it aside and recovers what can be read.`,
  );

/** The usual case, without a lock: null where there is something to be done first. */
function openSound(file: string, options: OpenOptions): OpenedDatabase | null {
  if (!existsSync(file) || existsSync(storeFiles(file).marker) || isEmptied(file)) return null;
  let opened: OpenedDatabase | undefined;
  try {
    opened = open(file, options);
    if (checkSchema(opened.database, file) === MIGRATIONS.length && isSound(opened.database)) return opened;
  } catch (error) {
    opened?.database.close();
    if (isDamage(error)) return null;
    throw error;
  }
  opened.database.close();
  return null;
}

function openWithLock(path: string, options: OpenOptions, suspect: boolean): OpenedDatabase {
  const file = createFolder(path);
  const files = storeFiles(file);
  const lock = connectLock(files);
  try {
    if (existsSync(files.marker)) report(finishRecovery(files), options);
    if (isDamaged(files, options, suspect)) report(recoverDatabase(files), options);
    const opened = open(file, options);
    try {
      migrate(opened.database, file);
      syncFolder(file);
      return opened;
    } catch (error) {
      opened.database.close();
      throw error;
    }
  } finally {
    lock.close();
  }
}

function report(recovery: RecoveryReport | null, { onRecovery }: OpenOptions): void {
  if (recovery !== null) onRecovery?.(recovery);
}

/** Creates the database's folder. @returns the database's path with no link in it. */
function createFolder(file: string): string {
  try {
    mkdirSync(dirname(file), { recursive: true });
    return settledPath(file);
  } catch (error) {
    throw asWriteError(file, error);
  }
}

/** Waits until no other process creates or recovers this database. The lock ends with the process, however that ends. */
function connectLock(files: StoreFiles): DatabaseSync {
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
  const lock = new DatabaseSync(files.lock, { timeout: RECOVERY_PATIENCE });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    throw error;
  }
}

function open(file: string, { readOnly = false, patience }: OpenOptions): OpenedDatabase {
  const database = connect(file, { readOnly, ...(patience === undefined ? {} : { patience }) });
  const found = identity(file);
  if (found !== null) return { database, identity: found };
  database.close();
  throw new UserError(`${file}: was moved away while it was opened; try again.`);
}

function isDamaged(files: StoreFiles, options: OpenOptions, suspect: boolean): boolean {
  if (isEmptied(files.database)) return true;
  if (!existsSync(files.database)) return false;
  let database: DatabaseSync | undefined;
  try {
    database = open(files.database, options).database;
    const version = checkSchema(database, files.database);
    if (version === 0) return false;
    return !isSound(database) || (suspect && !isWhollySound(database));
  } catch (error) {
    if (isDamage(error)) return true;
    throw error;
  } finally {
    database?.close();
  }
}

/** Whether a log stands beside a database that is empty or gone: SQLite would throw the log away, and the rows in it. */
function isEmptied(file: string): boolean {
  return sizeOf(file) === 0 && sizeOf(`${file}-wal`) > 0;
}

const sizeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** A quick look: the tables are there, and the newest row can be read. */
function isSound(database: DatabaseSync): boolean {
  const tables = database
    .prepare("SELECT count(*) AS n FROM sqlite_schema WHERE type = 'table' AND name IN ('decisions', 'recoveries')")
    .get();
  if (tables?.n !== 2) return false;
  database.prepare('SELECT hash FROM decisions ORDER BY sequence DESC LIMIT 1').get();
  database.prepare('SELECT hash FROM recoveries ORDER BY id DESC LIMIT 1').get();
  return true;
}

function isWhollySound(database: DatabaseSync): boolean {
  return database.prepare('PRAGMA integrity_check(1)').get()?.integrity_check === 'ok';
}
