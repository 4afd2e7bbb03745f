import { join } from 'node:path';
import { CorrectionsStore, type DecisionAction, type NewDecision, noteHash } from '../../../src/corrections/index.ts';
import { ACUITY_LABELS, type Example } from '../../../src/dataset/index.ts';
import { temporaryFolder } from '../corrections/decisions.ts';

export const LABELS = ACUITY_LABELS;

export function labelAt(level: number) {
  const label = ACUITY_LABELS.find((candidate) => candidate.level === level);
  if (label === undefined) throw new RangeError(`there is no level ${level}`);
  return label;
}

export interface TestDecision {
  readonly note: string;
  readonly level?: number;
  readonly noteId?: string;
  readonly action?: DecisionAction;
  readonly rationale?: string;
  readonly supersedes?: number;
}

let numbers = 0;

/** A correction of what the model said, unless told otherwise. */
export function decisionOn({ note, level = 2, noteId, action = 'corrected', ...rest }: TestDecision): NewDecision {
  const { id, text, level: number } = labelAt(level);
  const gives = action === 'accepted' || action === 'corrected';
  const predicted = action === 'accepted' ? labelAt(level) : labelAt(level === 5 ? 4 : level + 1);
  return {
    noteId: noteId ?? `notes/${++numbers}.txt`,
    noteHash: noteHash(note),
    noteText: note,
    predictionId: 'prediction',
    model: { id: 'tiny', version: '1', fingerprint: 'f'.repeat(64) },
    predicted: {
      labelId: predicted.id,
      labelText: predicted.text,
      level: predicted.level,
      probabilities: { [predicted.id]: 1 },
      rationale: 'What the model wrote.',
    },
    action,
    label: gives ? { id, text, level: number } : null,
    rationale: gives ? (rest.rationale ?? `It is ${text}.`) : null,
    comment: '',
    reviewer: 'N. Nightingale',
    supersedes: rest.supersedes ?? null,
  };
}

export const storeFile = (folder: string): string => join(folder, 'corrections.db');

/** A database with these decisions, saved one after another as the editor does. */
export function storeOf(decisions: readonly TestDecision[], folder = temporaryFolder()): string {
  const file = storeFile(folder);
  const store = CorrectionsStore.open(file);
  for (const decision of decisions) store.append(decisionOn(decision));
  store.close();
  return file;
}

/** The decisions of a reviewer who agrees with the examples. */
export function asDecided(examples: readonly Example[]): TestDecision[] {
  return examples.map(({ question, level = 3, rationale }) => ({ note: question, level, rationale }));
}

export function openToRead<T>(file: string, read: (store: CorrectionsStore) => T): T {
  const store = CorrectionsStore.open(file, { readOnly: true });
  try {
    return read(store);
  } finally {
    store.close();
  }
}
