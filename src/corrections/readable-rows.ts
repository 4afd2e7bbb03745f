import type { DatabaseSync } from 'node:sqlite';
import { highestGiven } from './audit.ts';
import { asRecoveryRow, type RecoveryRow } from './recovery-record.ts';
import { asRow, type DecisionRow } from './row.ts';
import { connect } from './sqlite.ts';

/** What SQLite itself can still read of a damaged database. */
export interface ReadableRows {
  /** The highest number that was given to a decision, or null where that cannot be read. */
  readonly highest: number | null;
  decisions(): Generator<DecisionRow, void, undefined>;
  recoveries(): Generator<RecoveryRow, void, undefined>;
  /** After both: whether all went without an error, so that nothing is left to look for. */
  complete(): boolean;
  close(): void;
}

/** @param file a copy that may change by being read. */
export function readRows(file: string): ReadableRows {
  let failed = false;
  const attempt = <T>(work: () => T): T | null => {
    try {
      return work();
    } catch {
      // Whatever the fault is, the row cannot be read.
      failed = true;
      return null;
    }
  };
  const database = attempt(() => {
    const opened = connect(file);
    opened.exec('PRAGMA cell_size_check = ON');
    return opened;
  });
  const highest = database === null ? null : attempt(() => highestGiven(database));
  return {
    highest,
    *decisions() {
      if (database !== null) for (const record of walk(database, highest, attempt)) yield asRow(record);
    },
    *recoveries() {
      const records = database === null ? null : attempt(() => database.prepare('SELECT * FROM recoveries').all());
      for (const record of records ?? []) yield asRecoveryRow(record);
    },
    complete: () => !failed,
    close: () => database?.close(),
  };
}

type StoredRecord = ReturnType<ReturnType<DatabaseSync['prepare']>['all']>[number];

/** Walks the table; where a page stops it, asks for the numbers behind one by one. */
function* walk(
  database: DatabaseSync,
  highest: number | null,
  attempt: <T>(work: () => T) => T | null,
): Generator<StoredRecord, void, undefined> {
  let last = 0;
  const rows = attempt(() => database.prepare('SELECT * FROM decisions ORDER BY sequence').iterate());
  for (;;) {
    const step = rows === null ? null : attempt(() => rows.next());
    if (step === null) break;
    if (step.done === true) return;
    last = Number(step.value.sequence);
    yield step.value;
  }
  const one = attempt(() => database.prepare('SELECT * FROM decisions WHERE sequence = ?'));
  for (let sequence = last + 1; one !== null && sequence <= (highest ?? 0); sequence++) {
    const record = attempt(() => one.get(sequence));
    if (record) yield record;
  }
}
