import type { DatabaseSync } from 'node:sqlite';
import { UserError } from '../common/index.ts';

/** `R2DC`: marks a database as this program's. */
export const APPLICATION_ID = 0x52324443;

/** Raised where a row would be changed or removed, so that a decision once made stays as it was made. */
const appendOnly = (table: string, key: string) => `
  CREATE TRIGGER ${table}_never_change BEFORE UPDATE ON ${table}
    BEGIN SELECT RAISE(ABORT, '${table} is append-only: a row is never changed'); END;
  CREATE TRIGGER ${table}_never_leave BEFORE DELETE ON ${table}
    BEGIN SELECT RAISE(ABORT, '${table} is append-only: a row is never removed'); END;
  CREATE TRIGGER ${table}_never_replaced BEFORE INSERT ON ${table}
    WHEN EXISTS (SELECT 1 FROM ${table} WHERE ${key} = NEW.${key})
    BEGIN SELECT RAISE(ABORT, '${table} is append-only: a row is never replaced'); END;`;

/** The triggers without which a table can be changed. */
export const GUARDS: readonly string[] = ['decisions', 'recoveries'].flatMap((table) => [
  `${table}_never_change`,
  `${table}_never_leave`,
  `${table}_never_replaced`,
]);

export type Migration = (database: DatabaseSync) => void;

/** What leads from each version of the schema to the next: the first from an empty file to version 1. Only ever added to. */
export const MIGRATIONS: readonly Migration[] = [
  (database) => {
    // The note comes last but for the hashes, so that the short columns are read without it.
    // AUTOINCREMENT keeps the highest number given, so that rows missing at the end show.
    database.exec(`
      CREATE TABLE decisions (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT,
        decided_at TEXT NOT NULL,
        note_id TEXT NOT NULL,
        note_hash TEXT NOT NULL,
        action TEXT NOT NULL CHECK (action IN ('accepted', 'corrected', 'rejected', 'flagged', 'undone')),
        supersedes INTEGER,
        reviewer TEXT NOT NULL,
        prediction_id TEXT NOT NULL,
        model_id TEXT NOT NULL,
        model_version TEXT NOT NULL,
        model_fingerprint TEXT NOT NULL,
        predicted_label_id TEXT NOT NULL,
        predicted_label_text TEXT NOT NULL,
        predicted_level REAL,
        predicted_probabilities TEXT NOT NULL,
        predicted_rationale TEXT NOT NULL,
        label_id TEXT,
        label_text TEXT,
        label_level REAL,
        rationale TEXT,
        offered_rationale TEXT,
        rationale_source TEXT,
        comment TEXT NOT NULL,
        note_text TEXT NOT NULL,
        previous_hash TEXT NOT NULL,
        hash TEXT NOT NULL
      ) STRICT;
      CREATE INDEX decisions_by_note ON decisions (note_id, sequence);
      CREATE TABLE recoveries (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        recovered_at TEXT NOT NULL,
        set_aside TEXT NOT NULL,
        after_sequence INTEGER NOT NULL,
        recovered INTEGER NOT NULL,
        lost TEXT NOT NULL,
        breaks TEXT NOT NULL,
        rows_digest TEXT NOT NULL,
        previous_hash TEXT NOT NULL,
        hash TEXT NOT NULL
      ) STRICT;
      ${appendOnly('decisions', 'sequence')}
      ${appendOnly('recoveries', 'id')}
      PRAGMA application_id = ${APPLICATION_ID};`);
  },
];

/** The schema's version, 0 for an empty file. */
export function schemaVersion(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.user_version);
}

/**
 * Refuses what this program must not touch.
 *
 * @throws UserError for a schema of a newer version, and for another program's database.
 */
export function checkSchema(database: DatabaseSync, file: string, migrations = MIGRATIONS): number {
  const version = schemaVersion(database);
  const application = Number(database.prepare('PRAGMA application_id').get()?.application_id);
  const tables = Number(database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get()?.tables);
  if (application !== APPLICATION_ID && (application !== 0 || tables > 0)) {
    throw new UserError(`${file}: this database belongs to another program; give the decisions another place.`);
  }
  if (version > migrations.length) {
    throw new UserError(
      `${file}: its schema has version ${version}, and this program knows versions up to ${migrations.length}; ` +
        'use the newer Reason2Decide Review that wrote it.',
    );
  }
  return version;
}

/**
 * Brings a database to the newest version, each step whole or not at all. Two processes may do so at once.
 *
 * @throws UserError as `checkSchema`.
 */
export function migrate(database: DatabaseSync, file: string, migrations = MIGRATIONS): void {
  while (checkSchema(database, file, migrations) < migrations.length) {
    database.exec('BEGIN IMMEDIATE');
    try {
      // Another process may have been quicker.
      const version = checkSchema(database, file, migrations);
      const step = migrations[version];
      if (step !== undefined) {
        step(database);
        database.exec(`PRAGMA user_version = ${version + 1}`);
      }
      database.exec('COMMIT');
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  }
}
