import * as v from 'valibot';
import type { CachedPrediction } from './prediction.ts';

const probabilities = v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.number()));

const summaryRow = v.object({
  note_hash: v.string(),
  label_id: v.string(),
  label_text: v.string(),
  level: v.nullable(v.number()),
  probabilities,
  expected_level: v.nullable(v.number()),
});

const predictionRow = v.object({
  ...summaryRow.entries,
  model_fingerprint: v.string(),
  id: v.string(),
  truncated: v.number(),
  rationale: v.string(),
  predicted_at: v.string(),
});

/** The columns that a summary needs. */
export const summaryColumns = Object.keys(summaryRow.entries).join(', ');

/** All columns of a prediction. */
export const predictionColumns = Object.keys(predictionRow.entries);

/** A stored prediction; undefined for a row that is not as this program writes it. */
export function readPrediction(row: unknown): CachedPrediction | undefined {
  const { success, output } = v.safeParse(predictionRow, row);
  if (!success) return undefined;
  return {
    id: output.id,
    noteHash: output.note_hash,
    modelFingerprint: output.model_fingerprint,
    labelId: output.label_id,
    labelText: output.label_text,
    level: output.level,
    probabilities: output.probabilities,
    expectedLevel: output.expected_level,
    truncated: output.truncated === 1,
    rationale: output.rationale,
    predictedAt: output.predicted_at,
  };
}

/** What a summary is made from; undefined for a row that is not as this program writes it. */
export function readSummary(row: unknown) {
  const { success, output } = v.safeParse(summaryRow, row);
  if (!success) return undefined;
  return {
    noteHash: output.note_hash,
    labelId: output.label_id,
    labelText: output.label_text,
    level: output.level,
    probabilities: output.probabilities,
    expectedLevel: output.expected_level,
  };
}

/** A prediction as the values of its row, by column. */
export function predictionValues(prediction: CachedPrediction): Record<string, string | number | null> {
  return {
    note_hash: prediction.noteHash,
    label_id: prediction.labelId,
    label_text: prediction.labelText,
    level: prediction.level,
    probabilities: JSON.stringify(prediction.probabilities),
    expected_level: prediction.expectedLevel,
    model_fingerprint: prediction.modelFingerprint,
    id: prediction.id,
    truncated: prediction.truncated ? 1 : 0,
    rationale: prediction.rationale,
    predicted_at: prediction.predictedAt,
  };
}

/** A note's file as it was when it was read. */
export interface KnownFile {
  readonly noteId: string;
  /** Milliseconds since 1970, with their fraction. */
  readonly modified: number;
  /** Bytes. */
  readonly size: number;
  readonly noteHash: string;
}

const fileRow = v.object({ note_id: v.string(), modified: v.number(), size: v.number(), note_hash: v.string() });

export function readKnownFile(row: unknown): KnownFile | undefined {
  const { success, output } = v.safeParse(fileRow, row);
  if (!success) return undefined;
  return { noteId: output.note_id, modified: output.modified, size: output.size, noteHash: output.note_hash };
}
