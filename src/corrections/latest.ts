import type { Value } from './row.ts';

/** As much of a decision as tells whether it still stands. */
export interface DecisionStep {
  readonly sequence: Value;
  readonly action: Value;
  readonly supersedes: Value;
}

/**
 * The decision of one note that stands: the newest that was not undone. Undoing it lets the one before stand again.
 *
 * @param steps the note's decisions, oldest first.
 * @returns its sequence number, or undefined where none stands.
 */
export function standingDecision(steps: Iterable<DecisionStep>): number | undefined {
  const standing: number[] = [];
  for (const { sequence, action, supersedes } of steps) {
    if (action !== 'undone') standing.push(Number(sequence));
    else {
      // Not always the newest: another window may have decided meanwhile.
      const undone = standing.lastIndexOf(Number(supersedes));
      if (undone >= 0) standing.splice(undone, 1);
    }
  }
  return standing.at(-1);
}

/**
 * The decisions that stand in a whole database, one a note, oldest first; in memory of one number a note.
 *
 * @param steps every decision with its note, those of one note together and oldest first.
 */
export function standingDecisions(steps: Iterable<DecisionStep & { readonly note_id: Value }>): number[] {
  const result: number[] = [];
  let note: Value = null;
  let ofNote: DecisionStep[] = [];
  const close = () => {
    const standing = standingDecision(ofNote);
    if (standing !== undefined) result.push(standing);
    ofNote = [];
  };
  for (const step of steps) {
    if (step.note_id !== note) close();
    note = step.note_id;
    ofNote.push(step);
  }
  close();
  return result.sort((a, b) => a - b);
}
