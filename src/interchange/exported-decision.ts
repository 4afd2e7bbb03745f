import type { Decision } from '../corrections/index.ts';

/** A decision as it is written for another tool. */
export interface ExportedDecision extends Pick<Decision, 'noteId' | 'noteText' | 'rationale' | 'comment' | 'reviewer'> {
  readonly label: { readonly text: string };
  readonly predicted: Decision['predicted'];
  readonly model: Decision['model'];
  /** Null where it must not be told. */
  readonly decidedAt: string | null;
  /** Null where nothing may lead back to the decision. */
  readonly carried: object | null;
}

export interface WritingOptions {
  /** The texts of all labels, the most urgent first. */
  readonly labels: readonly string[];
  /** The tool's own name or number of a reviewer, by the reviewer's name. */
  readonly people: ReadonlyMap<string, string>;
}
