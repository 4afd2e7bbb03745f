import type { Decision, NewDecision } from '../../corrections/index.ts';
import type { DecisionRequest } from '../sidebar/messages.ts';
import { decidedLabel, type HeldPrediction, reviewed } from './held-prediction.ts';
import { Refusal } from './refusal.ts';

/**
 * The decision that a request makes about a prediction. What is accepted is the prediction itself, never a copy of it that
 * came from the page.
 *
 * @param offered what the model wrote for the reviewer's own label, if it did.
 * @throws Refusal for a label that the model does not have, or for a correction without one.
 */
export function decisionOf(
  { action, labelId, rationale, comment }: DecisionRequest,
  held: HeldPrediction,
  offered: string | undefined,
): Omit<NewDecision, 'noteId' | 'reviewer' | 'supersedes'> {
  const about = { ...reviewed(held), comment: comment.trim() };
  switch (action) {
    case 'accepted':
      return { ...about, action, label: decidedLabel(held.prediction.label), rationale: held.rationale };
    case 'corrected': {
      const label = held.model.labels.find(({ id }) => id === labelId);
      if (label === undefined) throw new Refusal('other', 'Choose one of the levels first.');
      return {
        ...about,
        action,
        label: decidedLabel(label),
        rationale: rationale === null || rationale.trim() === '' ? null : rationale.trim(),
        offeredRationale: offered ?? null,
      };
    }
    case 'rejected':
    case 'flagged':
      return { ...about, action, label: null, rationale: null };
  }
}

/** The row that takes a decision back: about the same text and prediction, with no label of its own. */
export function undoing(decision: Decision, reviewer: string): NewDecision {
  const { noteId, noteHash, noteText, predictionId, model, predicted, sequence } = decision;
  return {
    noteId,
    noteHash,
    noteText,
    predictionId,
    model,
    predicted,
    action: 'undone',
    label: null,
    rationale: null,
    comment: '',
    reviewer,
    supersedes: sequence,
  };
}
