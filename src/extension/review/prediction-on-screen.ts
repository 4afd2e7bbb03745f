import { UserError } from '../../common/index.ts';
import { noteHash } from '../../corrections/index.ts';
import { EngineError, type ModelStatus } from '../../engine/index.ts';
import type { ModelEngine } from '../engine/index.ts';
import type { Activity } from '../sidebar/messages.ts';
import type { HeldPrediction } from './held-prediction.ts';
import type { NoteTarget } from './note-target.ts';
import { RememberedPredictions } from './remembered-predictions.ts';
import { runTriage } from './triage-run.ts';

/** Predictions that outlive the window, by the text and the model that they are about. */
export interface PredictionMemory {
  find(noteHash: string, text: string, model: ModelStatus): Promise<HeldPrediction | undefined>;
  keep(held: HeldPrediction): Promise<void>;
}

export interface PredictionParts {
  readonly engine: Pick<ModelEngine, 'ready' | 'state'>;
  readonly predictions: PredictionMemory;
  /** What the page shows has changed. */
  readonly changed: () => void;
  readonly streamed: (predictionId: string, rationale: string) => void;
  /** A prediction or a decision about this note was kept. */
  readonly noteKept: (noteId: string) => void;
  /** An error that is nobody's mistake but ours. */
  readonly failed: (error: unknown) => void;
}

/** The prediction that is on screen, from the first sign of the engine's work on it to its last word. */
export class PredictionOnScreen {
  readonly #parts: PredictionParts;
  readonly #remembered = new RememberedPredictions();
  #held: HeldPrediction | undefined;
  #activity: Activity = idle;
  #run: AbortController | undefined;

  constructor(parts: PredictionParts) {
    this.#parts = parts;
  }

  get held(): HeldPrediction | undefined {
    return this.#held;
  }

  get activity(): Activity {
    return this.#activity;
  }

  /** Whether the engine works on the note. */
  get isRunning(): boolean {
    return this.#run !== undefined;
  }

  /** Another note comes: nothing of this one stays on screen. */
  clear(): void {
    this.cancel();
    this.#held = undefined;
    this.#activity = idle;
  }

  /** Gives up what the engine does for the note. What was whole before stays. */
  cancel(): void {
    this.#run?.abort();
    this.#run = undefined;
    if (this.#held?.whole === true) return;
    this.#held = undefined;
    this.#activity = idle;
  }

  /** Begins a run in the place of the one before; its signal is aborted when it is given up. */
  begin(): AbortSignal {
    this.cancel();
    this.#run = new AbortController();
    return this.#run.signal;
  }

  /** Ends a run that has nothing to read. */
  end(): void {
    this.#run = undefined;
    this.#held = undefined;
  }

  /** Triages a text in the run that has begun. It never fails: what went wrong is the activity. */
  async predict(target: NoteTarget, text: string, signal: AbortSignal): Promise<void> {
    const { engine, predictions, changed, noteKept, failed } = this.#parts;
    const before = this.#held;
    this.#held = undefined;
    const reports = {
      activity: (activity: Activity) => {
        if (signal.aborted) return;
        if (activity.kind === 'restarting') this.#held = undefined;
        this.#activity = activity;
        changed();
      },
      growing: (held: HeldPrediction) => {
        if (!signal.aborted) this.#grow(held);
      },
    };
    try {
      const held = await runTriage(engine, { text, noteHash: noteHash(text) }, signal, reports);
      await predictions.keep(held);
      if (signal.aborted) return;
      this.#show(target, held);
    } catch (error) {
      if (signal.aborted) return;
      this.#held = before;
      this.#activity = failure(error);
      if (!UserError.is(error) && !EngineError.is(error)) failed(error);
    }
    this.#run = undefined;
    noteKept(target.noteId);
    changed();
  }

  /**
   * Puts a kept prediction about a text on screen; else the one about an earlier text stays.
   *
   * @param text undefined where it cannot be triaged.
   * @param isCurrent whether it is still that text of that note which is looked at.
   */
  async find(
    target: NoteTarget,
    { text, hash }: { readonly text: string | undefined; readonly hash: string },
    model: ModelStatus,
    isCurrent: () => boolean,
  ): Promise<void> {
    const isThere = this.#held?.noteHash === hash && this.#held.model.fingerprint === model.fingerprint;
    if (this.isRunning || isThere) return;
    const kept = text === undefined ? undefined : await this.#parts.predictions.find(hash, text, model);
    if (!isCurrent() || this.isRunning) return;
    const held = kept ?? this.#held ?? this.#remembered.find(target.id);
    if (held !== undefined) this.#show(target, held);
  }

  /** What the model wrote for another label of the prediction, when the reviewer asked for it. */
  offered(labelId: string | null): string | undefined {
    return this.#held === undefined ? undefined : this.#remembered.offered(this.#held.id, labelId);
  }

  keepOffered(predictionId: string, labelId: string, rationale: string): void {
    this.#remembered.keepOffered(predictionId, labelId, rationale);
  }

  #show(target: NoteTarget, held: HeldPrediction): void {
    this.#held = held;
    this.#activity = { kind: 'done' };
    this.#remembered.keep(target.id, held);
  }

  #grow(held: HeldPrediction): void {
    const isKnown = this.#held?.id === held.id;
    this.#held = held;
    if (isKnown) {
      this.#parts.streamed(held.id, held.rationale);
    } else {
      this.#activity = { kind: 'streaming' };
      this.#parts.changed();
    }
  }
}

const idle: Activity = { kind: 'idle' };

function failure(error: unknown): Activity {
  if (EngineError.is(error) && error.reason === 'cancelled') return idle;
  const message =
    UserError.is(error) || EngineError.is(error)
      ? error.message
      : 'The note could not be triaged, for a reason that the log tells; try once more.';
  return { kind: 'failed', message, about: 'model' };
}
