import type { DecisionCommand, Draft, PlainCommand, ReviewState, ToPage } from '../src/extension/sidebar/messages.ts';
import { announcement, offerText } from './announcement.ts';
import { Deciding, type DecidingDesk } from './deciding.ts';
import type { Answers, Choice, Question } from './decision.ts';
import { Drafts } from './drafts.ts';
import { draftOf, type Form, findLabel, formOf, hasPrediction, isSameReview, type ShownReview } from './form.ts';
import { HostLink, type PageHost } from './host-link.ts';
import type { Notice } from './notice.ts';
import { type Offer, OfferedRationale } from './offered-rationale.ts';
import { decisionText } from './text.ts';

/** What the page should put the cursor into. */
export type FocusTarget = 'question' | 'rationale' | 'comment';

/**
 * What the page knows and does, without its looks: the state that the extension sent last, the drafts, what is being asked
 * or offered, and the reviewer's intents. A decision is always about the note and the prediction that are on screen.
 */
export class Review {
  state: ReviewState | undefined;
  notice: Notice | undefined;
  /** Text that the reviewer had typed before another was taken in its place. */
  replaced: string | undefined;
  /** What a screen reader should say now. */
  announced = '';

  readonly #link: HostLink;
  readonly #drafts: Drafts;
  readonly #offered: OfferedRationale;
  readonly #deciding: Deciding;
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
    this.#deciding = new Deciding(() => this.#desk(), this.#link);
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

  get question(): Question | undefined {
    return this.#deciding.question;
  }

  get pending(): DecisionCommand | 'undo' | undefined {
    return this.#deciding.pending;
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
    this.#deciding.question = undefined;
    const label = findLabel(state.labels, labelId);
    const result = await this.#offered.write(state.note.id, state.prediction.noteHash, labelId);
    if (result === undefined) return;
    if ('error' in result) this.#tell({ kind: 'failed', text: result.error, noteId: state.note.id });
    else this.#announce(offerText(result.text, label, state.prediction.rationale));
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

  decide(command: DecisionCommand, answers?: Answers): void {
    this.#deciding.decide(command, answers);
  }

  choose(choice: Choice): void {
    this.#deciding.question = undefined;
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
    if (state === undefined || state.note === null) return;
    const noteId = state.note.id;
    const decision = state.decisions.find(({ current }) => current);
    if (decision === undefined) this.#tell({ kind: 'hint', text: nothingToUndo, noteId });
    else await this.#deciding.undo(noteId, decision.sequence, decisionText(decision, state.labels));
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
      this.#deciding.question = undefined;
      this.replaced = undefined;
      this.#offered.leave();
    }
    // What was just saved may still be said over the next note until something happens there, but not over the one after it.
    const moved = previous?.note?.id !== next.note?.id;
    const workBegan = previous?.activity.kind !== next.activity.kind && this.notice?.noteId !== next.note?.id;
    const isJustSaved = this.notice?.kind === 'saved' && this.notice.noteId === previous?.note?.id;
    if (moved ? !isJustSaved : workBegan) this.notice = undefined;
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

  #desk(): DecidingDesk {
    return {
      state: hasPrediction(this.state) ? this.state : undefined,
      form: this.form,
      offer: this.offer,
      drafts: this.#drafts,
      changed: this.#changed,
      focusQuestion: () => this.#focus('question'),
      tell: (notice) => {
        if (notice?.kind === 'saved') this.replaced = undefined;
        if (notice === undefined) this.notice = undefined;
        else this.#tell(notice);
      },
    };
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
