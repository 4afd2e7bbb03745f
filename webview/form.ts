import type { Draft, Label, ReviewState, ShownNote, ShownPrediction } from '../src/extension/sidebar/messages.ts';

/** A state that has something to decide about. */
export interface ShownReview extends ReviewState {
  readonly note: ShownNote;
  readonly prediction: ShownPrediction;
}

export function hasPrediction(state: ReviewState | undefined): state is ShownReview {
  return state !== undefined && state.note !== null && state.prediction !== null;
}

/** Whether the note's text is no longer what the model read. */
export function isStale(state: ShownReview): boolean {
  return state.note.hash !== state.prediction.noteHash;
}

export function isWhole(state: ShownReview): boolean {
  return state.activity.kind === 'done';
}

/** Whether the rationale is still on its way. */
export function isWriting({ activity }: ShownReview): boolean {
  return activity.kind === 'streaming' || activity.kind === 'restarting';
}

/** Whether both are about the same text of the same note and, once there is one, the same prediction. */
export function isSameReview(left: ReviewState, right: ReviewState): boolean {
  return left.note?.id === right.note?.id && left.prediction?.id === right.prediction?.id;
}

export function findLabel(labels: readonly Label[], id: string | null): Label | undefined {
  return labels.find((label) => label.id === id);
}

/** The reviewer's form as it stands. */
export interface Form {
  /** Null when no level is chosen yet: after the model abstained, none is. */
  readonly labelId: string | null;
  readonly rationale: string;
  readonly comment: string;
  readonly levelChanged: boolean;
  readonly rationaleChanged: boolean;
}

/**
 * What the form holds before the reviewer touches it: the correction that holds for this text, or else the prediction. A
 * rationale that is still being written is no starting point.
 */
export function formStart(state: ShownReview): Pick<Form, 'labelId' | 'rationale'> {
  const { prediction, decisions } = state;
  const decision = decisions.find(({ current }) => current);
  if (decision?.action === 'corrected' && decision.noteHash === prediction.noteHash) {
    return { labelId: decision.labelId, rationale: decision.rationale ?? '' };
  }
  return {
    labelId: prediction.abstained === null ? prediction.labelId : null,
    rationale: isWhole(state) ? prediction.rationale : '',
  };
}

export function formOf(state: ShownReview, draft: Draft | undefined): Form {
  const start = formStart(state);
  const labelId = draft?.labelId ?? start.labelId;
  const rationale = draft?.rationale ?? start.rationale;
  return {
    labelId,
    rationale,
    comment: draft?.comment ?? '',
    levelChanged: labelId !== start.labelId,
    rationaleChanged: rationale !== start.rationale,
  };
}

/** The draft that keeps these values, or undefined when they are what the form starts with. */
export function draftOf(
  state: ShownReview,
  values: Pick<Form, 'labelId' | 'rationale' | 'comment'>,
  editedAt: number,
): Draft | undefined {
  const start = formStart(state);
  const labelId = values.labelId === start.labelId ? null : values.labelId;
  const rationale = values.rationale === start.rationale ? null : values.rationale;
  if (labelId === null && rationale === null && values.comment === '') return undefined;
  return {
    noteId: state.note.id,
    noteHash: state.prediction.noteHash,
    labelId,
    rationale,
    comment: values.comment,
    editedAt,
  };
}
