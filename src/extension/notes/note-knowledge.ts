import {
  type CachedPrediction,
  type PredictionCache,
  type PredictionSummary,
  summaryOf,
} from '../predictions/index.ts';
import {
  type DecisionSummary,
  type LatestDecision,
  makeEntry,
  type NoteEntry,
  summarizeDecision,
} from './note-entry.ts';
import type { FoundNote } from './note-files.ts';
import { wholeNoteId } from './note-id.ts';

/** The reviewers' decisions, as far as the notes' states need them. */
export interface DecisionSource {
  latest(noteId: string): LatestDecision | undefined;
  /** The ids of the note's parts on which a decision stands. */
  decidedParts(noteId: string): readonly string[];
  latestOfAll(): Iterable<LatestDecision>;
  count(): number;
}

/** What is known of the notes besides their files: what the reviewers decided, and what the model predicted. */
export class NoteKnowledge {
  readonly #cache: PredictionCache;
  readonly #source: () => DecisionSource | undefined;
  #decisions = new Map<string, DecisionSummary>();
  /** How many parts of a note are decided; a note without any is missing. */
  #decidedParts = new Map<string, number>();
  /** How many decisions there were when they were last read. */
  #count = 0;
  #summaries = new Map<string, PredictionSummary>();
  #model: string | undefined;

  /** @param source undefined as long as there is no store of decisions. */
  constructor(cache: PredictionCache, source: () => DecisionSource | undefined) {
    this.#cache = cache;
    this.#source = source;
  }

  /** Fingerprint of the model whose predictions are shown. */
  get model(): string | undefined {
    return this.#model;
  }

  setModel(fingerprint: string | undefined): void {
    this.#model = fingerprint;
    this.#summaries = fingerprint === undefined ? new Map() : this.#cache.summaries(fingerprint);
  }

  /** Reads everything anew. */
  reload(): void {
    this.setModel(this.#model);
    const source = this.#source();
    this.#decisions = new Map();
    this.#decidedParts = new Map();
    // Counted first: what is decided during the reading is then read once more, and not missed.
    this.#count = source?.count() ?? 0;
    for (const decision of source?.latestOfAll() ?? []) {
      const summary = summarizeDecision(decision);
      if (summary === undefined) continue;
      this.#decisions.set(decision.noteId, summary);
      const whole = wholeNoteId(decision.noteId);
      if (whole !== undefined) this.#decidedParts.set(whole, (this.#decidedParts.get(whole) ?? 0) + 1);
    }
  }

  /** Reads anew what was decided about a note and its parts. */
  reloadDecision(noteId: string): void {
    const source = this.#source();
    const parts = source?.decidedParts(noteId).length ?? 0;
    const latest = source?.latest(noteId);
    const summary = latest === undefined ? undefined : summarizeDecision(latest);
    const isNew =
      summary?.sequence !== this.#decisions.get(noteId)?.sequence || parts !== (this.#decidedParts.get(noteId) ?? 0);
    this.#decidedParts.set(noteId, parts);
    if (summary === undefined) this.#decisions.delete(noteId);
    else this.#decisions.set(noteId, summary);
    // One more decision, and it was this note's. Any other difference is other windows' doing.
    if (isNew && source?.count() === this.#count + 1) this.#count++;
  }

  /** @returns whether it is a prediction of the shown model. */
  addPrediction(prediction: CachedPrediction): boolean {
    if (prediction.modelFingerprint !== this.#model) return false;
    this.#summaries.set(prediction.noteHash, summaryOf(prediction));
    return true;
  }

  /** Whether another window decided or predicted something since everything was last read. */
  changedElsewhere(): boolean {
    const predicted = this.#cache.changedElsewhere();
    return predicted || (this.#source()?.count() ?? 0) !== this.#count;
  }

  /** Whether the note's state depends on its text. */
  dependsOnText(noteId: string): boolean {
    return this.#summaries.size > 0 || this.#decisions.has(noteId);
  }

  entryOf(file: FoundNote, noteHash: string | undefined): NoteEntry {
    const cached = noteHash === undefined ? undefined : this.#summaries.get(noteHash);
    return makeEntry(file, noteHash, {
      decision: this.#decisions.get(file.id),
      decidedParts: this.#decidedParts.get(file.id) ?? 0,
      cached,
    });
  }
}
