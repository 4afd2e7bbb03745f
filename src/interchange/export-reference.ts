import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import { UserError } from '../common/index.ts';
import { BEST_EFFORT, type CorrectionsStore, deidentify } from '../corrections/index.ts';
import { type Example, writeExamples } from '../dataset/index.ts';
import { chosenDecisions, type DecisionChoice, type Labelled, nothingLeft } from './export-annotations.ts';

export interface ReferenceExportOptions extends DecisionChoice {
  /** The share of the notes that go into the validation file, 0 to 1. */
  readonly validationShare?: number;
}

export interface ReferenceExportReport {
  readonly training: { readonly file: string; readonly written: number };
  readonly validation: { readonly file: string; readonly written: number };
  readonly leftOut: {
    readonly notAskedFor: number;
    readonly withoutLabel: number;
    /** The reference code would learn from them to give no reason. */
    readonly withoutRationale: number;
  };
  readonly statement: string | null;
}

const defaultShare = 0.1;
/** The reference code shows three examples of the validation file at every evaluation, and fails with fewer. */
const fewestValidation = 3;

/**
 * Writes the two files that the reference code's scripts train from: JSON Lines of exactly question, label and rationale. Any further
 * column would reach its collator and stop it, and every rationale must be a text. Which file a note goes into depends on its text alone, so that it
 * stays there in later exports.
 *
 * @throws UserError where too little is left, and for a name that does not end in .jsonl.
 */
export async function exportReference(
  store: CorrectionsStore,
  training: string,
  validation: string,
  { validationShare = defaultShare, ...choice }: ReferenceExportOptions,
): Promise<ReferenceExportReport> {
  for (const file of [training, validation]) {
    if (extname(file).toLowerCase() !== '.jsonl') {
      throw new UserError(`${file}: the reference code reads JSON Lines; give a name that ends in .jsonl.`);
    }
  }
  if (training === validation) throw new UserError(`${training}: training and validation need two files.`);
  const counts = { notAskedFor: 0, withoutLabel: 0 };
  let withoutRationale = 0;
  const parts: Record<'training' | 'validation', Labelled[]> = { training: [], validation: [] };
  for (const decision of chosenDecisions(store, choice, counts)) {
    if ((decision.rationale ?? '').trim() === '') withoutRationale++;
    else parts[place(decision.noteHash) < validationShare ? 'validation' : 'training'].push(decision);
  }
  const found = parts.training.length + parts.validation.length;
  if (found + withoutRationale === 0) throw nothingLeft(counts);
  // The notes that stand nearest to the limit make up the number.
  const nearest = parts.training.toSorted((left, right) => place(left.noteHash) - place(right.noteHash));
  while (parts.validation.length < fewestValidation && nearest.length > 1) {
    const next = nearest.shift() as Labelled;
    parts.training.splice(parts.training.indexOf(next), 1);
    parts.validation.push(next);
  }
  if (parts.validation.length < fewestValidation) {
    throw new UserError(
      `Only ${found} decisions have a rationale; the reference code needs one to train and ${fewestValidation} to validate, so give more reasons first.`,
    );
  }
  const clean = (text: string) => (choice.deidentify === true ? deidentify(text).text : text);
  const rows = (part: readonly Labelled[]): Example[] =>
    part.map(({ noteText, label, rationale }) => ({
      question: clean(noteText),
      label: label.text,
      rationale: clean(rationale ?? ''),
    }));
  const write = async (file: string, part: readonly Labelled[]) => ({
    file,
    written: await writeExamples(file, rows(part), { columns: 'reference' }),
  });
  return {
    training: await write(training, parts.training),
    validation: await write(validation, parts.validation),
    leftOut: { ...counts, withoutRationale },
    statement: choice.deidentify === true ? BEST_EFFORT : null,
  };
}

/** Where a note stands between 0 and 1, by its text alone. */
function place(noteHash: string): number {
  return createHash('sha256').update(noteHash).digest().readUInt32BE(0) / 2 ** 32;
}
