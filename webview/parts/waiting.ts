import { css, html, type TemplateResult } from 'lit';
import { icon } from '../icon.ts';
import type { Review } from '../review.ts';
import { button } from '../toolkit.ts';

/** What stands where the review will be: why there is nothing yet, and what to do about it. */
export function waiting(review: Review): TemplateResult {
  const activity = review.state?.activity.kind;
  switch (activity) {
    case 'loading model':
      return busy('Loading the model…', 'Only the first note waits for this.');
    case 'predicting':
      return busy('Reading the note…', '');
    case 'restarting':
      return busy('Starting again…', '');
    case 'failed':
      return html``;
    default:
      return review.state?.note === null ? noNote(review) : notTriaged(review);
  }
}

function noNote(review: Review): TemplateResult {
  return html`<div class="empty">
    ${icon('note')}
    <h1>No note is open</h1>
    <p class="dim">Open a clinical note, and its acuity and the reasons for it appear here for your review.</p>
    ${nextButton(review)}
  </div>`;
}

function nextButton(review: Review): TemplateResult | string {
  if (!review.state?.queue.hasNext) return '';
  return button({
    text: 'Open the next note',
    look: 'primary',
    shortcut: review.state.shortcuts.nextNote,
    press: () => review.go('nextNote'),
  });
}

function notTriaged(review: Review): TemplateResult {
  return html`<div class="empty">
    ${icon('note')}
    <p>This note has not been triaged.</p>
    ${button({
      text: 'Triage this note',
      look: 'primary',
      shortcut: review.state?.shortcuts.triage ?? null,
      press: () => review.triage(),
    })}
  </div>`;
}

/** The outline of what is to come, in place of a spinner. */
function busy(text: string, detail: string): TemplateResult {
  return html`<div class="busy" aria-busy="true">
    <p>${text}</p>
    <p class="small dim">${detail}</p>
    <div class="outline" aria-hidden="true">
      <span class="square"></span><span></span><span></span><span></span><span></span><span></span>
    </div>
  </div>`;
}

export const waitingStyles = css`
  .empty {
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: 10px;
    max-width: 340px;
    margin: 12vh auto 0;
    text-align: center;
  }
  .empty > .icon {
    color: var(--dim);
    font-size: 32px;
  }
  .busy {
    margin-top: 14px;
  }
  .outline {
    display: grid;
    gap: 9px;
    margin-top: 14px;
  }
  .outline span {
    height: 8px;
    border-radius: 4px;
    background: var(--track);
  }
  .outline .square {
    width: 46px;
    height: 46px;
    margin-bottom: 4px;
    border-radius: 8px;
  }
  .outline span:nth-child(3) {
    width: 82%;
  }
  .outline span:nth-child(5) {
    width: 64%;
  }
  @media (prefers-reduced-motion: no-preference) {
    .outline {
      animation: breathe 1.6s ease-in-out infinite alternate;
    }
    @keyframes breathe {
      to {
        opacity: 0.45;
      }
    }
  }
`;
