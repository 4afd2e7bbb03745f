import { DatabaseSync } from 'node:sqlite';
import { UserError } from './errors.ts';

/**
 * A lock that only one process can hold, and that the system takes back when its process ends, however it ends: the lock of an
 * empty SQLite database, which no one writes to. A file that merely exists would stay behind after a crash.
 */
export class ProcessLock {
  readonly #database: DatabaseSync;

  private constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /**
   * @param patience milliseconds to wait for another process; this one does nothing else meanwhile.
   * @returns undefined when another process holds it.
   * @throws UserError when the file cannot be made.
   */
  static acquire(file: string, patience = 0): ProcessLock | undefined {
    let database: DatabaseSync | undefined;
    try {
      database = new DatabaseSync(file, { timeout: patience });
      database.exec('BEGIN EXCLUSIVE');
      return new ProcessLock(database);
    } catch (error) {
      database?.close();
      if (isBusy(error)) return undefined;
      throw new UserError(`${file}: cannot be written; check the permissions of its folder, or name another one.`);
    }
  }

  release(): void {
    this.#database.close();
  }
}

/** SQLITE_BUSY, in any of its extended forms. */
function isBusy(error: unknown): boolean {
  return (
    error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' && (error.errcode & 0xff) === 5
  );
}
