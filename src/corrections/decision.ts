import { createHash } from 'node:crypto';
import type { RationaleSource } from './rationale-source.ts';

/**
 * What a reviewer can do with a prediction. `accepted` and `corrected` give the note a label; `rejected` says that the
 * prediction is wrong without giving another; `flagged` asks for a second opinion; `undone` takes an earlier decision back.
 */
export const DECISION_ACTIONS = ['accepted', 'corrected', 'rejected', 'flagged', 'undone'] as const;
export type DecisionAction = (typeof DECISION_ACTIONS)[number];

/** A label as it stood in the model folder when the decision was made. Level 1 is the most urgent; null without an order. */
export interface DecidedLabel {
  readonly id: string;
  readonly text: string;
  readonly level: number | null;
}

/** What the model said, and the reviewer saw. */
export interface ReviewedPrediction {
  readonly labelId: string;
  readonly labelText: string;
  readonly level: number | null;
  /** Probability by label id. */
  readonly probabilities: Readonly<Record<string, number>>;
  readonly rationale: string;
}

/** A reviewer's decision before it is stored. */
export interface NewDecision {
  /** The note's path in its workspace with `/`, or an untitled document's URI; `#start-end` behind it for a selection. */
  readonly noteId: string;
  /** `noteHash(noteText)`. */
  readonly noteHash: string;
  readonly noteText: string;
  readonly predictionId: string;
  readonly model: { readonly id: string; readonly version: string; readonly fingerprint: string };
  readonly predicted: ReviewedPrediction;
  readonly action: DecisionAction;
  /** Null where the reviewer gave none; always null when undone. */
  readonly label: DecidedLabel | null;
  readonly rationale: string | null;
  /** What the model wrote for the reviewer's own label, where the reviewer was offered that too. */
  readonly offeredRationale?: string | null;
  readonly comment: string;
  readonly reviewer: string;
  /** The decision that this one replaces or, for `undone`, takes back. */
  readonly supersedes: number | null;
}

/** A decision as it is stored, for good. */
export interface Decision extends NewDecision {
  readonly offeredRationale: string | null;
  /** 1 for the first decision of a database. */
  readonly sequence: number;
  /** ISO 8601, UTC. */
  readonly decidedAt: string;
  readonly rationaleSource: RationaleSource | null;
  /** The hash of what came before in the chain. */
  readonly previousHash: string;
  readonly hash: string;
}

/** SHA-256 of a note's text in UTF-8, in hexadecimal. */
export function noteHash(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
