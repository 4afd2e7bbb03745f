import { extname } from 'node:path';
import { UserError, writeFileAtomically } from '../common/index.ts';
import {
  BEST_EFFORT,
  type CorrectionsStore,
  type DecidedLabel,
  type Decision,
  type DecisionAction,
  deidentify,
} from '../corrections/index.ts';
import { carryDecision } from './carried-decision.ts';
import type { ExportedDecision } from './exported-decision.ts';
import { formats, type InterchangeFormatName } from './formats.ts';

/** Which of the decisions that stand are exported. */
export interface DecisionChoice {
  /** `accepted` and `corrected` where absent. */
  readonly states?: readonly DecisionAction[];
  /** Everyone where absent. */
  readonly reviewers?: readonly string[];
  /** Whether to replace identifiers, at best effort. Then nothing leads back to the decision either. */
  readonly deidentify?: boolean;
}

export interface AnnotationExportOptions extends DecisionChoice {
  readonly format: InterchangeFormatName;
  /** The model's labels, the most urgent first. */
  readonly labels: readonly DecidedLabel[];
  /** The tool's own name or number of a reviewer, by the reviewer's name. */
  readonly people?: ReadonlyMap<string, string>;
  readonly onProgress?: (written: number) => void;
}

export interface AnnotationExportReport {
  readonly file: string;
  readonly written: number;
  readonly leftOut: { readonly notAskedFor: number; readonly withoutLabel: number };
  /** What the replacement of identifiers is worth; null where there was none. */
  readonly statement: string | null;
}

/** How many decisions are written between two turns of whatever else this process does. */
const stride = 500;

/**
 * Writes the decision that stands on each note in another tool's format, oldest first. The file appears only when it is complete.
 *
 * @throws UserError where nothing is left to export, for a name that does not fit the format, and for a full disk.
 */
export async function exportAnnotations(
  store: CorrectionsStore,
  file: string,
  options: AnnotationExportOptions,
): Promise<AnnotationExportReport> {
  const { format: name, labels, people = new Map(), onProgress } = options;
  const format = formats[name];
  const extension = format.layout === 'array' ? '.json' : '.jsonl';
  if (extname(file).toLowerCase() !== extension) {
    throw new UserError(`${file}: an export for ${name} needs a name that ends in ${extension}.`);
  }
  const leftOut = { notAskedFor: 0, withoutLabel: 0 };
  const writing = { labels: labels.map(({ text }) => text), people };
  let written = 0;
  await writeFileAtomically(file, async (out) => {
    const between = format.layout === 'array' ? ',\n' : '\n';
    if (format.layout === 'array') await out.appendFile('[\n');
    for (const decision of chosenDecisions(store, options, leftOut)) {
      const record = format.write(exported(decision, options.deidentify === true), writing);
      await out.appendFile(`${written > 0 ? between : ''}${JSON.stringify(record)}`);
      written++;
      if (written % stride === 0) onProgress?.(written);
    }
    if (written === 0) throw nothingLeft(leftOut);
    await out.appendFile(format.layout === 'array' ? '\n]\n' : '\n');
  });
  return { file, written, leftOut, statement: options.deidentify === true ? BEST_EFFORT : null };
}

export type Labelled = Decision & { readonly label: DecidedLabel };

/** The decisions that are asked for and give a label; the others are counted. */
export function* chosenDecisions(
  store: CorrectionsStore,
  { states = ['accepted', 'corrected'], reviewers }: DecisionChoice,
  leftOut: { notAskedFor: number; withoutLabel: number },
): Generator<Labelled, void, undefined> {
  for (const decision of store.latestOfAll()) {
    const isAskedFor =
      states.includes(decision.action) && (reviewers === undefined || reviewers.includes(decision.reviewer));
    if (!isAskedFor) leftOut.notAskedFor++;
    else if (decision.label === null) leftOut.withoutLabel++;
    else yield { ...decision, label: decision.label };
  }
}

export function nothingLeft({ withoutLabel, notAskedFor }: { notAskedFor: number; withoutLabel: number }): UserError {
  if (withoutLabel > 0) return new UserError('None of the decisions asked for gives a label, so nothing was exported.');
  return new UserError(
    notAskedFor > 0
      ? 'No decision is in the states and by the reviewers asked for, so nothing was exported; ask for more.'
      : 'There is no decision to export yet.',
  );
}

function exported(decision: Labelled, withoutIdentifiers: boolean): ExportedDecision {
  if (!withoutIdentifiers) return { ...decision, carried: carryDecision(decision) };
  const clean = (text: string) => deidentify(text).text;
  const { noteText, rationale, comment, predicted } = decision;
  return {
    ...decision,
    noteId: `decision-${decision.sequence}`,
    noteText: clean(noteText),
    rationale: rationale === null ? null : clean(rationale),
    comment: clean(comment),
    predicted: { ...predicted, rationale: clean(predicted.rationale) },
    decidedAt: null,
    carried: null,
  };
}
