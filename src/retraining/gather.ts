import { createHash } from 'node:crypto';
import { UserError } from '../common/index.ts';
import type { CorrectionsStore, Decision } from '../corrections/index.ts';
import type { ModelLabel } from '../triage/index.ts';

/** A decision that teaches: a note with the level that its reviewer gave it. */
export interface Correction {
  /** Its number in the store. */
  readonly sequence: number;
  readonly noteId: string;
  /** `textKey` of the note. */
  readonly key: string;
  readonly note: string;
  /** A label text of the model. */
  readonly label: string;
  /** Empty where the reviewer gave none. */
  readonly rationale: string;
  readonly rationaleSource: string | null;
}

/** Decisions on one and the same text that disagree: the latest counts. */
export interface Contradiction {
  readonly kept: number;
  readonly contradicted: readonly number[];
}

export interface Gathered {
  /** One a text, oldest first. */
  readonly corrections: readonly Correction[];
  /** The hash of the newest of them in the store's chain. */
  readonly head: string;
  /** Decisions that stand and do not teach. */
  readonly leftOut: {
    readonly rejected: number;
    readonly flagged: number;
    /** Their label is none of the model's. */
    readonly otherLabels: number;
    /** Their text was decided on again, in the same way. */
    readonly repeated: number;
  };
  readonly contradictions: readonly Contradiction[];
}

/** What makes two notes the same: the SHA-256 of the text, whatever its case, white space and typographic variants. */
export function textKey(note: string): string {
  const text = note.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/**
 * The decisions of a store that teach: of those that stand, the accepted and the corrected ones. Where the same text was decided
 * on more than once, under several names, the latest counts.
 *
 * @throws UserError when none teaches.
 */
export function gatherCorrections(store: CorrectionsStore, labels: readonly ModelLabel[]): Gathered {
  const leftOut = { rejected: 0, flagged: 0, otherLabels: 0, repeated: 0 };
  const byText = new Map<string, Correction[]>();
  let newest: Decision | undefined;
  for (const decision of store.latestOfAll()) {
    if (decision.action === 'rejected' || decision.action === 'flagged') {
      leftOut[decision.action]++;
      continue;
    }
    const label = labelOf(decision, labels);
    if (label === undefined) {
      leftOut.otherLabels++;
      continue;
    }
    const correction = toCorrection(decision, label);
    byText.set(correction.key, [...(byText.get(correction.key) ?? []), correction]);
    newest = decision;
  }
  const corrections: Correction[] = [];
  const contradictions: Contradiction[] = [];
  for (const decided of byText.values()) {
    const kept = decided.at(-1);
    if (kept === undefined) continue;
    corrections.push(kept);
    const contradicted = decided.filter(({ label }) => label !== kept.label).map(({ sequence }) => sequence);
    if (contradicted.length > 0) contradictions.push({ kept: kept.sequence, contradicted });
    leftOut.repeated += decided.length - 1 - contradicted.length;
  }
  if (newest === undefined) throw nothingTeaches(leftOut);
  corrections.sort((a, b) => a.sequence - b.sequence);
  return { corrections, head: newest.hash, leftOut, contradictions };
}

function labelOf({ label }: Decision, labels: readonly ModelLabel[]): ModelLabel | undefined {
  if (label === null) return undefined;
  return labels.find(({ id }) => id === label.id) ?? labels.find(({ text }) => text === label.text);
}

function toCorrection(decision: Decision, label: ModelLabel): Correction {
  return {
    sequence: decision.sequence,
    noteId: decision.noteId,
    key: textKey(decision.noteText),
    note: decision.noteText,
    label: label.text,
    rationale: decision.rationale?.trim() ?? '',
    rationaleSource: decision.rationaleSource,
  };
}

function nothingTeaches({ rejected, flagged, otherLabels }: Gathered['leftOut']): UserError {
  if (otherLabels > 0) {
    return new UserError(
      'The decisions give labels that this model does not have; retrain the model they were made with.',
    );
  }
  return new UserError(
    rejected + flagged > 0
      ? 'All decisions are rejections or flags, which give no level to learn; accept or correct some notes first.'
      : 'There is no decision to learn from yet; accept or correct some notes first.',
  );
}
