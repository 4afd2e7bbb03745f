import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { DECISION_ACTIONS, type Decision } from '../corrections/index.ts';

const level = v.nullable(v.number());

const carriedSchema = v.object({
  format: v.literal(1),
  note_id: v.pipe(v.string(), v.minLength(1), v.maxLength(4096)),
  state: v.picklist(DECISION_ACTIONS),
  reviewer: v.pipe(v.string(), v.minLength(1)),
  decided_at: v.pipe(v.string(), v.isoTimestamp()),
  /** What the annotator can change, as it was exported. */
  content: v.string(),
  prediction_id: v.string(),
  model: v.object({ id: v.string(), version: v.string(), fingerprint: v.string() }),
  predicted: v.object({
    label_id: v.string(),
    label_text: v.string(),
    level,
    probabilities: v.record(v.string(), v.number()),
    rationale: v.string(),
  }),
  offered_rationale: v.nullable(v.string()),
});

/**
 * What goes along with an exported decision through a tool that has no place for it, so that the way back loses nothing: what the model
 * had said, and who decided when.
 */
export type CarriedDecision = v.InferOutput<typeof carriedSchema>;

/** The name under which it stands in another tool's record. */
export const CARRIED_FIELD = 'reason2decide';

export function carryDecision(decision: Decision): CarriedDecision {
  const { predicted, model } = decision;
  return {
    format: 1,
    note_id: decision.noteId,
    state: decision.action,
    reviewer: decision.reviewer,
    decided_at: decision.decidedAt,
    content: contentDigest(decision.label?.text ?? null, decision.rationale, decision.comment),
    prediction_id: decision.predictionId,
    model: { id: model.id, version: model.version, fingerprint: model.fingerprint },
    predicted: {
      label_id: predicted.labelId,
      label_text: predicted.labelText,
      level: predicted.level,
      probabilities: { ...predicted.probabilities },
      rationale: predicted.rationale,
    },
    offered_rationale: decision.offeredRationale,
  };
}

/** @returns null for anything else than a carried decision: the file was written, or changed, by something else. */
export function parseCarried(value: unknown): CarriedDecision | null {
  const parsed = v.safeParse(carriedSchema, value);
  return parsed.success ? parsed.output : null;
}

/** A digest of what an annotator can change. */
export function contentDigest(label: string | null, rationale: string | null, comment: string): string {
  const content = JSON.stringify([label, textOrNone(rationale), textOrNone(comment)]);
  return createHash('sha256').update(content, 'utf8').digest('hex');
}

/** Nothing and white space alone are the same to every tool. */
export function textOrNone(text: string | null): string | null {
  return text === null || text.trim() === '' ? null : text;
}
