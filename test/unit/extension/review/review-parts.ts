import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { CorrectionsStore, noteHash } from '../../../../src/corrections/index.ts';
import type { EngineOptions, ModelStatus } from '../../../../src/engine/index.ts';
import { PredictionCache } from '../../../../src/extension/predictions/index.ts';
import { DraftKeeper } from '../../../../src/extension/review/draft-keeper.ts';
import { keptPredictions } from '../../../../src/extension/review/kept-predictions.ts';
import type { NoteTarget } from '../../../../src/extension/review/note-target.ts';
import { Refusal } from '../../../../src/extension/review/refusal.ts';
import { ReviewSession, type SessionParts } from '../../../../src/extension/review/review-session.ts';
import type { DecisionRequest, RefusalReason } from '../../../../src/extension/sidebar/messages.ts';
import { shippedModel, startEngine, temporaryFolder } from '../../engine/engine.ts';

export { noteHash };

/** A note whose text a test may change, as a reviewer does in the editor. */
export interface EditableNote extends NoteTarget {
  text: string | undefined;
}

export function editableNote(id: string, text: string): EditableNote {
  return {
    id,
    noteId: id,
    name: id,
    part: null,
    text,
    read: async function () {
      return this.text;
    },
  };
}

/** Values kept as a window keeps them: only as JSON. */
export function memory() {
  const values = new Map<string, string>();
  return {
    get: <T>(key: string): T | undefined => {
      const value = values.get(key);
      return value === undefined ? undefined : (JSON.parse(value) as T);
    },
    update: async (key: string, value: unknown) => void values.set(key, JSON.stringify(value)),
  };
}

export interface ReviewSetup {
  readonly model?: string;
  readonly engine?: Partial<EngineOptions>;
  readonly parts?: Partial<SessionParts>;
}

/** A session with a real engine, a real store of decisions and a real cache, all gone when the test is. */
export function startReview({ model = shippedModel, engine = {}, parts = {} }: ReviewSetup = {}) {
  const { client } = startEngine(engine);
  const folder = temporaryFolder();
  const store = CorrectionsStore.open(join(folder, 'corrections.db'));
  const cache = PredictionCache.open(join(folder, 'predictions.db'), () => undefined);
  onTestFinished(() => {
    store.close();
    cache.close();
  });
  let known: ModelStatus | undefined;
  const streamed: string[] = [];
  const activities: string[] = [];
  const kept: string[] = [];
  const session = new ReviewSession({
    engine: {
      get state() {
        return client.state;
      },
      get openModel() {
        return client.model;
      },
      knownModel: async () => known,
      ready: async () => {
        known = await client.openModel(model, 'cpu');
        return { client, model: known };
      },
    },
    corrections: { open: async () => store, openExisting: async () => store },
    predictions: keptPredictions(cache),
    drafts: new DraftKeeper(memory()),
    reviewerName: async () => 'N. Nightingale',
    changed: () => {
      const { kind } = session.state().activity;
      if (activities.at(-1) !== kind) activities.push(kind);
    },
    streamed: (_, text) => streamed.push(text),
    noteKept: (noteId) => kept.push(noteId),
    failed: (error) => {
      throw error;
    },
    ...parts,
  });
  const triage = async () => await (await session.triage()).finished;
  return { session, client, store, cache, streamed, activities, kept, triage };
}

/** The request that the page would make to accept what the session shows. */
export function acceptance(session: ReviewSession, changes: Partial<DecisionRequest> = {}): DecisionRequest {
  const { note, prediction } = session.state();
  if (note === null || prediction === null) throw new TypeError('nothing is on screen to accept');
  return {
    action: 'accepted',
    noteId: note.id,
    noteHash: prediction.noteHash,
    predictionId: prediction.id,
    labelId: prediction.labelId,
    rationale: prediction.rationale,
    comment: '',
    forEarlierText: false,
    ...changes,
  };
}

/** The reason for which a request is refused, with its one sentence. */
export async function refusalOf(request: Promise<unknown>): Promise<{ reason: RefusalReason; message: string }> {
  const error = await request.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!Refusal.is(error)) throw new TypeError(`not refused: ${String(error)}`);
  return { reason: error.reason, message: error.message };
}
