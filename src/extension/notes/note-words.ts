import type { DecisionAction } from '../sidebar/messages.ts';
import type { Acuity, NoteEntry } from './note-entry.ts';

/** How a note looks in a list: names of the editor's icons and of this extension's colours, and words. */
export interface NoteLook {
  readonly icon: string;
  /** Undefined for a note that is not triaged. */
  readonly colour: string | undefined;
  /** At most two characters beside the file's name; undefined for a note that is not triaged. */
  readonly badge: string | undefined;
  /** Acuity and state in a few words. */
  readonly description: string;
  /** One sentence a line, for the tooltip. */
  readonly explanation: readonly string[];
}

/** A prediction alone is drawn hollow and with a question mark: it is no review. */
export function lookOf(entry: NoteEntry): NoteLook {
  const { acuity } = entry;
  return {
    icon: iconOf(entry),
    colour: acuity === null ? undefined : colourOf(acuity),
    badge: badgeOf(entry),
    description: describe(entry),
    explanation: explain(entry),
  };
}

/** What a screen reader says of a note in a list. */
export function spokenName(entry: NoteEntry): string {
  return `${entry.name}, ${describe(entry).replaceAll(' · ', ', ')}`;
}

/** A label with its level and its word, such as `2 emergent`. */
export function acuityWords({ level, labelText }: Acuity): string {
  return level === null ? labelText : `${level} ${labelText}`;
}

const reviewedWords: Readonly<Record<DecisionAction, string>> = {
  accepted: 'accepted',
  corrected: 'corrected',
  rejected: 'prediction rejected',
  flagged: 'flagged for a second opinion',
};

const reviewedIcons: Readonly<Record<DecisionAction, string>> = {
  accepted: 'pass-filled',
  corrected: 'edit',
  rejected: 'circle-slash',
  flagged: 'flag',
};

const reviewedMarks: Readonly<Record<DecisionAction, string>> = {
  accepted: '✓',
  corrected: '✎',
  rejected: '✗',
  flagged: '⚑',
};

const levelsWithColour = 5;

function colourOf({ level }: Acuity): string {
  const hasColour = level !== null && Number.isInteger(level) && level >= 1 && level <= levelsWithColour;
  return `reason2decide.acuity${hasColour ? level : 'Other'}`;
}

function iconOf({ state, changedSince }: NoteEntry): string {
  if (changedSince !== null) return 'history';
  if (state === 'not triaged') return 'circle-small';
  return state === 'predicted' ? 'circle-large-outline' : reviewedIcons[state];
}

function badgeOf({ state, acuity, changedSince }: NoteEntry): string | undefined {
  if (acuity === null) return changedSince === null ? undefined : '!';
  const { level, labelText } = acuity;
  const sign = level !== null && level >= 0 && level <= 9 ? String(level) : labelText.slice(0, 1).toUpperCase();
  if (changedSince !== null) return `${sign}!`;
  return `${sign}${state === 'predicted' || state === 'not triaged' ? '?' : reviewedMarks[state]}`;
}

function describe({ state, acuity, prediction, changedSince, decidedParts }: NoteEntry): string {
  const parts: string[] = [];
  if (acuity !== null) parts.push(acuityWords(acuity));
  if (state === 'predicted') {
    if (prediction !== null) parts.push(certaintyWords(prediction.certainty));
    parts.push('predicted, not reviewed');
  } else if (state === 'not triaged') parts.push('not triaged');
  else parts.push(reviewedWords[state]);
  if (changedSince !== null) parts.push(`changed since ${changedSince}`);
  if (decidedParts > 0) parts.push(`${partsWords(decidedParts)} reviewed`);
  return parts.join(' · ');
}

const partsWords = (count: number) => (count === 1 ? '1 part' : `${count} parts`);

function explain({ state, acuity, prediction, changedSince, decidedParts }: NoteEntry): string[] {
  const lines: string[] = [];
  if (decidedParts > 0) {
    const were = decidedParts === 1 ? 'was' : 'were';
    lines.push(`${partsWords(decidedParts)} of it ${were} reviewed, which is no review of the whole note.`);
  }
  if (changedSince !== null) {
    lines.push(`The note has changed since it was ${changedSince}: it needs review again.`);
  }
  if (state === 'not triaged') return [...lines, 'This text was not triaged yet.'];
  if (state === 'predicted') lines.push('A prediction, which nobody has reviewed.');
  else if (acuity !== null && state !== 'rejected') {
    lines.push(`Acuity ${acuityWords(acuity)}, ${reviewedWords[state]} by a reviewer.`);
  } else lines.push('A reviewer rejected the prediction.');
  if (prediction !== null) {
    lines.push(`The model says ${acuityWords(prediction)}, ${certaintyWords(prediction.certainty)}.`);
  }
  return lines;
}

/** A probability as people read it. It never claims to be all or nothing. */
export function certaintyWords(certainty: number): string {
  if (certainty > 0.99) return 'over 99 % sure';
  if (certainty < 0.01) return 'under 1 % sure';
  return `${Math.round(certainty * 100)} % sure`;
}
