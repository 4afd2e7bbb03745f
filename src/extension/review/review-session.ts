import { UserError } from '../../common/index.ts';
import { type CorrectionsStore, type Decision, noteHash } from '../../corrections/index.ts';
import { EngineError, type ModelStatus } from '../../engine/index.ts';
import type { ModelEngine } from '../engine/index.ts';
import type { Activity, DecisionRequest, ReviewState } from '../sidebar/messages.ts';
import { decisionOf, undoing } from './decision.ts';
import type { DraftKeeper } from './draft-keeper.ts';
import { type HeldPrediction, shownPrediction } from './held-prediction.ts';
import { NoteHistory } from './note-history.ts';
import { type NoteTarget, problemOf } from './note-target.ts';
import { noteChanged, noteMoved, Refusal } from './refusal.ts';
import { RememberedPredictions } from './remembered-predictions.ts';
import { runTriage } from './triage-run.ts';

/** Predictions that outlive the window, by the text and the model that they are about. */
export interface PredictionMemory {
  find(noteHash: string, text: string, model: ModelStatus): Promise<HeldPrediction | undefined>;
  keep(held: HeldPrediction): Promise<void>;
}

export interface SessionParts {
  readonly engine: Pick<ModelEngine, 'knownModel' | 'ready' | 'openModel' | 'state'>;
  readonly corrections: {
    open(): Promise<CorrectionsStore>;
    openExisting(): Promise<CorrectionsStore | undefined>;
  };
  readonly predictions: PredictionMemory;
  readonly drafts: Pick<DraftKeeper, 'ofNote'>;
  /** @throws UserError when the reviewer gives no name. */
  readonly reviewerName: () => Promise<string>;
  /** What the page shows has changed. */
  readonly changed: () => void;
  readonly streamed: (predictionId: string, rationale: string) => void;
  /** A prediction or a decision about this note was kept. */
  readonly noteKept: (noteId: string) => void;
  /** An error that is nobody's mistake but ours. */
  readonly failed: (error: unknown) => void;
}

/** What the session says of itself; the rest of the page's state comes from elsewhere. */
export type SessionState = Omit<ReviewState, 'queue' | 'shortcuts'>;

/**
 * The review of the one note that is on screen. Whatever takes time ends with another look at what is on screen: a decision
 * lands on the note, the text and the prediction that the reviewer saw, or nowhere.
 */
export class ReviewSession {
  readonly #parts: SessionParts;
  readonly #remembered = new RememberedPredictions();
  #target: NoteTarget | undefined;
  #text: string | undefined;
  #hash = '';
  /** Why the text cannot be triaged. */
  #problem: string | undefined;
  #held: HeldPrediction | undefined;
  #activity: Activity = idle;
  #history = NoteHistory.none;
  #labels: ModelStatus['labels'] = [];
  #run: AbortController | undefined;

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  get target(): NoteTarget | undefined {
    return this.#target;
  }

  get prediction(): HeldPrediction | undefined {
    return this.#held;
  }

  /** The decision that stands for the note on screen. */
  get currentDecision(): Decision | undefined {
    return this.#history.current;
  }

  state(): SessionState {
    const target = this.#target;
    if (target === undefined) {
      return { note: null, labels: this.#labels, activity: idle, prediction: null, decisions: [], drafts: [] };
    }
    const state = this.#history.stateOf(this.#hash, this.#held?.whole === true && this.#held.noteHash === this.#hash);
    return {
      note: { id: target.id, name: target.name, part: target.part, hash: this.#hash, state },
      labels: this.#held?.model.labels ?? this.#labels,
      activity: this.#shownActivity(),
      prediction: this.#held === undefined ? null : shownPrediction(this.#held),
      decisions: this.#history.shown,
      drafts: this.#parts.drafts.ofNote(target.id),
    };
  }

  /** Puts another note on screen, or none. Work on the one before is given up; what is complete of it stays kept. */
  async show(target: NoteTarget | undefined): Promise<void> {
    if (target?.id !== this.#target?.id) {
      this.cancel();
      this.#text = undefined;
      this.#hash = '';
      this.#problem = undefined;
      this.#held = undefined;
      this.#activity = idle;
      this.#history = NoteHistory.none;
    }
    this.#target = target;
    await this.refresh();
  }

  /** Looks at the note's text, its decisions and its kept predictions again. */
  async refresh(): Promise<void> {
    const target = this.#target;
    if (target === undefined) return this.#parts.changed();
    const [text, model, store] = await Promise.all([
      target.read(),
      this.#parts.engine.knownModel(),
      this.#existingStore(),
    ]);
    if (this.#target !== target) return;
    this.#setText(target, text);
    this.#history = NoteHistory.of(target.id, store);
    await this.#findPrediction(target, model);
    if (this.#target === target) this.#parts.changed();
  }

  /** The note's text changed in the editor. */
  async refreshText(): Promise<void> {
    const target = this.#target;
    if (target === undefined) return;
    const text = await target.read();
    if (this.#target !== target || this.#text === text) return;
    this.#setText(target, text);
    // Text that is typed back to what was triaged has its prediction again.
    await this.#findPrediction(target, await this.#parts.engine.knownModel());
    if (this.#target === target) this.#parts.changed();
  }

  /**
   * Triages the note on screen as its text stands now.
   *
   * @returns once it has begun; `finished` then settles, and never fails.
   * @throws Refusal when no note is on screen, or another one came meanwhile.
   */
  async triage(): Promise<{ readonly finished: Promise<void> }> {
    const target = this.#target;
    if (target === undefined) throw new Refusal('other', 'Open a note in the editor first, then triage it.');
    this.cancel();
    const run = new AbortController();
    this.#run = run;
    const text = await target.read();
    if (run.signal.aborted) throw new Refusal('cancelled', 'Something else was asked for meanwhile.');
    this.#setText(target, text);
    if (text === undefined || this.#problem !== undefined) {
      this.#run = undefined;
      this.#held = undefined;
      this.#parts.changed();
      return { finished: Promise.resolve() };
    }
    return { finished: this.#predict(target, text, run) };
  }

  /** Gives up what the engine does for the note on screen. */
  cancel(): void {
    this.#run?.abort();
    this.#run = undefined;
    if (this.#held?.whole !== true) {
      this.#held = undefined;
      this.#activity = idle;
    }
  }

  /**
   * Keeps a decision about what is on screen.
   *
   * @returns when it is durable.
   * @throws Refusal when the note, its text or its prediction is not the one that the request names, or is not whole.
   * @throws UserError when there is no reviewer's name or the database cannot be written.
   */
  async decide(request: DecisionRequest): Promise<Decision> {
    this.#subjectOf(request);
    const reviewer = await this.#parts.reviewerName();
    const store = await this.#parts.corrections.open();
    const text = await this.#target?.read();
    // From here to the durable row nothing waits, so nothing can change in between.
    const { target, held } = this.#subjectOf(request);
    if ((text === undefined || noteHash(text) !== held.noteHash) && !request.forEarlierText) {
      this.#setText(target, text);
      this.#parts.changed();
      throw noteChanged();
    }
    const decision = store.append({
      ...decisionOf(request, held, this.#remembered.offered(held.id, request.labelId)),
      noteId: target.id,
      reviewer,
      supersedes: store.latest(target.id)?.sequence ?? null,
    });
    this.#afterDecision(target, store);
    return decision;
  }

  /**
   * Takes the note's current decision back.
   *
   * @returns the new row, when it is durable.
   * @throws Refusal when another note is on screen, or that decision does not stand any more.
   */
  async undo(noteId: string, sequence: number): Promise<Decision> {
    const reviewer = await this.#parts.reviewerName();
    const store = await this.#parts.corrections.open();
    const target = this.#target;
    if (target === undefined || target.id !== noteId) throw noteMoved();
    const current = store.latest(noteId);
    if (current?.sequence !== sequence) {
      this.#afterDecision(target, store);
      throw new Refusal('other', 'This decision does not stand any more, so there is nothing to undo.');
    }
    const undone = store.append(undoing(current, reviewer));
    this.#afterDecision(target, store);
    return undone;
  }

  /**
   * The model's rationale for another label of the text on screen.
   *
   * @throws Refusal, EngineError or UserError.
   */
  async explain(
    request: { readonly noteId: string; readonly noteHash: string; readonly labelId: string },
    options: { readonly signal: AbortSignal; readonly onRationale: (text: string) => void },
  ): Promise<string> {
    const held = this.#held;
    if (this.#target?.id !== request.noteId || held?.noteHash !== request.noteHash) throw noteMoved();
    const { client } = await this.#parts.engine.ready();
    const rationale = await client.explain(held.text, request.labelId, { priority: 'visible', ...options });
    this.#remembered.keepOffered(held.id, request.labelId, rationale);
    return rationale;
  }

  /** The engine's process or its model changed. */
  async engineChanged(): Promise<void> {
    const known = await this.#parts.engine.knownModel();
    this.#labels = (this.#parts.engine.openModel ?? known)?.labels ?? this.#labels;
    this.#parts.changed();
  }

  async #predict(target: NoteTarget, text: string, run: AbortController): Promise<void> {
    const before = this.#held;
    this.#held = undefined;
    const reports = {
      activity: (activity: Activity) => {
        if (run.signal.aborted) return;
        if (activity.kind === 'restarting') this.#held = undefined;
        this.#activity = activity;
        this.#parts.changed();
      },
      growing: (held: HeldPrediction) => {
        if (!run.signal.aborted) this.#grow(held);
      },
    };
    try {
      const held = await runTriage(this.#parts.engine, { text, noteHash: noteHash(text) }, run.signal, reports);
      await this.#parts.predictions.keep(held);
      if (run.signal.aborted) return;
      this.#held = held;
      this.#activity = { kind: 'done' };
      this.#remembered.keep(target.id, held);
    } catch (error) {
      if (run.signal.aborted) return;
      this.#held = before;
      this.#activity = failure(error);
      if (!UserError.is(error) && !EngineError.is(error)) this.#parts.failed(error);
    }
    this.#run = undefined;
    this.#parts.noteKept(target.noteId);
    this.#parts.changed();
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

  /** A database that cannot be opened keeps nobody from reading a note; who decides is then told why. */
  async #existingStore(): Promise<CorrectionsStore | undefined> {
    try {
      return await this.#parts.corrections.openExisting();
    } catch (error) {
      this.#parts.failed(error);
      return undefined;
    }
  }

  /** Puts a kept prediction about the text as it is now on screen; else the one about an earlier text stays. */
  async #findPrediction(target: NoteTarget, model: ModelStatus | undefined): Promise<void> {
    if (model !== undefined) this.#labels = model.labels;
    if (this.#run !== undefined || model === undefined || this.#isAbout(model)) return;
    const { predictions } = this.#parts;
    const [text, hash] = [this.#text, this.#hash];
    const kept =
      text === undefined || this.#problem !== undefined ? undefined : await predictions.find(hash, text, model);
    if (this.#target !== target || this.#hash !== hash || this.#run !== undefined) return;
    const held = kept ?? this.#held ?? this.#remembered.find(target.id);
    if (held === undefined) return;
    this.#held = held;
    this.#activity = { kind: 'done' };
    this.#remembered.keep(target.id, held);
  }

  #isAbout(model: ModelStatus): boolean {
    return this.#held?.noteHash === this.#hash && this.#held.model.fingerprint === model.fingerprint;
  }

  /** What the request is about, if that is what is on screen. */
  #subjectOf(request: DecisionRequest): { readonly target: NoteTarget; readonly held: HeldPrediction } {
    const [target, held] = [this.#target, this.#held];
    if (target?.id !== request.noteId || held?.id !== request.predictionId) throw noteMoved();
    if (held.noteHash !== request.noteHash) throw noteChanged();
    if (request.action === 'accepted' && !held.whole) {
      throw new Refusal('other', 'The rationale is not whole yet, so it cannot be accepted.');
    }
    return { target, held };
  }

  #afterDecision(target: NoteTarget, store: CorrectionsStore): void {
    this.#history = NoteHistory.of(target.id, store);
    this.#parts.noteKept(target.noteId);
    this.#parts.changed();
  }

  #setText(target: NoteTarget, text: string | undefined): void {
    this.#text = text;
    this.#hash = text === undefined ? '' : noteHash(text);
    this.#problem = problemOf(text, target.part === null ? target.name : `The selection in ${target.name}`);
  }

  /** A text that cannot be triaged says so, unless a prediction about an earlier text is there to be decided about. */
  #shownActivity(): Activity {
    const cannot = this.#problem !== undefined && this.#held === undefined && this.#run === undefined;
    return cannot && this.#problem !== undefined ? { kind: 'failed', message: this.#problem } : this.#activity;
  }
}

const idle: Activity = { kind: 'idle' };

function failure(error: unknown): Activity {
  if (EngineError.is(error) && error.reason === 'cancelled') return idle;
  const message =
    UserError.is(error) || EngineError.is(error)
      ? error.message
      : 'The note could not be triaged, for a reason that the log tells; try once more.';
  return { kind: 'failed', message };
}
