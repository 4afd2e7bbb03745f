import { basename } from 'node:path';
import type { PredictionSummary } from '../predictions/index.ts';
import type { DecisionAction, NoteState } from '../sidebar/messages.ts';
import type { FoundNote } from './note-files.ts';

/** A label as a list of notes shows it. */
export interface Acuity {
  readonly labelText: string;
  /** 1 is the most urgent; null where the labels have no order. */
  readonly level: number | null;
}

/** One note of the workspace as it is shown in lists. */
export interface NoteEntry {
  readonly id: string;
  readonly path: string;
  readonly name: string;
  /** Of the text as it is now; undefined as long as the file was not read, because nothing depends on it. */
  readonly noteHash: string | undefined;
  /** Where the text as it is now stands in its review. */
  readonly state: NoteState;
  /** What was decided about an earlier text, when the note has changed since: it needs review again. Null otherwise. */
  readonly changedSince: DecisionAction | null;
  /** The reviewer's label where there is one, otherwise the model's; null for a note that is not triaged. */
  readonly acuity: Acuity | null;
  /** What the model said of the text as it is now. */
  readonly prediction: PredictionSummary | null;
  /** How many selections of the note were decided by themselves, which is no review of the note. */
  readonly decidedParts: number;
}

/** The part of a kept decision that a list of notes needs. */
export interface LatestDecision {
  readonly noteId: string;
  readonly noteHash: string;
  readonly sequence: number;
  readonly action: DecisionAction | 'undone';
  readonly predicted: {
    readonly labelId: string;
    readonly labelText: string;
    readonly level: number | null;
    readonly probabilities: Readonly<Record<string, number>>;
  };
  readonly label: { readonly text: string; readonly level: number | null } | null;
}

/** A decision without the note's text, so that one can be held for every note. */
export interface DecisionSummary {
  readonly sequence: number;
  readonly noteHash: string;
  readonly action: DecisionAction;
  readonly prediction: PredictionSummary;
  readonly label: Acuity | null;
}

export function summarizeDecision(decision: LatestDecision): DecisionSummary | undefined {
  const { sequence, noteHash, action, predicted, label } = decision;
  // Undone, and nothing decided before it: as if it had never been decided.
  if (action === 'undone') return undefined;
  return {
    sequence,
    noteHash,
    action,
    prediction: {
      labelText: predicted.labelText,
      level: predicted.level,
      certainty: predicted.probabilities[predicted.labelId] ?? 0,
      expectedLevel: null,
    },
    label: label === null ? null : { labelText: label.text, level: label.level },
  };
}

export interface KnownOfNote {
  readonly decision: DecisionSummary | undefined;
  readonly decidedParts: number;
  readonly cached: PredictionSummary | undefined;
}

/** What is known of a note, put together. A decision counts for the text that it was made about, and for no other. */
export function makeEntry(
  file: FoundNote,
  noteHash: string | undefined,
  { decision, decidedParts, cached }: KnownOfNote,
): NoteEntry {
  const common = { id: file.id, path: file.path, name: basename(file.path), noteHash, decidedParts };
  // A file that was not read yet is taken for unchanged: it is read at once when it has a decision.
  if (decision !== undefined && (noteHash === undefined || noteHash === decision.noteHash)) {
    const prediction = cached ?? decision.prediction;
    const acuity = decision.label ?? decision.prediction;
    return { ...common, state: decision.action, changedSince: null, acuity, prediction };
  }
  const changedSince = decision?.action ?? null;
  if (cached === undefined) return { ...common, state: 'not triaged', changedSince, acuity: null, prediction: null };
  return { ...common, state: 'predicted', changedSince, acuity: cached, prediction: cached };
}

/** Whether somebody still has to look at the note: nothing was decided about the text as it is now. */
export function needsReview({ state }: NoteEntry): boolean {
  return state === 'not triaged' || state === 'predicted';
}

/** Whether two entries of a note show the same. */
export function sameEntry(a: NoteEntry, b: NoteEntry): boolean {
  return (
    a.noteHash === b.noteHash &&
    a.state === b.state &&
    a.changedSince === b.changedSince &&
    a.acuity?.labelText === b.acuity?.labelText &&
    a.acuity?.level === b.acuity?.level &&
    a.prediction?.labelText === b.prediction?.labelText &&
    a.prediction?.certainty === b.prediction?.certainty &&
    a.prediction?.expectedLevel === b.prediction?.expectedLevel &&
    a.decidedParts === b.decidedParts
  );
}
