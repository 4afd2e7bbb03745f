import { css, html, nothing, type TemplateResult } from 'lit';
import type { ReviewState, ShownDecision } from '../../src/extension/sidebar/messages.ts';
import { icon } from '../icon.ts';
import { decisionText, timeText } from '../text.ts';

/** The note's earlier decisions, newest first. */
export function history(state: ReviewState): TemplateResult | typeof nothing {
  const { decisions } = state;
  if (decisions.length === 0) return nothing;
  return html`<section class="history" aria-labelledby="history">
    <details>
      <summary>
        <h2 id="history">Earlier decisions (${decisions.length})</h2>
      </summary>
      <ol reversed>
        ${decisions.map((decision) => entry(decision, state))}
      </ol>
    </details>
  </section>`;
}

function entry(decision: ShownDecision, { labels, note, prediction }: ReviewState): TemplateResult {
  const textNow = prediction?.noteHash ?? note?.hash;
  return html`<li class=${decision.current ? 'current' : ''}>
    <p>
      <strong>${decisionText(decision, labels)}</strong>${
        decision.current ? html` <span class="small">${icon('check')}holds</span>` : nothing
      }
    </p>
    <p class="small dim">
      ${decision.reviewer}, <time datetime=${decision.decidedAt}>${timeText(decision.decidedAt)}</time>${
        decision.noteHash === textNow ? nothing : ', about an earlier text'
      }
    </p>
    ${decision.rationale === null ? nothing : html`<p class="small words">${decision.rationale}</p>`}
    ${decision.comment === '' ? nothing : html`<p class="small words">“${decision.comment}”</p>`}
  </li>`;
}

export const historyStyles = css`
  .history {
    margin-top: 18px;
    border-top: 1px solid var(--line);
  }
  summary {
    margin-top: 8px;
    cursor: pointer;
    color: var(--dim);
  }
  summary:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
  }
  summary h2 {
    display: inline;
  }
  .history ol {
    margin-top: 8px;
    list-style: none;
  }
  .history li {
    margin-bottom: 10px;
    padding-left: 10px;
    border-left: 2px solid var(--track);
  }
  .history .current {
    border-left-color: var(--vscode-testing-iconPassed, #388a34);
  }
  .words {
    white-space: pre-wrap;
  }
`;
