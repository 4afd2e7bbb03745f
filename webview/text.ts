import type { Label, NoteState, ShownDecision } from '../src/extension/sidebar/messages.ts';

/** Such as `82 %`. What is not quite none or all is not shown as none or all. */
export function percent(probability: number): string {
  const rounded = Math.round(probability * 100);
  if (rounded === 0 && probability > 0) return '< 1 %';
  if (rounded === 100 && probability < 1) return '> 99 %';
  return `${rounded} %`;
}

/** Such as `2 emergent`, or the text alone where labels have no level. */
export function labelName(label: Label): string {
  return label.level === null ? label.text : `${label.level} ${label.text}`;
}

/** Such as `Level 2, emergent`, for what is read aloud. */
export function spokenLabel(label: Label): string {
  return label.level === null ? label.text : `Level ${label.level}, ${label.text}`;
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What a note's state means to its reviewer: a prediction alone is no review. */
export function stateText(state: NoteState): string {
  switch (state) {
    case 'predicted':
      return 'predicted, not reviewed';
    case 'flagged':
      return 'flagged for a second opinion';
    default:
      return state;
  }
}

/** Such as `corrected to 3 urgent`. */
export function decisionText(decision: Pick<ShownDecision, 'action' | 'labelId'>, labels: readonly Label[]): string {
  const label = labels.find(({ id }) => id === decision.labelId);
  switch (decision.action) {
    case 'accepted':
      return label === undefined ? 'accepted' : `accepted as ${labelName(label)}`;
    case 'corrected':
      return label === undefined ? 'corrected' : `corrected to ${labelName(label)}`;
    case 'rejected':
      return 'rejected';
    case 'flagged':
      return 'flagged for a second opinion';
    case 'undone':
      return 'undone';
  }
}

/** In the reviewer's own time zone and manner. */
export function timeText(instant: string): string {
  return new Date(instant).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}
