import { css, html, type TemplateResult } from 'lit';
import type { DecisionCommand } from '../../src/extension/sidebar/messages.ts';
import type { ShownReview } from '../form.ts';
import { nothingToUndo, type Review } from '../review.ts';
import { button } from '../toolkit.ts';
import { outcome } from './notices.ts';

const texts: Readonly<Record<DecisionCommand, { readonly idle: string; readonly pending: string }>> = {
  accept: { idle: 'Accept as it is', pending: 'Accepting…' },
  correct: { idle: 'Save correction', pending: 'Saving…' },
  reject: { idle: 'Reject', pending: 'Rejecting…' },
  flag: { idle: 'Flag for a second opinion', pending: 'Flagging…' },
};

/** The decisions, with their keys beside them. The one that fits the form as it stands comes first to the eye. */
export function decisionButtons(
  review: Review,
  state: ShownReview,
  obstacleTo: (command: DecisionCommand) => string | undefined,
): TemplateResult {
  const { pending } = review;
  const mainCommand = fittingCommand(state, obstacleTo);
  const decision = (command: DecisionCommand) =>
    button({
      id: command,
      text: pending === command ? texts[command].pending : texts[command].idle,
      look: command === mainCommand ? 'primary' : 'secondary',
      shortcut: state.shortcuts[command],
      unavailable: obstacleTo(command),
      busy: pending === command,
      press: () => review.decide(command),
    });
  const undoable = state.decisions.some(({ current }) => current);
  return html`<div class="decide">
      ${decision('accept')}${decision('correct')}${decision('reject')}${decision('flag')}
      ${button({
        id: 'undo',
        text: pending === 'undo' ? 'Undoing…' : 'Undo last decision',
        shortcut: state.shortcuts.undo,
        unavailable: undoable ? undefined : nothingToUndo,
        busy: pending === 'undo',
        press: () => void review.undo(),
      })}
    </div>
    ${outcome(review)}
    <div class="keys">${button({ text: 'Change the keys', look: 'quiet', press: () => review.run('changeKeys') })}</div>`;
}

/** What the form as it stands is ready for. Where the model abstained or something is decided already, nothing is suggested. */
function fittingCommand(
  state: ShownReview,
  obstacleTo: (command: DecisionCommand) => string | undefined,
): DecisionCommand | undefined {
  if (obstacleTo('correct') === undefined) return 'correct';
  const isOpen = state.prediction.abstained === null && !state.decisions.some(({ current }) => current);
  return isOpen ? 'accept' : undefined;
}

export const decisionButtonStyles = css`
  .decide {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 240px), 1fr));
    gap: 6px;
    margin-top: 4px;
  }
  .decide vscode-button::part(content) {
    flex: 1;
    align-items: center;
    justify-content: space-between;
    text-align: left;
  }
  .keys {
    margin-left: -5px;
  }
  .keys vscode-button {
    color: var(--dim);
    font-size: var(--small);
  }
  .decision .notice {
    margin-top: 0;
  }
`;
