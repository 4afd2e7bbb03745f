import { UserError } from '../../common/index.ts';
import { EngineError, type ModelStatus, type TriagePrediction } from '../../engine/index.ts';
import { type PredictionCache, toCachedPrediction } from '../predictions/index.ts';
import { problemOf } from '../review/note-target.ts';
import type { ReadNote } from './note-text.ts';

/** The engine, as far as a batch needs it. */
export interface BatchEngine {
  triage(
    note: string,
    options: { readonly priority: 'batch'; readonly signal: AbortSignal },
  ): Promise<{ readonly prediction: TriagePrediction; readonly rationale: string; readonly model: ModelStatus }>;
}

export interface BatchParts {
  readonly engine: BatchEngine;
  /** The model that the batch is for. */
  readonly modelFingerprint: string;
  readonly cache: Pick<PredictionCache, 'has' | 'put'>;
  /** The note's hash, where it is known without reading the note. */
  readonly knownHash: (noteId: string) => Promise<string | undefined>;
  /** @throws UserError when the note cannot be read. */
  readonly read: (noteId: string) => Promise<ReadNote>;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: BatchProgress) => void;
  /** An error that is nobody's mistake but ours. */
  readonly failed: (error: unknown) => void;
}

export interface BatchProgress {
  /** Notes that are behind us, triaged or not. */
  readonly done: number;
  readonly total: number;
  readonly failed: number;
}

/** A note that could not be triaged. */
export interface FailedNote {
  readonly noteId: string;
  /** One sentence: what is wrong and what to do. */
  readonly message: string;
}

export interface BatchReport {
  readonly total: number;
  readonly triaged: number;
  /** Triaged before, by this model, as they are now. */
  readonly skipped: number;
  readonly failed: readonly FailedNote[];
  /** Why the batch ended before its last note, as one sentence; null when it did not. */
  readonly stopped: string | null;
}

/** Some notes end the engine's process; so many in a row mean that it is not the notes. */
const mostLostInRow = 5;
/** A note whose process ended is tried once more. */
const mostAttempts = 2;

/**
 * Triages notes one after another. What the cache holds for a note's text and the model is not computed again, so a batch
 * that was stopped goes on where it ended. One failing note does not stop the others.
 *
 * @returns when all is done, stopped or given up; it never throws for a note.
 */
export async function triageBatch(noteIds: readonly string[], parts: BatchParts): Promise<BatchReport> {
  const failed: FailedNote[] = [];
  let triaged = 0;
  let skipped = 0;
  let lostInRow = 0;
  const report = (stopped: string | null): BatchReport => ({
    total: noteIds.length,
    triaged,
    skipped,
    failed,
    stopped,
  });
  for (const [done, noteId] of noteIds.entries()) {
    parts.onProgress({ done, total: noteIds.length, failed: failed.length });
    if (parts.signal.aborted) return report(cancelled);
    try {
      const outcome = await triageOne(noteId, parts);
      if (outcome === 'other model') return report(otherModel);
      if (outcome === 'triaged') triaged++;
      else skipped++;
      lostInRow = 0;
    } catch (error) {
      if (parts.signal.aborted) return report(cancelled);
      if (wasClosed(error)) return report(engineClosed);
      failed.push({ noteId, message: sentenceOf(noteId, error, parts) });
      lostInRow = wasLost(error) ? lostInRow + 1 : 0;
      if (lostInRow === mostLostInRow) return report(engineLost);
    }
  }
  parts.onProgress({ done: noteIds.length, total: noteIds.length, failed: failed.length });
  return report(null);
}

const cancelled = 'It was cancelled; begin again and it goes on where it ended.';
const otherModel = 'Another model was chosen meanwhile; begin again to triage with that one.';
const engineClosed = "The model's process was closed; begin again and it goes on where it ended.";
const engineLost = `The model's process ended at ${mostLostInRow} notes in a row; read the log, then begin again.`;

async function triageOne(noteId: string, parts: BatchParts): Promise<'triaged' | 'cached' | 'other model'> {
  const { engine, modelFingerprint, cache, signal } = parts;
  const known = await parts.knownHash(noteId);
  if (known !== undefined && cache.has(known, modelFingerprint)) return 'cached';
  const { text, hash } = await parts.read(noteId);
  if (cache.has(hash, modelFingerprint)) return 'cached';
  const problem = problemOf(text, noteId);
  if (problem !== undefined) throw new UserError(problem);
  // What a reader of bytes that are no UTF-8 puts in their place: the model would read something else than was written.
  if (text.includes('\uFFFD')) {
    throw new UserError(`${noteId} is not valid UTF-8; save the note as UTF-8 text first.`);
  }
  for (let attempt = 1; ; attempt++) {
    try {
      signal.throwIfAborted();
      const { model, prediction, rationale } = await engine.triage(text, { priority: 'batch', signal });
      // True of the model that made it, whichever the batch is for.
      cache.put(toCachedPrediction({ prediction, rationale }, hash, model));
      return model.fingerprint === modelFingerprint ? 'triaged' : 'other model';
    } catch (error) {
      if (signal.aborted || attempt === mostAttempts || !wasLost(error)) throw error;
    }
  }
}

function wasLost(error: unknown): boolean {
  return EngineError.is(error) && (error.reason === 'crashed' || error.reason === 'hung');
}

/** Cancelled, and not by us: the engine is given up, so every other note would fail as well. */
function wasClosed(error: unknown): boolean {
  return EngineError.is(error) && error.reason === 'cancelled';
}

function sentenceOf(noteId: string, error: unknown, parts: BatchParts): string {
  if (UserError.is(error) || EngineError.is(error)) return error.message;
  parts.failed(error);
  return `${noteId} could not be triaged, for a reason that the log tells.`;
}
