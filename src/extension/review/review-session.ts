import { type CorrectionsStore, type Decision, noteHash } from '../../corrections/index.ts';
import type { ModelStatus } from '../../engine/index.ts';
import type { ModelEngine } from '../engine/index.ts';
import type { Activity, DecisionRequest, ReviewState } from '../sidebar/messages.ts';
import { decisionOf, undoing } from './decision.ts';
import type { DraftKeeper } from './draft-keeper.ts';
import { type HeldPrediction, shownPrediction } from './held-prediction.ts';
import { NoteHistory } from './note-history.ts';
import { type NoteTarget, problemOf } from './note-target.ts';
import { PredictionOnScreen, type PredictionParts } from './prediction-on-screen.ts';
import { noteChanged, noteMoved, Refusal } from './refusal.ts';

export interface SessionParts extends PredictionParts {
  readonly engine: Pick<ModelEngine, 'knownModel' | 'ready' | 'openModel' | 'state'>;
  readonly corrections: {
    open(): Promise<CorrectionsStore>;
    openExisting(): Promise<CorrectionsStore | undefined>;
  };
  readonly drafts: Pick<DraftKeeper, 'ofNote'>;
  /** @throws UserError when the reviewer gives no name. */
  readonly reviewerName: () => Promise<string>;
}

/** What the session says of itself; the rest of the page's state comes from elsewhere. */
export type SessionState = Omit<ReviewState, 'queue' | 'shortcuts'>;

/**
 * The review of the one note that is on screen. Whatever takes time ends with another look at what is on screen: a decision
 * lands on the note, the text and the prediction that the reviewer saw, or nowhere.
 */
export class ReviewSession {
  readonly #parts: SessionParts;
  readonly #prediction: PredictionOnScreen;
  #target: NoteTarget | undefined;
  #text: string | undefined;
  #hash = '';
  /** Why the text cannot be triaged. */
  #problem: string | undefined;
  /** Whether the note was to be triaged: before that, an empty one is only a note that somebody begins to write. */
  #asked = false;
  #history = NoteHistory.none;
  #labels: ModelStatus['labels'] = [];

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#prediction = new PredictionOnScreen(parts);
  }

  get target(): NoteTarget | undefined {
    return this.#target;
  }

  get prediction(): HeldPrediction | undefined {
    return this.#prediction.held;
  }

  /** The decision that stands for the note on screen. */
  get currentDecision(): Decision | undefined {
    return this.#history.current;
  }

  state(): SessionState {
    const target = this.#target;
    if (target === undefined) {
      return {
        note: null,
        labels: this.#labels,
        activity: { kind: 'idle' },
        prediction: null,
        decisions: [],
        drafts: [],
      };
    }
    const { held } = this.#prediction;
    const state = this.#history.stateOf(this.#hash, held?.whole === true && held.noteHash === this.#hash);
    return {
      note: { id: target.id, name: target.name, part: target.part, hash: this.#hash, state },
      labels: held?.model.labels ?? this.#labels,
      activity: this.#shownActivity(),
      prediction: held === undefined ? null : shownPrediction(held),
      decisions: this.#history.shown,
      drafts: this.#parts.drafts.ofNote(target.id),
    };
  }

  /** Puts another note on screen, or none. Work on the one before is given up; what is complete of it stays kept. */
  async show(target: NoteTarget | undefined): Promise<void> {
    if (target?.id !== this.#target?.id) {
      this.#prediction.clear();
      this.#text = undefined;
      this.#hash = '';
      this.#problem = undefined;
      this.#asked = false;
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
    this.#asked = true;
    const signal = this.#prediction.begin();
    const text = await target.read();
    if (signal.aborted) throw new Refusal('cancelled', 'Something else was asked for meanwhile.');
    this.#setText(target, text);
    if (text === undefined || this.#problem !== undefined) {
      this.#prediction.end();
      this.#parts.changed();
      return { finished: Promise.resolve() };
    }
    return { finished: this.#prediction.predict(target, text, signal) };
  }

  /** Gives up what the engine does for the note on screen. */
  cancel(): void {
    this.#prediction.cancel();
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
      ...decisionOf(request, held, this.#prediction.offered(request.labelId)),
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
    const { held } = this.#prediction;
    if (this.#target?.id !== request.noteId || held?.noteHash !== request.noteHash) throw noteMoved();
    const { client } = await this.#parts.engine.ready();
    const rationale = await client.explain(held.text, request.labelId, { priority: 'visible', ...options });
    this.#prediction.keepOffered(held.id, request.labelId, rationale);
    return rationale;
  }

  /** The engine's process or its model changed. */
  async engineChanged(): Promise<void> {
    const known = await this.#parts.engine.knownModel();
    this.#labels = (this.#parts.engine.openModel ?? known)?.labels ?? this.#labels;
    this.#parts.changed();
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

  async #findPrediction(target: NoteTarget, model: ModelStatus | undefined): Promise<void> {
    if (model === undefined) return;
    this.#labels = model.labels;
    const hash = this.#hash;
    const text = this.#problem === undefined ? this.#text : undefined;
    const isCurrent = () => this.#target === target && this.#hash === hash;
    await this.#prediction.find(target, { text, hash }, model, isCurrent);
  }

  /** What the request is about, if that is what is on screen. */
  #subjectOf(request: DecisionRequest): { readonly target: NoteTarget; readonly held: HeldPrediction } {
    const [target, held] = [this.#target, this.#prediction.held];
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
    const { held, isRunning, activity } = this.#prediction;
    const isBegun = this.#asked || this.#text?.trim() !== '';
    if (this.#problem === undefined || !isBegun || held !== undefined || isRunning) return activity;
    return { kind: 'failed', message: this.#problem, about: 'note' };
  }
}
