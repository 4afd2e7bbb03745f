import type { CarriedDecision } from './carried-decision.ts';

/** What an annotator said of a note, as the tool's file has it. */
export interface Annotation {
  /** Where it stands in the file, as in `line 3`. */
  readonly where: string;
  readonly noteText: string;
  /** The record's own name in the tool, or null. */
  readonly noteName: string | null;
  /** The label's text or number, as the annotator chose it; null where there is none. */
  readonly label: string | number | null;
  /** True where the annotator refused what was suggested without giving a label. */
  readonly rejected: boolean;
  readonly rationale: string | null;
  readonly comment: string;
  /** Who annotated, as the tool names or numbers them; null where it does not say. */
  readonly annotator: string | null;
  /** ISO 8601, UTC; null where the tool does not say. */
  readonly decidedAt: string | null;
  /** What a model had suggested. */
  readonly suggestion: Suggestion | null;
  /** The decision that this program had exported here, before the annotator saw it. */
  readonly carried: CarriedDecision | null;
}

export interface Suggestion {
  readonly label: string | number;
  readonly rationale: string;
  /** The probability of the label, 0 to 1, or null. */
  readonly score: number | null;
  /** The model's name in the tool. */
  readonly model: string;
}

/** A record that gives no decision, and why. */
export interface LeftOut {
  readonly where: string;
  readonly why: string;
}

/** Names of the tool's fields, where they are other than the usual ones. */
export interface FieldNames {
  readonly text?: string;
  readonly label?: string;
  readonly rationale?: string;
  readonly comment?: string;
}

/** The names by which a field is known, the given one alone where one is given. */
export function namesOf(field: keyof FieldNames, given: FieldNames): readonly string[] {
  const name = given[field];
  return name === undefined ? usual[field] : [name];
}

const usual: Readonly<Record<keyof FieldNames, readonly string[]>> = {
  text: ['text', 'note', 'question'],
  label: ['label', 'acuity', 'triage', 'level'],
  rationale: ['rationale', 'reason', 'explanation', 'user_input'],
  comment: ['comment', 'comments', 'remark'],
};

export const WITHOUT_TEXT = 'no note text was found; name its field with --text-field';
export const WITHOUT_LABEL = 'gives no label';
export const SEVERAL_LABELS = 'gives several labels';
