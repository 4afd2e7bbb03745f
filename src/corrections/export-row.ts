import type { Example } from '../dataset/index.ts';
import type { DecidedLabel, Decision } from './decision.ts';
import { type Deidentified, deidentify } from './deidentification/deidentify.ts';
import type { IdentifierKind } from './deidentification/kinds.ts';

/** A decision as training data: the data set's own columns first, then those that only a decision has. */
export interface ExportRow extends Example {
  readonly state: string;
  readonly comment: string;
  /** Its number in the database's chain. */
  readonly decision: number;
  readonly model_fingerprint: string;
  readonly predicted_label: string;
  readonly predicted_rationale: string;
  readonly predicted_probability: number | undefined;
  /** SHA-256 of the note's text. */
  readonly note_hash: string | undefined;
}

/** Every column, in the order in which they are written. */
export const EXPORT_COLUMNS: readonly (keyof ExportRow)[] = [
  'question',
  'label',
  'rationale',
  'id',
  'rationale_source',
  'note_source',
  'reviewer',
  'decided_at',
  'model',
  'level',
  'state',
  'comment',
  'decision',
  'model_fingerprint',
  'predicted_label',
  'predicted_rationale',
  'predicted_probability',
  'note_hash',
];

/** A decision that gives its note a label. */
export type LabelledDecision = Decision & { readonly label: DecidedLabel };

export function toExportRow(decision: LabelledDecision): ExportRow {
  const { label, model, predicted } = decision;
  return {
    question: decision.noteText,
    label: label.text,
    rationale: decision.rationale ?? '',
    id: decision.noteId,
    ...(decision.rationaleSource === null ? {} : { rationale_source: decision.rationaleSource }),
    note_source: 'reviewed',
    reviewer: decision.reviewer,
    decided_at: decision.decidedAt,
    model: `${model.id} ${model.version}`,
    ...(isAcuityLevel(label.level) ? { level: label.level } : {}),
    state: decision.action,
    comment: decision.comment,
    decision: decision.sequence,
    model_fingerprint: model.fingerprint,
    predicted_label: predicted.labelText,
    predicted_rationale: predicted.rationale,
    predicted_probability: predicted.probabilities[predicted.labelId],
    note_hash: decision.noteHash,
  };
}

/** Other label sets may have other levels, which the data set's column does not take. */
const isAcuityLevel = (level: number | null): level is number =>
  level !== null && Number.isInteger(level) && level >= 1 && level <= 5;

/**
 * The row without what its texts show of the patient, and without what leads back to them: the note's name, which may hold
 * the patient's, the hash, by which whoever has the note finds its row, and day and month of the visit. The reviewer stays.
 *
 * @param replaced counts what was replaced.
 */
export function withoutIdentifiers(row: ExportRow, replaced: Record<IdentifierKind, number>): ExportRow {
  // The rationale is often the predicted one.
  const seen = new Map<string, Deidentified>();
  const clean = (text: string) => {
    const result = seen.get(text) ?? deidentify(text);
    seen.set(text, result);
    for (const kind of Object.keys(replaced) as IdentifierKind[]) replaced[kind] += result.replaced[kind];
    return result.text;
  };
  const year = row.decided_at?.slice(0, 4);
  return {
    ...row,
    question: clean(row.question),
    rationale: clean(row.rationale),
    comment: clean(row.comment),
    predicted_rationale: clean(row.predicted_rationale),
    id: `decision-${row.decision}`,
    note_hash: undefined,
    ...(year === undefined ? {} : { decided_at: year }),
  };
}
