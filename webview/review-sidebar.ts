import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { obstacle } from './decision.ts';
import { hasPrediction } from './form.ts';
import type { PageHost } from './host-link.ts';
import type { Notice } from './notice.ts';
import { acuity, acuityStyles } from './parts/acuity.ts';
import { decisionBar, decisionBarStyles } from './parts/decision-bar.ts';
import { decisionForm, decisionFormStyles } from './parts/decision-form.ts';
import { history, historyStyles } from './parts/history.ts';
import { keysLegend, keysLegendStyles } from './parts/keys-legend.ts';
import { noteHeader, noteHeaderStyles } from './parts/note-header.ts';
import { noticeStyles, notices, outcome } from './parts/notices.ts';
import { rationale, rationaleStyles } from './parts/rationale.ts';
import { waiting, waitingStyles } from './parts/waiting.ts';
import { type FocusTarget, Review } from './review.ts';
import { sharedStyles } from './shared-styles.ts';

/** The sidebar's page: draws what `Review` knows, and hands it what the reviewer does. */
export class ReviewSidebar extends LitElement {
  static override readonly styles = [
    sharedStyles,
    noteHeaderStyles,
    noticeStyles,
    acuityStyles,
    rationaleStyles,
    decisionFormStyles,
    historyStyles,
    decisionBarStyles,
    keysLegendStyles,
    waitingStyles,
  ];

  #review: Review | undefined;
  #focusNext: FocusTarget | undefined;
  #noteInView: string | undefined;
  #noticeInView: Notice | undefined;

  connect(host: PageHost): Review {
    this.#review = new Review(
      host,
      () => this.requestUpdate(),
      (target) => {
        this.#focusNext = target;
        this.requestUpdate();
      },
    );
    this.addEventListener('focusout', () => this.#review?.flush());
    return this.#review;
  }

  protected override render(): TemplateResult {
    const review = this.#review;
    return html`
      <main>${review?.state === undefined ? nothing : this.#page(review)}</main>
      <div class="for-screen-readers" role="status" aria-live="polite">${review?.announced}</div>
    `;
  }

  #page(review: Review): TemplateResult {
    const { state, form } = review;
    if (state === undefined || state.note === null) return html`${outcome(review)}${notices(review)}${waiting(review)}`;
    return html`
      ${noteHeader(review, state.note)} ${notices(review)}
      ${
        hasPrediction(state) && form !== undefined
          ? html`<div class="columns">
              <div>${acuity(state)}${rationale(state)}</div>
              <div>${decisionForm(review, state, form)}</div>
            </div>`
          : html`${outcome(review)}${waiting(review)}`
      }
      ${history(state)}
      ${
        hasPrediction(state) && form !== undefined
          ? decisionBar(review, state, (command) => obstacle(command, state, form))
          : nothing
      }
      ${keysLegend(review)}
    `;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.#scroll();
    this.#moveFocus();
  }

  /** A new note is read from its beginning; what became of a decision is brought into view, whichever key made it. */
  #scroll(): void {
    const note = this.#review?.state?.note?.id;
    const notice = this.#review?.notice;
    if (note !== this.#noteInView) window.scrollTo(0, 0);
    else if (notice !== undefined && notice !== this.#noticeInView) {
      this.renderRoot.querySelector('.bar > :is(.notice, .hint)')?.scrollIntoView({ block: 'nearest' });
    }
    this.#noteInView = note;
    this.#noticeInView = notice;
  }

  #moveFocus(): void {
    const target = this.#focusNext;
    this.#focusNext = undefined;
    if (target === undefined) return;
    const selector = target === 'question' ? '.question vscode-button' : `#${target}`;
    const element = this.renderRoot.querySelector<HTMLElement>(selector);
    // The toolkit's elements can take the focus only once they have drawn themselves.
    if (element !== null) requestAnimationFrame(() => element.focus());
  }
}
