import { css, html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { type DifferencePart, wordDifference } from '../difference.ts';

/** What the reviewer's words change in the model's. */
export function differenceText(model: string, reviewer: string): unknown {
  return guard([model, reviewer], () => {
    const parts = wordDifference(model, reviewer);
    if (parts === undefined) return html`<p class="small dim">Too different to show word by word.</p>`;
    if (parts.length === 0) return nothing;
    return html`<p class="difference small" role="group" aria-label="What you changed in the model’s rationale"
      >${parts.map(part)}</p
    >`;
  });
}

function part({ kind, text }: DifferencePart): TemplateResult {
  if (kind === 'removed') return html`<del>${text}</del>`;
  if (kind === 'added') return html`<ins>${text}</ins>`;
  return html`<span>${text}</span>`;
}

export const differenceStyles = css`
  .difference {
    max-height: 12em;
    overflow: auto;
    white-space: pre-wrap;
  }
  del {
    background: var(--vscode-diffEditor-removedTextBackground, #ff000033);
    outline: 1px dashed var(--vscode-diffEditor-removedTextBorder, transparent);
    text-decoration: line-through;
  }
  ins {
    background: var(--vscode-diffEditor-insertedTextBackground, #9ccc2c40);
    outline: 1px solid var(--vscode-diffEditor-insertedTextBorder, transparent);
    text-decoration: none;
  }
`;
