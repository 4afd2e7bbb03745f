import type { Label, ReviewState } from '../src/extension/sidebar/messages.ts';
import { findLabel, hasPrediction, isStale, isWhole, type ShownReview } from './form.ts';
import { percent, spokenLabel } from './text.ts';

/**
 * What a screen reader says when one state follows another: the note, its acuity once it is known, the rationale once it
 * is whole, and what went wrong. Undefined when there is nothing new to say, as for each word that streams in.
 */
export function announcement(previous: ReviewState | undefined, next: ReviewState): string | undefined {
  const sentences = [...noteSentences(previous, next), ...activitySentences(previous, next)];
  if (hasPrediction(next)) sentences.push(...predictionSentences(previous, next));
  return sentences.length === 0 ? undefined : sentences.join(' ');
}

/** What a screen reader says of the rationale for a level that the reviewer chose. */
export function offerText(offered: string, label: Label | undefined, models: string): string {
  const level = label === undefined ? 'the chosen level' : spokenLabel(label);
  if (offered === models) return `For ${level} the model wrote the same rationale again.`;
  return `Offered rationale for ${level}: ${offered}`;
}

function noteSentences(previous: ReviewState | undefined, { note, queue }: ReviewState): string[] {
  if (note === null || previous?.note?.id === note.id) return [];
  return [queue.position === null ? `${note.name}.` : `${note.name}, ${queue.position} of ${queue.total}.`];
}

function activitySentences(previous: ReviewState | undefined, { activity }: ReviewState): string[] {
  if (previous?.activity.kind === activity.kind) return [];
  switch (activity.kind) {
    case 'loading model':
      return ['Loading the model.'];
    case 'predicting':
      return ['Reading the note.'];
    case 'restarting':
      return ['The model’s process stopped and is being started again.'];
    // What failed is an alert of its own.
    default:
      return [];
  }
}

function predictionSentences(previous: ReviewState | undefined, next: ShownReview): string[] {
  const before = hasPrediction(previous) && previous.prediction.id === next.prediction.id ? previous : undefined;
  const sentences = before === undefined ? acuitySentences(next) : [];
  if (isWhole(next) && (before === undefined || !isWhole(before))) {
    sentences.push(`Rationale: ${next.prediction.rationale}`);
  }
  if (isStale(next) && (before === undefined || !isStale(before))) {
    sentences.push('The note has changed since it was triaged.');
  }
  return sentences;
}

function acuitySentences({ prediction, labels }: ShownReview): string[] {
  const label = findLabel(labels, prediction.labelId);
  if (label === undefined) return [];
  const probability = prediction.probabilities.find(({ labelId }) => labelId === label.id)?.probability ?? 0;
  const sure = `${spokenLabel(label)}, ${percent(probability)}.`;
  const sentences =
    prediction.abstained === null ? [sure] : [`Needs a clinician. ${prediction.abstained} Leaning: ${sure}`];
  if (prediction.truncated) sentences.push('The model read only the beginning of this note.');
  return sentences;
}
