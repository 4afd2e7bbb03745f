import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import {
  CorrectionsStore,
  type DecidedLabel,
  type Decision,
  type NewDecision,
} from '../../../src/corrections/index.ts';
import { ACUITY_LABELS } from '../../../src/dataset/index.ts';
import { newDecision } from '../corrections/decisions.ts';

export const labels: readonly DecidedLabel[] = ACUITY_LABELS.map(({ id, text, level }) => ({ id, text, level }));

export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'reason2decide-interchange-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

export const lessUrgent = labels[3] as DecidedLabel;

/** Four notes: one accepted, one corrected in every field, one whose first decision was superseded, one rejected. */
export function decided(): string {
  const file = join(folder(), 'corrections.db');
  let clock = Date.parse('2026-01-02T03:04:05.678Z');
  const nextDay = () => {
    clock += 86_400_123;
    return new Date(clock);
  };
  const store = CorrectionsStore.open(file, { now: nextDay });
  store.append(newDecision());
  store.append(
    newDecision({
      noteId: 'ward 3/b.txt',
      noteText: '7yo, fell "hard" off a swing;\nwrist swollen\u2028pain 4/10 – tab\there, ünïcode 💊',
      action: 'corrected',
      label: lessUrgent,
      rationale: 'The wrist is swollen,\nand the pain is mild: 4/10.',
      offeredRationale: 'Pain 4/10: less urgent.',
      comment: 'Call, "again", at 5.',
      reviewer: 'M. Seacole, RN',
    }),
  );
  const first = store.append(newDecision({ noteId: 'c.txt' }));
  store.append(
    newDecision({
      noteId: 'c.txt',
      action: 'corrected',
      label: lessUrgent,
      rationale: null,
      supersedes: first.sequence,
    }),
  );
  store.append(newDecision({ noteId: 'd.txt', action: 'rejected' }));
  store.close();
  return file;
}

/** Every decision that stands, oldest first, without what a database gives it. */
export function standing(file: string): Omit<Decision, 'sequence' | 'supersedes' | 'previousHash' | 'hash'>[] {
  const store = CorrectionsStore.open(file, { readOnly: true });
  try {
    return [...store.latestOfAll()].map(
      ({ sequence: _, supersedes: __, previousHash: ___, hash: ____, ...rest }) => rest,
    );
  } finally {
    store.close();
  }
}

/** The whole history of a note. */
export function history(file: string, noteId: string): Decision[] {
  const store = CorrectionsStore.open(file, { readOnly: true });
  try {
    return store.history(noteId);
  } finally {
    store.close();
  }
}

export function append(file: string, changes: Partial<NewDecision>, at?: string): void {
  const store = CorrectionsStore.open(file, at === undefined ? {} : { now: () => new Date(at) });
  store.append(newDecision(changes));
  store.close();
}
