import { css, html, type TemplateResult } from 'lit';
import type { DecisionCommand } from '../../src/extension/sidebar/messages.ts';
import type { ShownReview } from '../form.ts';
import { nothingToUndo, type Review } from '../review.ts';
import { commonStroke } from '../shortcuts.ts';
import { button } from '../toolkit.ts';
import { outcome } from './notices.ts';
import { questionPanel } from './question-panel.ts';

/** `rest` is only spoken, and shown to the pointer. */
interface Text {
  readonly idle: string;
  readonly rest?: string;
  readonly pending: string;
}

const texts: Readonly<Record<DecisionCommand | 'undo', Text>> = {
  accept: { idle: 'Accept as it is', pending: 'Accepting…' },
  correct: { idle: 'Save correction', pending: 'Saving…' },
  reject: { idle: 'Reject', pending: 'Rejecting…' },
  flag: { idle: 'Flag', rest: ' for a second opinion', pending: 'Flagging…' },
  undo: { idle: 'Undo', rest: ' last decision', pending: 'Undoing…' },
};

/**
 * The decisions, with their keys beside them, always in reach at the page's lower edge; above them what has to be settled
 * first, or what became of the last one. The one that fits the form as it stands comes first to the eye.
 */
export function decisionBar(
  review: Review,
  state: ShownReview,
  obstacleTo: (command: DecisionCommand) => string | undefined,
): TemplateResult {
  const { pending } = review;
  const mainCommand = fittingCommand(state, obstacleTo);
  const stroke = commonStroke(state.shortcuts);
  const undoable = state.decisions.some(({ current }) => current);
  const one = (command: DecisionCommand | 'undo', unavailable: string | undefined, press: () => void) => {
    const { idle, rest = '', pending: under } = texts[command];
    return button({
      id: command,
      text: pending === command ? under : html`${idle}<span class="for-screen-readers">${rest}</span>`,
      look: command === mainCommand ? 'primary' : 'secondary',
      shortcut: state.shortcuts[command],
      stroke,
      hint: `${idle}${rest}`,
      unavailable,
      busy: pending === command,
      press,
    });
  };
  const decision = (command: DecisionCommand) => one(command, obstacleTo(command), () => review.decide(command));
  return html`<section class="bar" aria-label="Decide">
    ${outcome(review)}${questionPanel(review)}
    <div class="decide">${decision('accept')}${decision('correct')}</div>
    <div class="decide lesser">
      ${decision('reject')}${decision('flag')}${one('undo', undoable ? undefined : nothingToUndo, () => void review.undo())}
    </div>
  </section>`;
}

/** What the form as it stands is ready for. Where the model abstained or something is decided already, nothing is suggested. */
function fittingCommand(
  state: ShownReview,
  obstacleTo: (command: DecisionCommand) => string | undefined,
): DecisionCommand | undefined {
  if (obstacleTo('correct') === undefined) return 'correct';
  const isOpen = state.prediction.abstained === null && !state.decisions.some(({ current }) => current);
  return isOpen && obstacleTo('accept') === undefined ? 'accept' : undefined;
}

export const decisionBarStyles = css`
    .bar {
      position: relative;
      margin: 16px -14px 0;
      padding: 8px 14px 10px;
      border-top: 1px solid var(--line);
      background: var(--vscode-sideBar-background, var(--vscode-editor-background));
    }
    /* A bar on a page with little height would leave nothing to read. */
    @media (min-height: 460px) {
      .bar {
        position: sticky;
        bottom: 0;
        z-index: 1;
      }
    }
.decide {
      display: flex;
      flex-wrap: wrap;
      gap: 6px;
    }
    .decide vscode-button {
      flex: 1 0 auto;
    }
    .lesser {
      margin-top: 6px;
    }
    .decide vscode-button::part(control) {
      padding: 4px 8px;
    }
    .decide vscode-button::part(content) {
      flex: 1;
      align-items: center;
      justify-content: space-between;
      text-align: left;
    }
    .bar .notice,
    .bar .hint {
      margin: 0 0 8px;
    }
`;
