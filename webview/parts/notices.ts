import { css, html, nothing, type TemplateResult } from 'lit';
import { hasPrediction, isStale } from '../form.ts';
import { type IconName, icon } from '../icon.ts';
import type { Review } from '../review.ts';
import { commonStroke } from '../shortcuts.ts';
import { type Button, button } from '../toolkit.ts';

/** What the reviewer should know before reading on: what failed, what is stale, what was cut, what was left unsaved. */
export function notices(review: Review): TemplateResult {
  return html`${restarting(review)}${failed(review)}${stale(review)}${truncated(review)}${unsaved(review)}`;
}

/** What became of what the reviewer did. Saved is said only after the extension has answered that it is. */
export function outcome(review: Review): TemplateResult | typeof nothing {
  const { notice: told } = review;
  switch (told?.kind) {
    case undefined:
      return nothing;
    case 'saved':
      return notice({ tone: 'good', icon: 'check', text: told.text, buttons: nextNote(review) });
    case 'failed':
      return notice({ tone: 'error', icon: 'error', text: told.text });
    case 'undone':
      return notice({ tone: 'info', icon: 'undo', text: told.text });
    case 'hint':
      return html`<p class="small hint">${icon('info')} ${told.text}</p>`;
  }
}

/** What comes after a decision, as long as its note is the one on screen. */
function nextNote(review: Review): Button[] {
  const { state, notice: told } = review;
  if (state?.note?.id !== told?.noteId || state?.queue.hasNext !== true) return [];
  const stroke = commonStroke(state.shortcuts);
  return [
    {
      text: 'Next note',
      look: 'primary',
      shortcut: state.shortcuts.nextNote,
      stroke,
      press: () => review.go('nextNote'),
    },
  ];
}

type Tone = 'error' | 'warning' | 'info' | 'good';

interface NoticeBox {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly text: string | TemplateResult;
  readonly buttons?: readonly Button[];
}

function notice({ tone, icon: name, text, buttons = [] }: NoticeBox): TemplateResult {
  return html`<div class="notice" data-tone=${tone} role=${tone === 'error' ? 'alert' : 'note'}>
    ${icon(name)}
    <div>
      <p>${text}</p>
      ${buttons.length === 0 ? nothing : html`<div class="buttons">${buttons.map(button)}</div>`}
    </div>
  </div>`;
}

function restarting({ state }: Review): TemplateResult | typeof nothing {
  if (state?.activity.kind !== 'restarting') return nothing;
  return notice({
    tone: 'warning',
    icon: 'restart',
    text: 'The model’s process stopped and is being started again. Nothing you decided or typed is lost.',
  });
}

function failed(review: Review): TemplateResult | typeof nothing {
  const activity = review.state?.activity;
  if (activity?.kind !== 'failed') return nothing;
  return notice({
    tone: 'error',
    icon: 'error',
    text: activity.message,
    buttons:
      activity.about === 'note'
        ? [{ text: 'Triage again', press: () => review.triage() }]
        : [
            { text: 'Retry', look: 'primary', press: () => review.triage() },
            { text: 'Show log', press: () => review.run('showLog') },
            { text: 'Choose model…', press: () => review.run('chooseModel') },
          ],
  });
}

function stale(review: Review): TemplateResult | typeof nothing {
  const { state, question } = review;
  // The question about a decision says the same and offers more.
  if (!hasPrediction(state) || !isStale(state) || question !== undefined) return nothing;
  return notice({
    tone: 'warning',
    icon: 'warning',
    text: 'The note has changed since it was triaged. What you see here is about the earlier text.',
    buttons: [
      { text: 'Triage again', look: 'primary', shortcut: state.shortcuts.triage, press: () => review.triage() },
    ],
  });
}

function truncated({ state }: Review): TemplateResult | typeof nothing {
  if (!hasPrediction(state) || !state.prediction.truncated) return nothing;
  return notice({
    tone: 'warning',
    icon: 'warning',
    text: 'The note is longer than what the model reads, so the model has not seen its end.',
  });
}

function unsaved(review: Review): TemplateResult | typeof nothing {
  if (review.earlierDraft === undefined) return nothing;
  return notice({
    tone: 'info',
    icon: 'edit',
    text: 'You left unsaved text about an earlier version of this note.',
    buttons: [
      { text: 'Bring it here', press: () => review.bringEarlierDraft() },
      { text: 'Discard it', press: () => review.discardEarlierDraft() },
    ],
  });
}

export const noticeStyles = css`
  .notice {
    --tone: var(--vscode-editorInfo-foreground, #1a85ff);
    display: flex;
    gap: 8px;
    margin-top: 10px;
    padding: 7px 10px 8px;
    border: 1px solid var(--vscode-contrastBorder, transparent);
    border-left: 3px solid var(--tone);
    border-radius: 0 4px 4px 0;
    background: color-mix(in srgb, var(--tone) 9%, transparent);
  }
  .notice[data-tone='error'] {
    --tone: var(--vscode-editorError-foreground, #e51400);
  }
  .notice[data-tone='warning'],
  .notice.question {
    --tone: var(--vscode-editorWarning-foreground, #bf8803);
  }
  .notice[data-tone='good'] {
    --tone: var(--vscode-testing-iconPassed, #388a34);
  }
  .notice > .icon {
    flex: none;
    margin-top: 0.12em;
    color: var(--tone);
  }
  .notice .buttons {
    margin-top: 6px;
  }
`;
