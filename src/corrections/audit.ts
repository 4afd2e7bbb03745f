import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import {
  encodeRecovery,
  type Recovery,
  type RecoveryRow,
  readRecoveries,
  toldBreaks,
  toRecovery,
} from './recovery-record.ts';
import { asRow, type DecisionRow, encodeRow, GENESIS, hashOf } from './row.ts';
import { GUARDS } from './schema.ts';

/**
 * - `altered`: a row's columns do not give its hash, so they were changed after it was saved.
 * - `unlinked`: a row does not carry the hash of the one before, so one of the two was written anew.
 * - `missing`: numbers were given to decisions that are not there.
 * - `recovery`: the record of a recovery, or what it sealed, was changed.
 * - `unguarded`: a trigger is gone that forbids changes.
 * - `storage`: SQLite finds the file itself damaged.
 */
export type BreakKind = 'altered' | 'unlinked' | 'missing' | 'recovery' | 'unguarded' | 'storage';

export interface ChainBreak {
  readonly kind: BreakKind;
  /** The row that shows it, or the first that is missing; null where it is no row's. */
  readonly sequence: number | null;
  /** One sentence, without the text of any note. */
  readonly reason: string;
  /** Where a recovery has told this break and sealed what was left: the time of that recovery. Else null. */
  readonly toldAt: string | null;
}

export interface AuditReport {
  /** True when every break was told by a recovery: nothing was changed since. */
  readonly intact: boolean;
  readonly decisions: number;
  readonly breaks: readonly ChainBreak[];
  readonly recoveries: readonly Recovery[];
  /** The newest hash. Kept elsewhere, it later proves that even the whole chain was not written anew. */
  readonly head: string;
}

/** A break with the name by which a recovery tells it. */
export interface FoundBreak extends Omit<ChainBreak, 'toldAt'> {
  readonly key: string;
}

export interface ChainAudit {
  readonly decisions: number;
  readonly found: readonly FoundBreak[];
  /** Told breaks, by key: the time of the recovery that told them. */
  readonly told: ReadonlyMap<string, string>;
  readonly head: string;
  /** The digest of all rows, which a recovery seals. */
  readonly rowsDigest: string;
}

/** Checks a database from the first decision to the last, and all that guards them, in one consistent view of it. */
export function auditDatabase(database: DatabaseSync): AuditReport {
  database.exec('BEGIN');
  try {
    const recoveries = readRecoveries(database);
    const audit = auditChain(decisionRows(database), recoveries, highestGiven(database));
    const breaks = [...audit.found, ...findUnguarded(database), ...findDamage(database)].map(
      ({ key, ...found }): ChainBreak => ({ ...found, toldAt: audit.told.get(key) ?? null }),
    );
    return {
      intact: breaks.every(({ toldAt }) => toldAt !== null),
      decisions: audit.decisions,
      breaks,
      recoveries: recoveries.map(toRecovery),
      head: audit.head,
    };
  } finally {
    if (database.isTransaction) database.exec('COMMIT');
  }
}

/**
 * Follows the chain.
 *
 * @param rows every decision by its number.
 * @param recoveries by their number.
 * @param highest the highest number that was ever given to a decision.
 */
export function auditChain(
  rows: Iterable<DecisionRow>,
  recoveries: readonly RecoveryRow[],
  highest: number,
): ChainAudit {
  const found: FoundBreak[] = [];
  const told = new Map<string, string>();
  const digest = createHash('sha256');
  const waiting = [...recoveries];
  let decisions = 0;
  let last = 0;
  let head = GENESIS;

  const passRecoveries = (before: number) => {
    while (waiting[0] !== undefined && Number(waiting[0].after_sequence) < before) {
      const recovery = waiting.shift() as RecoveryRow;
      const fault = recoveryFault(recovery, head, digest.copy().digest('hex'));
      if (fault === null) for (const key of toldBreaks(recovery)) told.set(key, String(recovery.recovered_at));
      else found.push({ kind: 'recovery', key: `recovery:${recovery.id}`, sequence: null, reason: fault });
      head = String(recovery.hash);
    }
  };
  const passGap = (next: number) => {
    if (next > last + 1) found.push(missing(last + 1, next - 1));
  };

  for (const row of rows) {
    const sequence = Number(row.sequence);
    passRecoveries(sequence);
    passGap(sequence);
    const encoding = encodeRow(row);
    if (hashOf(encoding) !== row.hash) {
      found.push({
        kind: 'altered',
        key: `altered:${sequence}`,
        sequence,
        reason: `Decision ${sequence} does not give its own hash: it was changed after it was saved.`,
      });
    }
    // Behind a gap the row before is not there to compare with, unless a recovery has closed it.
    if (row.previous_hash !== head && (sequence === last + 1 || afterRecovery(recoveries, sequence))) {
      found.push({
        kind: 'unlinked',
        key: `unlinked:${sequence}`,
        sequence,
        reason: `Decision ${sequence} does not carry the hash of what came before it: one of the two was written anew.`,
      });
    }
    digest.update(`${encoding}${row.hash}\n`);
    head = String(row.hash);
    last = sequence;
    decisions++;
  }
  passRecoveries(Number.POSITIVE_INFINITY);
  passGap(highest + 1);
  return { decisions, found, told, head, rowsDigest: digest.digest('hex') };
}

const afterRecovery = (recoveries: readonly RecoveryRow[], sequence: number) =>
  recoveries.some((recovery) => Number(recovery.after_sequence) === sequence - 1);

function missing(first: number, last: number): FoundBreak {
  const what = first === last ? `Decision ${first} is` : `Decisions ${first} to ${last} are`;
  return {
    kind: 'missing',
    key: `missing:${first}-${last}`,
    sequence: first,
    reason: `${what} missing, though the number${first === last ? ' was' : 's were'} given.`,
  };
}

/** What is wrong with the record of a recovery, or null. */
function recoveryFault(recovery: RecoveryRow, head: string, digest: string): string | null {
  const name = `The record of the recovery after decision ${recovery.after_sequence}`;
  if (hashOf(encodeRecovery(recovery)) !== recovery.hash) return `${name} was changed after it was written.`;
  if (recovery.rows_digest !== digest) return `${name} does not fit: a decision before it was changed since.`;
  if (recovery.previous_hash !== head) return `${name} does not carry the hash of what came before it.`;
  return null;
}

function findUnguarded(database: DatabaseSync): FoundBreak[] {
  const present = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all();
  const names = new Set(present.map(({ name }) => name));
  return GUARDS.filter((guard) => !names.has(guard)).map((guard) => ({
    kind: 'unguarded',
    key: `unguarded:${guard}`,
    sequence: null,
    reason: `The trigger ${guard}, which forbids changes, was removed.`,
  }));
}

function findDamage(database: DatabaseSync): FoundBreak[] {
  const lines = database.prepare('PRAGMA integrity_check(5)').all();
  return lines
    .map(({ integrity_check: line }) => String(line))
    .filter((line) => line !== 'ok')
    .map((line) => ({
      kind: 'storage',
      key: `storage:${line}`,
      sequence: null,
      reason: `SQLite finds the file damaged (${line.replaceAll('\n', ' ')}).`,
    }));
}

export function* decisionRows(database: DatabaseSync): Generator<DecisionRow, void, undefined> {
  for (const record of database.prepare('SELECT * FROM decisions ORDER BY sequence').iterate()) yield asRow(record);
}

/** The highest number that was ever given to a decision, 0 before the first. */
export function highestGiven(database: DatabaseSync): number {
  return Number(database.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'decisions'").get()?.seq ?? 0);
}
