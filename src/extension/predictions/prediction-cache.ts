import type { DatabaseSync } from 'node:sqlite';
import { Listeners, type Registration } from '../listeners.ts';
import { isDamaged, meansDamage, openCacheDatabase, setAside } from './cache-database.ts';
import { type CachedPrediction, type PredictionSummary, summaryOf } from './prediction.ts';
import {
  type KnownFile,
  predictionColumns,
  predictionValues,
  readKnownFile,
  readPrediction,
  readSummary,
  summaryColumns,
} from './stored-rows.ts';

/** Predictions of texts that have since changed stay behind; beyond this many, the oldest go. */
const mostPredictions = 100_000;

/** What the cache may tell a log: never the text of a note. */
export type Log = (line: string) => void;

/**
 * The predictions of a workspace, by the note's hash and the model's fingerprint, in a database that several windows may
 * have open and that may be deleted at any time. It also keeps the hashes of the notes' files, so that an unchanged file is
 * not read again.
 *
 * No call throws for the state of the disk: what cannot be kept in the file is kept in memory as long as the window lives.
 */
export class PredictionCache {
  readonly #file: string | undefined;
  readonly #log: Log;
  readonly #puts = new Listeners<CachedPrediction>();
  /** What could not be written, by note hash and fingerprint. */
  readonly #unwritten = new Map<string, CachedPrediction>();
  #database: DatabaseSync;
  #persistent = true;
  #dataVersion: unknown;

  /**
   * Opens or creates the cache. A damaged file is set aside under another name.
   *
   * @param file the database; without one, or where it cannot be opened, the cache lives in memory.
   */
  static open(file: string | undefined, log: Log): PredictionCache {
    return new PredictionCache(file, log);
  }

  private constructor(file: string | undefined, log: Log) {
    this.#file = file;
    this.#log = log;
    this.#database = this.#openDatabase();
    this.#removeOldest();
    this.#dataVersion = this.#readDataVersion();
  }

  /** Whether predictions outlive the window. */
  get persistent(): boolean {
    return this.#persistent;
  }

  has(noteHash: string, modelFingerprint: string): boolean {
    if (this.#unwritten.has(keyOf(noteHash, modelFingerprint))) return true;
    return this.#attempt(
      (database) =>
        database
          .prepare('SELECT 1 FROM predictions WHERE note_hash = ? AND model_fingerprint = ?')
          .get(noteHash, modelFingerprint) !== undefined,
      false,
    );
  }

  get(noteHash: string, modelFingerprint: string): CachedPrediction | undefined {
    const unwritten = this.#unwritten.get(keyOf(noteHash, modelFingerprint));
    if (unwritten !== undefined) return unwritten;
    return this.#attempt(
      (database) =>
        readPrediction(
          database
            .prepare(
              `SELECT ${predictionColumns.join(', ')} FROM predictions WHERE note_hash = ? AND model_fingerprint = ?`,
            )
            .get(noteHash, modelFingerprint),
        ),
      undefined,
    );
  }

  /** Keeps a whole prediction, in the place of an earlier one for the same text and model. */
  put(prediction: CachedPrediction): void {
    const written = this.#attempt((database) => {
      const values = predictionColumns.map((column) => `:${column}`).join(', ');
      database
        .prepare(`INSERT OR REPLACE INTO predictions (${predictionColumns.join(', ')}) VALUES (${values})`)
        .run(predictionValues(prediction));
      return true;
    }, false);
    const key = keyOf(prediction.noteHash, prediction.modelFingerprint);
    if (written) this.#unwritten.delete(key);
    else this.#unwritten.set(key, prediction);
    this.#puts.fire(prediction);
  }

  /** Hears of every prediction that this window keeps. */
  onDidPut(listener: (prediction: CachedPrediction) => void): Registration {
    return this.#puts.add(listener);
  }

  /** What a model has predicted so far, by note hash. */
  summaries(modelFingerprint: string): Map<string, PredictionSummary> {
    const summaries = this.#attempt((database) => {
      const found = new Map<string, PredictionSummary>();
      const rows = database.prepare(`SELECT ${summaryColumns} FROM predictions WHERE model_fingerprint = ?`);
      for (const row of rows.iterate(modelFingerprint)) {
        const summary = readSummary(row);
        if (summary !== undefined) found.set(summary.noteHash, summaryOf(summary));
      }
      return found;
    }, new Map<string, PredictionSummary>());
    for (const prediction of this.#unwritten.values()) {
      if (prediction.modelFingerprint === modelFingerprint) summaries.set(prediction.noteHash, summaryOf(prediction));
    }
    return summaries;
  }

  /** The notes' files as they were when last read, by note id. */
  knownFiles(): Map<string, KnownFile> {
    return this.#attempt((database) => {
      const files = new Map<string, KnownFile>();
      for (const row of database.prepare('SELECT note_id, modified, size, note_hash FROM note_files').iterate()) {
        const file = readKnownFile(row);
        if (file !== undefined) files.set(file.noteId, file);
      }
      return files;
    }, new Map<string, KnownFile>());
  }

  rememberFiles(files: readonly KnownFile[]): void {
    this.#attempt((database) => {
      const insert = database.prepare(
        'INSERT OR REPLACE INTO note_files (note_id, modified, size, note_hash) VALUES (?, ?, ?, ?)',
      );
      inTransaction(database, () => {
        for (const { noteId, modified, size, noteHash } of files) insert.run(noteId, modified, size, noteHash);
      });
    }, undefined);
  }

  forgetFiles(noteIds: readonly string[]): void {
    this.#attempt((database) => {
      const remove = database.prepare('DELETE FROM note_files WHERE note_id = ?');
      inTransaction(database, () => {
        for (const noteId of noteIds) remove.run(noteId);
      });
    }, undefined);
  }

  /** Whether another window has written since this was last asked. */
  changedElsewhere(): boolean {
    const version = this.#readDataVersion();
    const changed = version !== this.#dataVersion;
    this.#dataVersion = version;
    return changed;
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }

  #readDataVersion(): unknown {
    return this.#attempt((database) => database.prepare('PRAGMA data_version').get()?.data_version, undefined);
  }

  #removeOldest(): void {
    this.#attempt((database) => {
      database
        .prepare(
          'DELETE FROM predictions WHERE predicted_at < ' +
            '(SELECT predicted_at FROM predictions ORDER BY predicted_at DESC LIMIT 1 OFFSET ?)',
        )
        .run(mostPredictions - 1);
    }, undefined);
  }

  /** Does the work, once more on a new database if this one turns out to be damaged; `otherwise` when it cannot be done. */
  #attempt<T>(work: (database: DatabaseSync) => T, otherwise: T): T {
    if (!this.#database.isOpen) return otherwise;
    try {
      return work(this.#database);
    } catch (error) {
      if (!meansDamage(error)) return this.#giveUp(error, otherwise);
    }
    this.#database.close();
    this.#database = this.#file === undefined ? this.#openInMemory() : this.#openAfterDamage(this.#file);
    try {
      return work(this.#database);
    } catch (error) {
      return this.#giveUp(error, otherwise);
    }
  }

  #giveUp<T>(error: unknown, otherwise: T): T {
    this.#log(`The predictions' cache could not be used: ${reasonOf(error)}`);
    return otherwise;
  }

  #openDatabase(): DatabaseSync {
    if (this.#file === undefined) return this.#openInMemory();
    try {
      return openCacheDatabase(this.#file);
    } catch (error) {
      return meansDamage(error) ? this.#openAfterDamage(this.#file) : this.#openInMemory(error);
    }
  }

  #openAfterDamage(file: string): DatabaseSync {
    try {
      // Another window may have met the damage first, and have begun a new one.
      if (isDamaged(file)) {
        setAside(file);
        this.#log("The predictions' cache was damaged: it was set aside, and a new one begun.");
      }
      return openCacheDatabase(file);
    } catch (error) {
      return this.#openInMemory(error);
    }
  }

  #openInMemory(error?: unknown): DatabaseSync {
    if (error !== undefined) this.#log(`Predictions are kept for this window alone: ${reasonOf(error)}`);
    this.#persistent = false;
    return openCacheDatabase(undefined);
  }
}

const keyOf = (noteHash: string, modelFingerprint: string) => `${noteHash} ${modelFingerprint}`;

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : 'unknown');

function inTransaction(database: DatabaseSync, work: () => void): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    work();
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
