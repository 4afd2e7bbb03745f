import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { CorrectionsStore } from '../../../src/corrections/index.ts';
import { noteHash } from '../../../src/corrections/index.ts';
import { NoteIndex } from '../../../src/extension/notes/note-index.ts';
import { noteTextOf } from '../../../src/extension/notes/note-text.ts';
import { type CachedPrediction, PredictionCache, predictionId } from '../../../src/extension/predictions/index.ts';

/** A folder of notes that is gone when the test is. */
export class TestWorkspace {
  readonly root: string;
  #seconds = 1_700_000_000;

  constructor() {
    this.root = mkdtempSync(join(tmpdir(), 'reason2decide-notes-'));
    onTestFinished(() => rmSync(this.root, { recursive: true, force: true }));
  }

  path(noteId: string): string {
    return join(this.root, noteId);
  }

  /** Writes a file a second later than the one before, as a person would. */
  write(noteId: string, text: string | Uint8Array): void {
    mkdirSync(dirname(this.path(noteId)), { recursive: true });
    writeFileSync(this.path(noteId), text);
    this.touch(noteId, this.#seconds++);
  }

  /** Sets the time of a file's last change. */
  touch(noteId: string, seconds: number): void {
    utimesSync(this.path(noteId), seconds, seconds);
  }
}

export const model = 'm'.repeat(64);
export const otherModel = 'o'.repeat(64);

const levels: Readonly<Record<string, number>> = { resuscitation: 1, emergent: 2, urgent: 3, 'non-urgent': 5 };

/** A prediction for a text; what a test does not care about is filled in. */
export function predictionFor(
  text: string,
  { label = 'emergent', certainty = 0.75, ...changes }: PredictionChanges = {},
): CachedPrediction {
  const hash = noteHash(noteTextOf(text));
  const modelFingerprint = changes.modelFingerprint ?? model;
  const level = levels[label] ?? null;
  return {
    id: predictionId(hash, modelFingerprint),
    noteHash: hash,
    modelFingerprint,
    labelId: label,
    labelText: label,
    level,
    probabilities: { [label]: certainty },
    expectedLevel: level,
    truncated: false,
    rationale: 'SpO2 91% is low.',
    predictedAt: '2026-11-22T10:00:00.000Z',
    ...changes,
  };
}

type PredictionChanges = Partial<CachedPrediction> & { readonly label?: string; readonly certainty?: number };

/** A cache that is closed when the test is over; in memory unless a file is named. */
export function openCache(file?: string, log: (line: string) => void = () => undefined): PredictionCache {
  const cache = PredictionCache.open(file, log);
  onTestFinished(() => cache.close());
  return cache;
}

interface IndexOptions {
  readonly cache?: PredictionCache;
  readonly store?: CorrectionsStore;
  readonly pattern?: string;
  readonly excluded?: readonly string[];
  readonly otherRoots?: readonly string[];
}

/** An index of the workspace's notes, not started yet, that shows the predictions of `model`. */
export function newIndex(workspace: TestWorkspace, options: IndexOptions = {}): NoteIndex {
  const { cache = openCache(), store, pattern = '**/*.{txt,md,note}', excluded = [], otherRoots = [] } = options;
  const index = new NoteIndex({
    places: () => ({ roots: [workspace.root, ...otherRoots], pattern, excluded }),
    cache,
    decisions: () => store,
    log: () => undefined,
  });
  onTestFinished(() => index.dispose());
  index.setModel(model);
  return index;
}

/** The index with all its notes listed and read. */
export async function startedIndex(workspace: TestWorkspace, options: IndexOptions = {}): Promise<NoteIndex> {
  const index = newIndex(workspace, options);
  await index.start();
  await index.settled();
  return index;
}

export const shownIds = (index: NoteIndex) => index.entries.map(({ id }) => id);
