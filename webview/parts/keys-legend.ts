import { css, html, nothing, type TemplateResult } from 'lit';
import type { Review } from '../review.ts';
import { commonStroke } from '../shortcuts.ts';
import { button } from '../toolkit.ts';

/** What all keys on the page begin with, and where they are changed. */
export function keysLegend(review: Review): TemplateResult | typeof nothing {
  if (review.state === undefined) return nothing;
  const stroke = commonStroke(review.state.shortcuts);
  return html`<p class="keys small dim">
    ${stroke === null ? nothing : html`Keys: <kbd>${stroke}</kbd>, then the letter beside the name.`}
    ${button({ text: 'Change the keys', look: 'quiet', press: () => review.run('changeKeys') })}
  </p>`;
}

export const keysLegendStyles = css`
  .keys {
    margin-top: 14px;
  }
  .keys kbd {
    margin-left: 0;
  }
  .keys vscode-button {
    margin-left: -5px;
    color: var(--dim);
  }
  .keys vscode-button::part(control) {
    font-size: var(--small);
  }
`;
