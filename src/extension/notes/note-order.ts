import type { NoteState } from '../sidebar/messages.ts';
import type { NoteEntry } from './note-entry.ts';

export type NoteOrder = 'urgency' | 'uncertainty' | 'name';

/** What a list can be filtered by: a state, or that the note has changed since it was decided. */
export type NoteFilter = NoteState | 'changed';

/** Every order, with the words that tell it to the reviewer. */
export const orderWords: Readonly<Record<NoteOrder, string>> = {
  urgency: 'most urgent first',
  uncertainty: 'least certain first',
  name: 'by name',
};

export type Comparison = (a: NoteEntry, b: NoteEntry) => number;

// Numbers in names count as numbers: note 9 comes before note 10.
const names = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

function byName(a: NoteEntry, b: NoteEntry): number {
  if (a.id === b.id) return 0;
  // Two ids that the collator takes for the same, such as those that differ in case, still have an order.
  return names.compare(a.id, b.id) || (a.id < b.id ? -1 : 1);
}

/** The acuity that holds, then how far the model leans to more urgent ones. Notes without a level come last. */
function byUrgency(a: NoteEntry, b: NoteEntry): number {
  return rankOf(a) - rankOf(b) || leaningOf(a) - leaningOf(b) || byName(a, b);
}

function byUncertainty(a: NoteEntry, b: NoteEntry): number {
  return (a.prediction?.certainty ?? 2) - (b.prediction?.certainty ?? 2) || byUrgency(a, b);
}

const labelWithoutLevel = 1000;
const notTriaged = 2000;

function rankOf({ acuity }: NoteEntry): number {
  return acuity === null ? notTriaged : (acuity.level ?? labelWithoutLevel);
}

function leaningOf({ acuity, prediction }: NoteEntry): number {
  return prediction?.expectedLevel ?? acuity?.level ?? 0;
}

/** A total order of the notes: 0 for none but the note itself. */
export function comparisonFor(order: NoteOrder): Comparison {
  switch (order) {
    case 'urgency':
      return byUrgency;
    case 'uncertainty':
      return byUncertainty;
    case 'name':
      return byName;
  }
}

/** Whether a note is shown; without a filter every note is. */
export function passes(filter: ReadonlySet<NoteFilter> | undefined, entry: NoteEntry): boolean {
  if (filter === undefined || filter.has(entry.state)) return true;
  return entry.changedSince !== null && filter.has('changed');
}
