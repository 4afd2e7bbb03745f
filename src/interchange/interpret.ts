import { type DecidedLabel, type NewDecision, noteHash, type ReviewedPrediction } from '../corrections/index.ts';
import { type Annotation, type LeftOut, WITHOUT_LABEL } from './annotation.ts';
import { type CarriedDecision, contentDigest } from './carried-decision.ts';
import type { LabelMap } from './labels.ts';

/** A decision that an annotation makes, before it is known which one it supersedes. */
export interface ImportedDecision {
  readonly where: string;
  readonly decision: Omit<NewDecision, 'supersedes'>;
  /** ISO 8601, UTC; null where the file does not say when. */
  readonly decidedAt: string | null;
}

export interface InterpretOptions {
  /** The file, as errors name it. */
  readonly file: string;
  readonly format: string;
  readonly labels: LabelMap;
  /** The reviewer of annotations that name nobody. */
  readonly reviewer?: string;
  /** Reviewers by the tool's own name or number. */
  readonly people: ReadonlyMap<string, string>;
  /** The name of a note that is known here by its text, or undefined. */
  readonly noteIdOf: (hash: string) => string | undefined;
}

/**
 * What an annotation decides. One that was exported from here and came back as it went is the decision that it was; one that was
 * changed is a new decision of whoever changed it, on the same prediction.
 *
 * @throws UserError for a label that is none.
 */
export function interpret(annotation: Annotation, options: InterpretOptions): ImportedDecision | LeftOut {
  const { where, noteText, rationale, comment } = annotation;
  const label =
    annotation.label === null ? null : options.labels.require(annotation.label, `${options.file}, ${where}`);
  if (label === null && !annotation.rejected) return { where, why: WITHOUT_LABEL };
  const hash = noteHash(noteText);
  const { carried } = annotation;
  const isUnchanged = carried?.content === contentDigest(label?.text ?? null, rationale, comment);
  const reviewer = isUnchanged ? carried.reviewer : reviewerOf(annotation, options);
  if (reviewer === null) return { where, why: 'names no reviewer; give one with --reviewer' };
  const predicted = carried === null ? suggested(annotation, options.labels) : carriedPrediction(carried);
  return {
    where,
    decidedAt: isUnchanged ? carried.decided_at : momentOf(annotation),
    decision: {
      noteId: carried?.note_id ?? options.noteIdOf(hash) ?? nameFor(annotation, hash),
      noteHash: hash,
      noteText,
      predictionId: carried?.prediction_id ?? `imported/${options.format}`,
      model: carried?.model ?? { id: annotation.suggestion?.model ?? 'none', version: '', fingerprint: '' },
      predicted,
      action:
        isUnchanged && fits(carried.state, label, predicted) ? carried.state : actionOf(label, rationale, predicted),
      label,
      rationale,
      offeredRationale: carried?.offered_rationale ?? null,
      comment,
      reviewer,
    },
  };
}

function reviewerOf({ annotator }: Annotation, { format, people, reviewer }: InterpretOptions): string | null {
  if (annotator === null) return reviewer ?? null;
  const name = people.get(annotator);
  if (name !== undefined) return name;
  // A bare number or UUID names nobody to those who read the history.
  const isName = /\p{L}/u.test(annotator) && !/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(annotator);
  return isName ? annotator : (reviewer ?? `${format} ${annotator}`);
}

/** A change of an exported decision that still has the decision's own time was made no one knows when. */
function momentOf({ decidedAt, carried }: Annotation): string | null {
  return decidedAt !== null && decidedAt === carried?.decided_at ? null : decidedAt;
}

/** Notes of other tools have names that mean something there alone; the text keeps two of them apart. */
function nameFor({ noteName }: Annotation, hash: string): string {
  const name = noteName
    ?.trim()
    .replace(/[\s/\\]+/g, '-')
    .slice(0, 80);
  return `imported/${name ? `${name}-` : ''}${hash.slice(0, name ? 8 : 16)}`;
}

function suggested({ suggestion }: Annotation, labels: LabelMap): ReviewedPrediction {
  const label = suggestion === null ? null : labels.find(suggestion.label);
  if (suggestion === null || label === null) {
    return { labelId: '', labelText: '', level: null, probabilities: {}, rationale: '' };
  }
  return {
    labelId: label.id,
    labelText: label.text,
    level: label.level,
    probabilities: suggestion.score === null ? {} : { [label.id]: suggestion.score },
    rationale: suggestion.rationale,
  };
}

function carriedPrediction({ predicted }: CarriedDecision): ReviewedPrediction {
  return {
    labelId: predicted.label_id,
    labelText: predicted.label_text,
    level: predicted.level,
    probabilities: predicted.probabilities,
    rationale: predicted.rationale,
  };
}

function actionOf(
  label: DecidedLabel | null,
  rationale: string | null,
  predicted: ReviewedPrediction,
): NewDecision['action'] {
  if (label === null) return 'rejected';
  return label.id === predicted.labelId && rationale === (predicted.rationale || null) ? 'accepted' : 'corrected';
}

/** Whether a decision in that state may have that label: a file may have been changed by hand. */
function fits(state: NewDecision['action'], label: DecidedLabel | null, predicted: ReviewedPrediction): boolean {
  switch (state) {
    case 'accepted':
      return label?.id === predicted.labelId;
    case 'corrected':
      return label !== null;
    case 'undone':
      return false;
    default:
      return true;
  }
}
