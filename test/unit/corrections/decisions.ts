import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import {
  CorrectionsStore,
  type DecidedLabel,
  type NewDecision,
  noteHash,
  type StoreOptions,
} from '../../../src/corrections/index.ts';

export const urgent: DecidedLabel = { id: 'urgent', text: 'urgent', level: 3 };
export const emergent: DecidedLabel = { id: 'emergent', text: 'emergent', level: 2 };

const modelRationale =
  'SpO2 91% is low: emergent. HR 118 is fast: urgent. Deciding: breathing, so the patient is emergent.';

/** A nurse's decision, `accepted` unless told otherwise; what a test does not care about is filled in. */
export function newDecision(changes: Partial<NewDecision> = {}): NewDecision {
  const noteText = changes.noteText ?? `cough for 2 days, SpO2 91%, HR 118 (${changes.noteId ?? 'a.txt'})`;
  return {
    noteId: 'a.txt',
    noteHash: noteHash(noteText),
    noteText,
    predictionId: 'prediction-1',
    model: { id: 'triage-small', version: '0.1.0', fingerprint: 'f'.repeat(64) },
    predicted: {
      labelId: 'emergent',
      labelText: 'emergent',
      level: 2,
      probabilities: { emergent: 0.75, urgent: 0.25 },
      rationale: modelRationale,
    },
    action: 'accepted',
    label:
      changes.action === 'rejected' || changes.action === 'undone' || changes.action === 'flagged' ? null : emergent,
    rationale: changes.action === undefined || changes.action === 'accepted' ? modelRationale : null,
    comment: '',
    reviewer: 'N. Nightingale',
    supersedes: null,
    ...changes,
  };
}

/** A folder that is gone when the test is. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'reason2decide-corrections-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** An open store that is closed when the test is over. */
export function openStore(file: string, options: StoreOptions = {}): CorrectionsStore {
  const store = CorrectionsStore.open(file, options);
  onTestFinished(() => store.close());
  return store;
}

export function newStore(options: StoreOptions = {}): CorrectionsStore {
  return openStore(join(temporaryFolder(), 'corrections.db'), options);
}
