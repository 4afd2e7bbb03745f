import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { canonical, hashOf, type Value } from './row.ts';

export const RECOVERY_COLUMNS = [
  'id',
  'recovered_at',
  'set_aside',
  'after_sequence',
  'recovered',
  'lost',
  'breaks',
  'rows_digest',
  'previous_hash',
] as const;

type RecoveryColumn = (typeof RECOVERY_COLUMNS)[number];
export type RecoveryRow = Readonly<Record<RecoveryColumn | 'hash', Value>>;

/** A run of sequence numbers, both ends included. */
export type SequenceRange = readonly [first: number, last: number];

/**
 * A recovery, as the chain keeps it. It stands in the chain behind the decision `afterSequence`, carries the digest of all
 * rows that were recovered, and says what was already broken then: so what was saved is sealed again, and what was lost
 * stays told.
 */
export interface Recovery {
  readonly recoveredAt: string;
  /** The name under which the damaged file was kept, in the same folder. */
  readonly setAside: string;
  /** The highest sequence number that is known to have been given. */
  readonly afterSequence: number;
  /** How many decisions were recovered. */
  readonly recovered: number;
  /** The sequence numbers that could not be read. */
  readonly lost: readonly SequenceRange[];
}

export function encodeRecovery(row: Readonly<Record<RecoveryColumn, Value>>): string {
  return canonical(
    'recovery-1',
    RECOVERY_COLUMNS.map((name) => row[name]),
  );
}

/** A recovery's row, with its hash. */
export function toRecoveryRow(values: Readonly<Record<RecoveryColumn, Value>>): RecoveryRow {
  return { ...values, hash: hashOf(encodeRecovery(values)) };
}

export function asRecoveryRow(record: Readonly<Record<string, SQLOutputValue>>): RecoveryRow {
  const row: Partial<Record<RecoveryColumn | 'hash', Value>> = {};
  for (const name of [...RECOVERY_COLUMNS, 'hash'] as const) {
    const value = record[name];
    row[name] = typeof value === 'string' || typeof value === 'number' ? value : null;
  }
  return row as RecoveryRow;
}

export function toRecovery(row: RecoveryRow): Recovery {
  const lost = parseList(row.lost).filter((range): range is [number, number] => Array.isArray(range));
  return {
    recoveredAt: String(row.recovered_at),
    setAside: String(row.set_aside),
    afterSequence: Number(row.after_sequence),
    recovered: Number(row.recovered),
    lost,
  };
}

/** The breaks that a recovery found and told, by their keys. */
export function toldBreaks(row: RecoveryRow): string[] {
  return parseList(row.breaks).map(String);
}

function parseList(text: Value): unknown[] {
  try {
    const value: unknown = JSON.parse(String(text));
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

export function readRecoveries(database: DatabaseSync): RecoveryRow[] {
  return database.prepare('SELECT * FROM recoveries ORDER BY id').all().map(asRecoveryRow);
}
