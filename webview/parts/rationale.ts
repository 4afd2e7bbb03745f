import { css, html, nothing, type TemplateResult } from 'lit';
import { isWhole, isWriting, type ShownReview } from '../form.ts';

/** The model's rationale as it is written. It is spoken once, when whole, by the page's own announcement. */
export function rationale(state: ShownReview): TemplateResult {
  const writing = isWriting(state);
  const { prediction } = state;
  return html`<section class="why" aria-labelledby="why">
    <h2 id="why">Why</h2>
    <p class="rationale" aria-busy=${writing ? 'true' : 'false'}>${prediction.rationale}${
      writing ? html`<span class="cursor" aria-hidden="true"></span>` : nothing
    }</p>
    ${
      isWhole(state) || writing || prediction.rationale === ''
        ? nothing
        : html`<p class="small dim">The rationale stopped here.</p>`
    }
    <p class="small dim model">${prediction.model}</p>
  </section>`;
}

export const rationaleStyles = css`
  .rationale {
    min-height: 1.5em;
    white-space: pre-wrap;
    line-height: 1.55;
  }
  .cursor {
    display: inline-block;
    width: 0.5em;
    height: 1em;
    margin-left: 2px;
    vertical-align: text-bottom;
    background: var(--vscode-foreground);
    opacity: 0.6;
  }
  .model {
    margin-top: 6px;
  }
  @media (prefers-reduced-motion: no-preference) {
    .cursor {
      animation: blink 1s steps(2, jump-none) infinite;
    }
    @keyframes blink {
      to {
        opacity: 0.1;
      }
    }
  }
`;
