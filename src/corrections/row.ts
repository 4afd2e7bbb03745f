import { createHash } from 'node:crypto';
import type { SQLOutputValue } from 'node:sqlite';
import type { Decision } from './decision.ts';

/** A value of a column, as the database gives it back. */
export type Value = string | number | null;

/** The columns of `decisions` in the order in which they are stored and hashed; `hash` comes after them. */
export const DECISION_COLUMNS = [
  'sequence',
  'decided_at',
  'note_id',
  'note_hash',
  'action',
  'supersedes',
  'reviewer',
  'prediction_id',
  'model_id',
  'model_version',
  'model_fingerprint',
  'predicted_label_id',
  'predicted_label_text',
  'predicted_level',
  'predicted_probabilities',
  'predicted_rationale',
  'label_id',
  'label_text',
  'label_level',
  'rationale',
  'offered_rationale',
  'rationale_source',
  'comment',
  'note_text',
  'previous_hash',
] as const;

export type DecisionColumn = (typeof DECISION_COLUMNS)[number];
export type DecisionRow = Readonly<Record<DecisionColumn | 'hash', Value>>;

/** What the first entry of a chain has for its previous hash. */
export const GENESIS = '0'.repeat(64);

/**
 * The canonical encoding of values: one JSON array, texts and numbers as JSON (RFC 8259) writes them without spaces, so
 * that no two lists of values share an encoding, and any language can compute it again.
 *
 * @param kind names what is encoded and its version, so that entries of different kinds never share a hash.
 */
export function canonical(kind: string, values: readonly Value[]): string {
  return JSON.stringify([kind, ...values]);
}

/** SHA-256 of a canonical encoding in UTF-8, in hexadecimal. */
export function hashOf(encoding: string): string {
  return createHash('sha256').update(encoding, 'utf8').digest('hex');
}

/** The canonical encoding of a decision: `["decision-1", …]` with every column but its own hash. */
export function encodeRow(row: Readonly<Record<DecisionColumn, Value>>): string {
  return canonical(
    'decision-1',
    DECISION_COLUMNS.map((name) => row[name]),
  );
}

/** A decision as a row, with every text as the database will give it back. */
export function toRow(decision: Omit<Decision, 'hash'>): DecisionRow {
  const { model, predicted, label } = decision;
  const row: Record<DecisionColumn, Value> = {
    sequence: decision.sequence,
    decided_at: decision.decidedAt,
    note_id: decision.noteId,
    note_hash: decision.noteHash,
    action: decision.action,
    supersedes: decision.supersedes,
    reviewer: decision.reviewer,
    prediction_id: decision.predictionId,
    model_id: model.id,
    model_version: model.version,
    model_fingerprint: model.fingerprint,
    predicted_label_id: predicted.labelId,
    predicted_label_text: predicted.labelText,
    predicted_level: predicted.level,
    predicted_probabilities: JSON.stringify(predicted.probabilities),
    predicted_rationale: predicted.rationale,
    label_id: label?.id ?? null,
    label_text: label?.text ?? null,
    label_level: label?.level ?? null,
    rationale: decision.rationale,
    offered_rationale: decision.offeredRationale,
    rationale_source: decision.rationaleSource,
    comment: decision.comment,
    note_text: decision.noteText,
    previous_hash: decision.previousHash,
  };
  // Half a surrogate pair has no UTF-8: the database would store another character than was hashed.
  for (const name of DECISION_COLUMNS) {
    const value = row[name];
    if (typeof value === 'string') row[name] = value.toWellFormed();
  }
  return { ...row, hash: hashOf(encodeRow(row)) };
}

/** A row as the database gives it, checked to hold nothing but texts, numbers and null. */
export function asRow(record: Readonly<Record<string, SQLOutputValue>>): DecisionRow {
  const row: Partial<Record<DecisionColumn | 'hash', Value>> = {};
  for (const name of [...DECISION_COLUMNS, 'hash'] as const) {
    const value = record[name];
    row[name] = typeof value === 'string' || typeof value === 'number' ? value : null;
  }
  return row as DecisionRow;
}

export function toDecision(row: DecisionRow): Decision {
  const text = (name: DecisionColumn | 'hash') => String(row[name] ?? '');
  const optional = (name: DecisionColumn) => (row[name] === null ? null : String(row[name]));
  const number = (name: DecisionColumn) => (row[name] === null ? null : Number(row[name]));
  return {
    sequence: Number(row.sequence),
    decidedAt: text('decided_at'),
    noteId: text('note_id'),
    noteHash: text('note_hash'),
    noteText: text('note_text'),
    predictionId: text('prediction_id'),
    model: { id: text('model_id'), version: text('model_version'), fingerprint: text('model_fingerprint') },
    predicted: {
      labelId: text('predicted_label_id'),
      labelText: text('predicted_label_text'),
      level: number('predicted_level'),
      probabilities: parseProbabilities(text('predicted_probabilities')),
      rationale: text('predicted_rationale'),
    },
    action: text('action') as Decision['action'],
    label:
      row.label_id === null ? null : { id: text('label_id'), text: text('label_text'), level: number('label_level') },
    rationale: optional('rationale'),
    offeredRationale: optional('offered_rationale'),
    rationaleSource: optional('rationale_source') as Decision['rationaleSource'],
    comment: text('comment'),
    reviewer: text('reviewer'),
    supersedes: number('supersedes'),
    previousHash: text('previous_hash'),
    hash: text('hash'),
  };
}

/** A row that someone altered may hold anything here, and must still be shown. */
function parseProbabilities(text: string): Record<string, number> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, number>) : {};
  } catch {
    return {};
  }
}
