import { join, parse } from 'node:path';

/** The names of what stands beside a database, and for how long. */
export interface StoreFiles {
  readonly database: string;
  /** Holds nothing; its lock keeps two processes from creating or recovering at once. */
  readonly lock: string;
  /** There while a recovery goes on: names the file that is set aside. */
  readonly marker: string;
  /** There while a recovery reads: reading a log changes it, and what was set aside stays as it was found. */
  readonly workingCopy: string;
  /** There until the recovered database is whole and takes its name. */
  readonly rebuilt: string;
  /** Where a damaged database is kept. */
  setAside(stamp: string): string;
}

/** A database is up to three files: itself, its write-ahead log, and the log's index. */
export const DATABASE_SUFFIXES = ['', '-wal', '-shm'] as const;

export function storeFiles(database: string): StoreFiles {
  const { dir, name, ext } = parse(database);
  const beside = (middle: string) => join(dir, `${name}.${middle}${ext}`);
  return {
    database,
    lock: `${database}-lock`,
    marker: `${database}-recovery`,
    workingCopy: beside('reading'),
    rebuilt: beside('rebuilt'),
    setAside: (stamp) => beside(`damaged-${stamp}`),
  };
}
