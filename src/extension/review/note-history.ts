import type { CorrectionsStore, Decision } from '../../corrections/index.ts';
import type { NoteState, ShownDecision } from '../sidebar/messages.ts';

/** The decisions on one note. */
export class NoteHistory {
  static readonly none = new NoteHistory([], undefined);

  readonly #decisions: readonly Decision[];
  /** The decision that stands. */
  readonly current: Decision | undefined;

  private constructor(decisions: readonly Decision[], current: Decision | undefined) {
    this.#decisions = decisions;
    this.current = current;
  }

  static of(noteId: string, store: CorrectionsStore | undefined): NoteHistory {
    return store === undefined ? NoteHistory.none : new NoteHistory(store.history(noteId), store.latest(noteId));
  }

  /** Where a text of the note stands: a decision counts for the text that it is about, and a prediction is no review. */
  stateOf(noteHash: string, isPredicted: boolean): NoteState {
    const action = this.current?.noteHash === noteHash ? this.current.action : undefined;
    if (action !== undefined && action !== 'undone') return action;
    return isPredicted ? 'predicted' : 'not triaged';
  }

  /** For the page, newest first. */
  get shown(): ShownDecision[] {
    return this.#decisions
      .map((decision) => ({
        sequence: decision.sequence,
        action: decision.action,
        decidedAt: decision.decidedAt,
        reviewer: decision.reviewer,
        noteHash: decision.noteHash,
        labelId: decision.label?.id ?? null,
        rationale: decision.rationale,
        comment: decision.comment,
        current: decision.sequence === this.current?.sequence,
      }))
      .sort((left, right) => right.sequence - left.sequence);
  }
}
