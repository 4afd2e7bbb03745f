import type {
  DecisionCommand,
  DecisionRequest,
  Draft,
  PlainCommand,
  ReviewState,
  ToPage,
} from '../src/extension/sidebar/messages.ts';
import { announcement } from './announcement.ts';
import {
  type Answers,
  type Choice,
  decisionRequest,
  earlierTextQuestion,
  obstacle,
  openQuestion,
  type Question,
} from './decision.ts';
import { Drafts } from './drafts.ts';
import { draftOf, type Form, findLabel, formOf, hasPrediction, type ShownReview } from './form.ts';
import { HostLink, type PageHost } from './host-link.ts';
import { type Offer, OfferedRationale } from './offered-rationale.ts';
import { decisionText, spokenLabel } from './text.ts';

/** What the page tells the reviewer about what they just did. */
export interface Notice {
  readonly kind: 'saved' | 'undone' | 'hint' | 'failed';
  readonly text: string;
  /** The note that it is about. */
  readonly noteId: string | null;
}

/** What the page should put the cursor into. */
export type FocusTarget = 'question' | 'rationale' | 'comment';

/**
 * What the page knows and does, without its looks: the state that the extension sent last, the drafts, what is being asked
 * or offered, and the reviewer's intents. A decision is always about the note and the prediction that are on screen.
 */
export class Review {
  state: ReviewState | undefined;
  question: Question | undefined;
  notice: Notice | undefined;
  /** The decision or undo whose answer has not come yet; until it has, nothing else is decided. */
  pending: DecisionCommand | 'undo' | undefined;
  /** Text that the reviewer had typed before another was taken in its place. */
  replaced: string | undefined;
  /** What a screen reader should say now. */
  announced = '';

  readonly #link: HostLink;
  readonly #drafts: Drafts;
  readonly #offered: OfferedRationale;
  readonly #changed: () => void;
  readonly #focus: (target: FocusTarget) => void;

  constructor(host: PageHost, changed: () => void, focus: (target: FocusTarget) => void) {
    this.#changed = changed;
    this.#focus = focus;
    this.#link = new HostLink((message) => host.postMessage(message));
    this.#offered = new OfferedRationale(this.#link, changed);
    this.#drafts = new Drafts({
      load: () => host.getState(),
      save: (state) => host.setState(state),
      keep: (draft) => void this.#ask(this.#link.request('keepDraft', draft).answer),
      drop: (noteId, noteHash) => void this.#ask(this.#link.request('dropDraft', { noteId, noteHash }).answer),
    });
  }

  start(): void {
    this.#link.ready();
  }

  receive(message: ToPage): void {
    switch (message.type) {
      case 'state':
        this.#show(message.state);
        break;
      case 'rationale':
        if (hasPrediction(this.state) && this.state.prediction.id === message.predictionId) {
          this.#show({ ...this.state, prediction: { ...this.state.prediction, rationale: message.text } });
        }
        break;
      case 'explaining':
        this.#offered.receive(message.id, message.text);
        break;
      case 'perform':
        this.#perform(message.command, message.noteId, message.predictionId);
        break;
      case 'reply':
        this.#link.receiveReply(message);
        break;
    }
  }

  /** The form as it stands, or undefined while there is nothing to decide about. */
  get form(): Form | undefined {
    return hasPrediction(this.state) ? formOf(this.state, this.#draft(this.state)) : undefined;
  }

  get offer(): Offer | undefined {
    return this.#offered.offer;
  }

  /** What was typed about another text of this note and never saved. */
  get earlierDraft(): Draft | undefined {
    const { state } = this;
    return hasPrediction(state) ? this.#drafts.findEarlier(state.note.id, state.prediction.noteHash) : undefined;
  }

  setLevel(labelId: string): void {
    // The radio group also reports what it was told to show.
    if (labelId === this.form?.labelId || findLabel(this.state?.labels ?? [], labelId) === undefined) return;
    if (this.offer?.labelId !== labelId) this.#offered.leave();
    this.#edit({ labelId });
  }

  setRationale(rationale: string): void {
    if (rationale !== this.form?.rationale) this.#edit({ rationale });
  }

  setComment(comment: string): void {
    if (comment !== this.form?.comment) this.#edit({ comment });
  }

  useModelsRationale(): void {
    if (hasPrediction(this.state)) this.#replaceRationale(this.state.prediction.rationale);
  }

  putBack(): void {
    if (this.replaced === undefined) return;
    this.#edit({ rationale: this.replaced });
    this.replaced = undefined;
    this.#changed();
  }

  /** Sends what was typed and not sent yet: the page may be about to go. */
  flush(): void {
    this.#drafts.flush();
  }

  async writeRationale(labelId: string): Promise<void> {
    const { state } = this;
    if (!hasPrediction(state)) return;
    this.question = undefined;
    const label = findLabel(state.labels, labelId);
    const result = await this.#offered.write(state.note.id, state.prediction.noteHash, labelId);
    if (result === undefined) return;
    if ('error' in result) this.#tell({ kind: 'failed', text: result.error, noteId: state.note.id });
    else this.#announce(`Offered rationale${label === undefined ? '' : ` for ${spokenLabel(label)}`}: ${result.text}`);
  }

  takeOffer(): void {
    if (this.offer === undefined) return;
    this.#replaceRationale(this.offer.text);
    this.#offered.leave();
    this.#focus('rationale');
  }

  leaveOffer(): void {
    this.#offered.leave();
    this.#focus('rationale');
  }

  bringEarlierDraft(): void {
    const { earlierDraft, form, state } = this;
    if (earlierDraft === undefined || form === undefined) return;
    if (earlierDraft.rationale !== null) this.#replaceRationale(earlierDraft.rationale);
    const label = findLabel(state?.labels ?? [], earlierDraft.labelId);
    const comment = [form.comment, earlierDraft.comment].filter((text) => text !== '').join('\n');
    this.#edit(label === undefined ? { comment } : { labelId: label.id, comment });
    this.#drafts.drop(earlierDraft);
    this.#changed();
  }

  discardEarlierDraft(): void {
    if (this.earlierDraft === undefined) return;
    this.#drafts.drop(this.earlierDraft);
    this.#changed();
  }

  decide(command: DecisionCommand, answers: Answers = {}): void {
    const { state, form } = this;
    if (!hasPrediction(state) || form === undefined || this.pending !== undefined) return;
    const why = obstacle(command, state, form);
    if (why !== undefined) {
      this.question = undefined;
      this.#tell({ kind: 'hint', text: why, noteId: state.note.id });
      return;
    }
    this.question = openQuestion(command, state, form, answers);
    if (this.question !== undefined) {
      this.notice = undefined;
      this.#changed();
      this.#focus('question');
      return;
    }
    void this.#send(command, decisionRequest(command, state, form, answers), state, answers);
  }

  choose(choice: Choice): void {
    this.question = undefined;
    this.#changed();
    switch (choice.kind) {
      case 'decide':
        this.decide(choice.command, choice.answers);
        break;
      case 'triage again':
        this.triage();
        break;
      case 'write the rationale':
        void this.writeRationale(choice.labelId);
        break;
      case 'write a comment':
        this.#focus('comment');
        break;
      case 'keep editing':
        this.#focus('rationale');
        break;
    }
  }

  async undo(): Promise<void> {
    const { state } = this;
    if (state === undefined || state.note === null || this.pending !== undefined) return;
    const noteId = state.note.id;
    const decision = state.decisions.find(({ current }) => current);
    if (decision === undefined) {
      this.#tell({ kind: 'hint', text: nothingToUndo, noteId });
      return;
    }
    this.#begin('undo');
    const answer = await this.#link.request('undo', { noteId, sequence: decision.sequence }).answer;
    this.pending = undefined;
    if ('ok' in answer) {
      this.#tell({ kind: 'undone', text: `Undone: ${decisionText(decision, state.labels)}.`, noteId });
    } else {
      this.#tell({ kind: 'failed', text: answer.error, noteId });
    }
  }

  triage(): void {
    this.flush();
    void this.#ask(this.#link.request('triage', { noteId: this.state?.note?.id ?? null }).answer);
  }

  go(direction: 'nextNote' | 'previousNote'): void {
    this.flush();
    void this.#ask(this.#link.request(direction, null).answer);
  }

  run(command: PlainCommand): void {
    void this.#ask(this.#link.request('run', { command }).answer);
  }

  #show(next: ReviewState): void {
    const previous = this.state;
    this.#drafts.merge(next.drafts);
    if (previous !== undefined && !isSameReview(previous, next)) {
      this.flush();
      this.question = undefined;
      this.replaced = undefined;
      this.#offered.leave();
    }
    // What was just saved may still be said over the next note, but not over the one after it.
    const moved = previous?.note?.id !== next.note?.id;
    if (moved && (this.notice?.kind !== 'saved' || this.notice.noteId !== previous?.note?.id)) this.notice = undefined;
    this.state = next;
    const said = announcement(previous, next);
    if (said === undefined) this.#changed();
    else this.#announce(said);
  }

  #perform(command: DecisionCommand, noteId: string, predictionId: string): void {
    if (hasPrediction(this.state) && this.state.note.id === noteId && this.state.prediction.id === predictionId) {
      this.decide(command);
    } else {
      this.#tell({
        kind: 'failed',
        text: 'The note on screen changed at that moment, so nothing was decided; look again and repeat it.',
        noteId: this.state?.note?.id ?? null,
      });
    }
  }

  async #send(command: DecisionCommand, request: DecisionRequest, state: ShownReview, answers: Answers): Promise<void> {
    this.flush();
    this.#begin(command);
    const sent = this.#draft(state);
    const answer = await this.#link.request('decide', request).answer;
    this.pending = undefined;
    if ('ok' in answer) {
      this.#settleDraft(request, sent);
      this.replaced = undefined;
      const text = decisionText({ action: request.action, labelId: request.labelId }, state.labels);
      this.#tell({ kind: 'saved', text: `Saved: ${state.note.name} ${text}.`, noteId: state.note.id });
    } else if (answer.reason === 'stale' && this.state !== undefined && isSameReview(state, this.state)) {
      this.question = earlierTextQuestion(command, answers);
      this.#changed();
      this.#focus('question');
    } else {
      this.#tell({ kind: 'failed', text: answer.error, noteId: state.note.id });
    }
  }

  /** Lets go of what the saved decision holds, unless the reviewer typed on meanwhile. */
  #settleDraft(request: DecisionRequest, sent: Draft | undefined): void {
    if (sent === undefined || this.#drafts.find(request.noteId, request.noteHash) !== sent) return;
    const holdsForm = request.action === 'accepted' || request.action === 'corrected';
    if (holdsForm || (sent.labelId === null && sent.rationale === null)) this.#drafts.drop(sent);
    else this.#drafts.put({ ...sent, comment: '', editedAt: Date.now() });
  }

  #replaceRationale(text: string): void {
    const { form } = this;
    if (form === undefined || form.rationale === text) return;
    this.replaced = form.rationaleChanged && form.rationale.trim() !== '' ? form.rationale : undefined;
    this.#edit({ rationale: text });
  }

  #edit(values: Partial<Pick<Form, 'labelId' | 'rationale' | 'comment'>>): void {
    const { state, form } = this;
    if (!hasPrediction(state) || form === undefined) return;
    const draft = draftOf(state, { ...form, ...values }, Date.now());
    if (draft !== undefined) this.#drafts.put(draft);
    else this.#drafts.drop({ noteId: state.note.id, noteHash: state.prediction.noteHash });
    this.notice = undefined;
    this.#changed();
  }

  #draft({ note, prediction }: ShownReview): Draft | undefined {
    return this.#drafts.find(note.id, prediction.noteHash);
  }

  #begin(pending: DecisionCommand | 'undo'): void {
    this.pending = pending;
    this.question = undefined;
    this.notice = undefined;
    this.#changed();
  }

  /** For a request that shows its success by itself. */
  async #ask(
    answer: Promise<{ readonly ok: null } | { readonly error: string; readonly reason: string }>,
  ): Promise<void> {
    const answered = await answer;
    if ('ok' in answered || answered.reason === 'cancelled') return;
    this.#tell({ kind: 'failed', text: answered.error, noteId: this.state?.note?.id ?? null });
  }

  #tell(notice: Notice): void {
    this.notice = notice;
    // What failed is an alert of its own.
    if (notice.kind === 'failed') this.#changed();
    else this.#announce(notice.text);
  }

  #announce(text: string): void {
    // The same words twice are only spoken again when the text differs.
    this.announced = text === this.announced ? `${text}\u00a0` : text;
    this.#changed();
  }
}

export const nothingToUndo = 'Nothing is decided about this note yet.';

/** Whether both are about the same text of the same note and, once there is one, the same prediction. */
function isSameReview(left: ReviewState, right: ReviewState): boolean {
  return left.note?.id === right.note?.id && left.prediction?.id === right.prediction?.id;
}
