import { css, html, nothing, type TemplateResult } from 'lit';
import type { ShownNote } from '../../src/extension/sidebar/messages.ts';
import { icon } from '../icon.ts';
import type { Review } from '../review.ts';
import { commonStroke } from '../shortcuts.ts';
import { stateText } from '../text.ts';
import { button } from '../toolkit.ts';

/** The note's name and state, its place in the queue, and the ways to its neighbours. */
export function noteHeader(review: Review, note: ShownNote): TemplateResult {
  const queue = review.state?.queue;
  const shortcuts = review.state?.shortcuts;
  const stroke = commonStroke(shortcuts);
  return html`<header>
    <div class="name-and-state">
      <h1 title=${note.name}>${note.name}${note.part === null ? nothing : html` <span class="dim">${note.part}</span>`}</h1>
      <span class="state" data-state=${note.state}>${stateText(note.state)}</span>
    </div>
    ${
      note.part === null
        ? nothing
        : html`<p class="small dim">Your decision here is about this part alone: the whole note stays to be reviewed.</p>`
    }
    <nav aria-label="Queue">
      <span class="small dim"
        >${queue === undefined || queue.position === null ? 'Not in the queue' : `${queue.position} of ${queue.total}, ${queue.order}`}</span
      >
      <span class="buttons">
        ${button({
          id: 'previous',
          look: 'quiet',
          text: html`${icon('chevronLeft')}Previous`,
          shortcut: shortcuts?.previousNote ?? null,
          stroke,
          hint: 'Previous note',
          unavailable: queue?.hasPrevious ? undefined : 'This is the first note.',
          press: () => review.go('previousNote'),
        })}
        ${button({
          id: 'next',
          look: 'quiet',
          text: html`Next${icon('chevronRight')}`,
          shortcut: shortcuts?.nextNote ?? null,
          stroke,
          hint: 'Next note',
          unavailable: queue?.hasNext ? undefined : 'This is the last note.',
          press: () => review.go('nextNote'),
        })}
      </span>
    </nav>
  </header>`;
}

export const noteHeaderStyles = css`
  header {
    padding-bottom: 10px;
    border-bottom: 1px solid var(--line);
  }
  .name-and-state {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 2px 8px;
  }
  h1 {
    font-size: inherit;
    font-weight: 600;
  }
  h1 .dim {
    font-weight: normal;
  }
  .state {
    padding: 0 8px;
    border: 1px solid var(--vscode-contrastBorder, color-mix(in srgb, var(--vscode-foreground) 35%, transparent));
    border-radius: 10px;
    font-size: var(--small);
  }
  .state[data-state='accepted'],
  .state[data-state='corrected'] {
    border-color: var(--vscode-contrastBorder, var(--vscode-testing-iconPassed, #388a34));
  }
  .state[data-state='rejected'],
  .state[data-state='flagged'] {
    border-color: var(--vscode-contrastBorder, var(--vscode-editorWarning-foreground, #bf8803));
  }
  nav {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 4px 8px;
    margin-top: 4px;
  }
  nav .buttons {
    gap: 4px 10px;
    margin-left: -4px;
  }
  nav .icon {
    font-size: 14px;
  }
`;
