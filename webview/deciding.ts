import type { DecisionCommand, DecisionRequest, Draft } from '../src/extension/sidebar/messages.ts';
import {
  type Answers,
  decisionRequest,
  earlierTextQuestion,
  obstacle,
  openQuestion,
  type Question,
} from './decision.ts';
import type { Drafts } from './drafts.ts';
import { type Form, hasPrediction, isSameReview, type ShownReview } from './form.ts';
import type { HostLink } from './host-link.ts';
import type { Notice } from './notice.ts';
import type { Offer } from './offered-rationale.ts';
import { decisionText } from './text.ts';

/** The page around a decision. */
export interface DecidingDesk {
  readonly state: ShownReview | undefined;
  readonly form: Form | undefined;
  readonly offer: Offer | undefined;
  readonly drafts: Pick<Drafts, 'find' | 'put' | 'drop' | 'flush'>;
  /** The question that is open, or whether a decision is under way, has changed. */
  readonly changed: () => void;
  readonly focusQuestion: () => void;
  /** Undefined takes back what was told before. */
  readonly tell: (notice: Notice | undefined) => void;
}

/** One decision at a time: what has to be settled first, the request, and what became of it. */
export class Deciding {
  question: Question | undefined;
  /** The decision or undo whose answer has not come yet; until it has, nothing else is decided. */
  pending: DecisionCommand | 'undo' | undefined;
  readonly #desk: () => DecidingDesk;
  readonly #link: HostLink;

  constructor(desk: () => DecidingDesk, link: HostLink) {
    this.#desk = desk;
    this.#link = link;
  }

  decide(command: DecisionCommand, answers: Answers = {}): void {
    const { state, form, offer, tell, changed, focusQuestion } = this.#desk();
    if (state === undefined || form === undefined || this.pending !== undefined) return;
    const why = obstacle(command, state, form);
    if (why !== undefined) {
      this.question = undefined;
      tell({ kind: 'hint', text: why, noteId: state.note.id });
      return;
    }
    this.question = openQuestion(command, state, form, answers, offer);
    if (this.question !== undefined) {
      tell(undefined);
      changed();
      focusQuestion();
      return;
    }
    void this.#send(command, decisionRequest(command, state, form, answers), state, answers);
  }

  /** @param text what is taken back, such as `corrected to 3 urgent`. */
  async undo(noteId: string, sequence: number, text: string): Promise<void> {
    if (this.pending !== undefined) return;
    this.#begin('undo');
    const answer = await this.#link.request('undo', { noteId, sequence }).answer;
    this.pending = undefined;
    const { tell } = this.#desk();
    if ('ok' in answer) tell({ kind: 'undone', text: `Undone: ${text}.`, noteId });
    else tell({ kind: 'failed', text: answer.error, noteId });
  }

  async #send(command: DecisionCommand, request: DecisionRequest, state: ShownReview, answers: Answers): Promise<void> {
    const { drafts } = this.#desk();
    drafts.flush();
    this.#begin(command);
    const sent = drafts.find(request.noteId, request.noteHash);
    const answer = await this.#link.request('decide', request).answer;
    this.pending = undefined;
    const { state: now, tell, changed, focusQuestion } = this.#desk();
    if ('ok' in answer) {
      this.#settleDraft(request, sent);
      const text = decisionText({ action: request.action, labelId: request.labelId }, state.labels);
      const { id, name, part } = state.note;
      tell({ kind: 'saved', text: `Saved: ${part === null ? name : `${name}, ${part},`} ${text}.`, noteId: id });
    } else if (answer.reason === 'stale' && hasPrediction(now) && isSameReview(state, now)) {
      this.question = earlierTextQuestion(command, answers);
      changed();
      focusQuestion();
    } else {
      tell({ kind: 'failed', text: answer.error, noteId: state.note.id });
    }
  }

  /** Lets go of what the saved decision holds, unless the reviewer typed on meanwhile. */
  #settleDraft(request: DecisionRequest, sent: Draft | undefined): void {
    const { drafts } = this.#desk();
    if (sent === undefined || drafts.find(request.noteId, request.noteHash) !== sent) return;
    const holdsForm = request.action === 'accepted' || request.action === 'corrected';
    if (holdsForm || (sent.labelId === null && sent.rationale === null)) drafts.drop(sent);
    else drafts.put({ ...sent, comment: '', editedAt: Date.now() });
  }

  #begin(pending: DecisionCommand | 'undo'): void {
    const { tell, changed } = this.#desk();
    this.pending = pending;
    this.question = undefined;
    tell(undefined);
    changed();
  }
}
