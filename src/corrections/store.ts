import type { DatabaseSync } from 'node:sqlite';
import { UserError } from '../common/index.ts';
import { type AuditReport, auditDatabase, highestGiven } from './audit.ts';
import { DECISION_ACTIONS, type Decision, type NewDecision, noteHash } from './decision.ts';
import { standingDecision, standingDecisions } from './latest.ts';
import { type OpenedDatabase, type OpenOptions, openDatabase } from './open-database.ts';
import { rationaleSource } from './rationale-source.ts';
import { type Recovery, readRecoveries, toRecovery } from './recovery-record.ts';
import { asRow, DECISION_COLUMNS, type DecisionRow, GENESIS, toDecision, toRow, type Value } from './row.ts';
import { asStoreError, identity, isDamage, isMoved } from './sqlite.ts';

export interface StoreOptions extends OpenOptions {
  /** The clock that dates decisions. */
  readonly now?: () => Date;
}

/** How often work is tried again on a database that was damaged or replaced meanwhile. */
const ATTEMPTS = 4;

const INSERT = `INSERT INTO decisions (${[...DECISION_COLUMNS, 'hash'].join(', ')})
  VALUES (${[...DECISION_COLUMNS, 'hash'].map(() => '?').join(', ')})`;

/**
 * The reviewers' decisions, in one SQLite database that is only ever added to. Several processes may have the same one open.
 * A database that turns out damaged is set aside and its readable rows are recovered, whatever call meets the damage.
 */
export class CorrectionsStore {
  readonly file: string;
  readonly #options: StoreOptions;
  /** Undefined once closed, and where the last attempt to open it anew failed. */
  #opened: OpenedDatabase | undefined;
  #closed = false;

  private constructor(file: string, options: StoreOptions, opened: OpenedDatabase) {
    this.file = file;
    this.#options = options;
    this.#opened = opened;
  }

  /**
   * Opens a database; creates it, and its folder, where there is none.
   *
   * @throws UserError when it is another program's or a newer version's, or cannot be opened.
   */
  static open(file: string, options: StoreOptions = {}): CorrectionsStore {
    return new CorrectionsStore(file, options, openDatabase(file, options));
  }

  /**
   * Looks through the whole file first, and recovers it where SQLite finds any damage.
   *
   * @throws UserError as `open`.
   */
  static recover(file: string, options: StoreOptions = {}): CorrectionsStore {
    return new CorrectionsStore(file, options, openDatabase(file, options, true));
  }

  /**
   * Saves a decision. Returns when it is on the disk, where no crash can take it back.
   *
   * @throws UserError when it cannot be saved, or there is nothing to undo; TypeError for a decision that contradicts itself.
   */
  append(decision: NewDecision): Decision {
    checkDecision(decision);
    let saved: Decision | undefined;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      saved = this.#use((database) => (saved && this.#find(database, saved.hash)) ?? this.#insert(database, decision));
      // Set aside by another process between our commit and now, the file may have been read without our row.
      if (this.#isCurrent()) return saved;
    }
    throw new UserError(`${this.file}: is being replaced again and again; the decision was not saved.`);
  }

  /** All decisions on a note, oldest first, undone ones and their undoing included. */
  history(noteId: string): Decision[] {
    return this.#use((database) =>
      database
        .prepare('SELECT * FROM decisions WHERE note_id = ? ORDER BY sequence')
        .all(noteId)
        .map((record) => toDecision(asRow(record))),
    );
  }

  /** The decision that stands: the newest on the note that was not undone. */
  latest(noteId: string): Decision | undefined {
    return this.#use((database) => {
      const steps = database.prepare(
        'SELECT sequence, action, supersedes FROM decisions WHERE note_id = ? ORDER BY sequence',
      );
      const standing = standingDecision(steps.all(noteId) as unknown as DecisionRow[]);
      return standing === undefined ? undefined : decisionAt(database, standing);
    });
  }

  /** The ids of the note's parts, such as `note.txt#10-90`, on which a decision stands. */
  decidedParts(noteId: string): string[] {
    return this.#use((database) => {
      // A range of ids, which the index on them serves: `$` is the character after `#`.
      const steps = database.prepare(
        `SELECT note_id, sequence, action, supersedes FROM decisions
         WHERE note_id > ? AND note_id < ? ORDER BY note_id, sequence`,
      );
      const parts = steps.all(`${noteId}#`, `${noteId}$`) as unknown as DecisionRow[];
      const ofPart = Map.groupBy(parts, ({ note_id }) => String(note_id));
      return [...ofPart].filter(([, decisions]) => standingDecision(decisions) !== undefined).map(([id]) => id);
    });
  }

  /**
   * The decision that stands on each note, oldest first: all as they are now, whatever is saved while they are read.
   * Only one is in memory at a time.
   */
  *latestOfAll(): Generator<Decision, void, undefined> {
    this.#use(() => undefined);
    // A connection of its own, so that appending does not disturb it.
    const { database } = openDatabase(this.file, { ...this.#options, readOnly: true });
    try {
      database.exec('BEGIN');
      const steps = database
        .prepare('SELECT sequence, action, supersedes, note_id FROM decisions ORDER BY note_id, sequence')
        .iterate() as Iterable<DecisionRow>;
      const one = database.prepare('SELECT * FROM decisions WHERE sequence = ?');
      for (const sequence of standingDecisions(steps)) {
        const record = one.get(sequence);
        if (record !== undefined) yield toDecision(asRow(record));
      }
    } catch (error) {
      throw asStoreError(this.file, error);
    } finally {
      database.close();
    }
  }

  /** How many decisions there are, undone ones and their undoing included. */
  count(): number {
    return this.#use((database) => Number(database.prepare('SELECT count(*) AS n FROM decisions').get()?.n));
  }

  /** Follows the hash chain from the first decision to the last, and says which row breaks it and why. */
  check(): AuditReport {
    return this.#use(auditDatabase);
  }

  /** The recoveries that this database went through, oldest first. */
  recoveries(): Recovery[] {
    return this.#use((database) => readRecoveries(database).map(toRecovery));
  }

  close(): void {
    this.#closed = true;
    this.#release();
  }

  /** Works on the file that has the name now, and again after a recovery where it shows itself damaged. */
  #use<T>(work: (database: DatabaseSync) => T): T {
    if (this.#closed) throw new Error('the store of decisions is closed');
    for (let attempt = 1; ; attempt++) {
      try {
        return work(this.#current().database);
      } catch (error) {
        if (attempt === ATTEMPTS || this.#options.readOnly === true) throw asStoreError(this.file, error);
        if (isDamage(error)) this.#reopen(true);
        else if (!isMoved(error)) throw asStoreError(this.file, error);
      }
    }
  }

  #isCurrent(): boolean {
    return this.#opened !== undefined && identity(this.file) === this.#opened.identity;
  }

  #current(): OpenedDatabase {
    return this.#opened !== undefined && this.#isCurrent() ? this.#opened : this.#reopen(false);
  }

  #reopen(suspect: boolean): OpenedDatabase {
    this.#release();
    this.#opened = openDatabase(this.file, this.#options, suspect);
    return this.#opened;
  }

  #release(): void {
    this.#opened?.database.close();
    this.#opened = undefined;
  }

  /** One transaction that no other writer can enter: it reads the end of the chain and adds the next row. */
  #insert(database: DatabaseSync, decision: NewDecision): Decision {
    database.exec('BEGIN IMMEDIATE');
    try {
      checkSuperseded(database, decision);
      const row = toRow({
        ...decision,
        offeredRationale: decision.offeredRationale ?? null,
        sequence: highestGiven(database) + 1,
        decidedAt: (this.#options.now?.() ?? new Date()).toISOString(),
        rationaleSource: rationaleSource(decision.rationale, [
          decision.predicted.rationale,
          decision.offeredRationale ?? null,
        ]),
        previousHash: endOfChain(database),
      });
      database.prepare(INSERT).run(...[...DECISION_COLUMNS, 'hash' as const].map((name) => row[name]));
      database.exec('COMMIT');
      return toDecision(row);
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  }

  #find(database: DatabaseSync, hash: string): Decision | undefined {
    const record = database.prepare('SELECT * FROM decisions WHERE hash = ?').get(hash);
    return record === undefined ? undefined : toDecision(asRow(record));
  }
}

function decisionAt(database: DatabaseSync, sequence: number): Decision | undefined {
  const record = database.prepare('SELECT * FROM decisions WHERE sequence = ?').get(sequence);
  return record === undefined ? undefined : toDecision(asRow(record));
}

/** The hash that the next decision carries on: of the last one, or of a recovery behind it. */
function endOfChain(database: DatabaseSync): string {
  const last = database.prepare('SELECT sequence, hash FROM decisions ORDER BY sequence DESC LIMIT 1').get();
  const recovery = database.prepare('SELECT after_sequence, hash FROM recoveries ORDER BY id DESC LIMIT 1').get();
  const behind = recovery !== undefined && Number(recovery.after_sequence) >= Number(last?.sequence ?? 0);
  return String((behind ? recovery.hash : last?.hash) ?? GENESIS);
}

/** @throws TypeError for what no reviewer can have meant, so that a fault of the caller is never kept for good. */
function checkDecision({ action, label, predicted, noteText, noteHash: hash, noteId, reviewer }: NewDecision): void {
  const refuse = (reason: string) => new TypeError(`A decision cannot be saved: ${reason}.`);
  if (!DECISION_ACTIONS.includes(action)) throw refuse('its action is unknown');
  if (noteId === '' || reviewer.trim() === '') throw refuse('it names no note or no reviewer');
  if (noteHash(noteText) !== hash) throw refuse("its hash is another note's");
  if (noteText.trim() === '') throw refuse('its note is empty');
  if (label === null && (action === 'accepted' || action === 'corrected')) throw refuse(`${action} needs a label`);
  if (label !== null && action === 'undone') throw refuse('undoing gives no label');
  if (action === 'accepted' && label?.id !== predicted.labelId)
    throw refuse("accepted has another label than the model's");
}

function checkSuperseded(database: DatabaseSync, { action, noteId, supersedes }: NewDecision): void {
  const earlier: Readonly<Record<string, Value>> | undefined =
    supersedes === null
      ? undefined
      : (database.prepare('SELECT note_id, action FROM decisions WHERE sequence = ?').get(supersedes) as
          | Record<string, Value>
          | undefined);
  if (earlier !== undefined && earlier.note_id !== noteId) {
    throw new TypeError('A decision cannot be saved: it supersedes one on another note.');
  }
  if (action === 'undone' && (earlier === undefined || earlier.action === 'undone')) {
    throw new UserError('There is no decision on this note to undo.');
  }
}
