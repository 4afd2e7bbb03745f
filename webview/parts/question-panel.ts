import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../icon.ts';
import type { Review } from '../review.ts';
import { button } from '../toolkit.ts';

/** What has to be settled before a decision is made. It takes the focus, and Escape goes back to the form. */
export function questionPanel(review: Review): TemplateResult | typeof nothing {
  const { question } = review;
  if (question === undefined) return nothing;
  const leave = (event: KeyboardEvent) => {
    if (event.key === 'Escape') review.choose({ kind: 'keep editing' });
  };
  return html`<div class="notice question" role="alertdialog" aria-labelledby="question" @keydown=${leave}>
    ${icon('question')}
    <div>
      <p id="question">${question.text}</p>
      <div class="buttons">
        ${question.choices.map(({ text, choice }, index) =>
          button({ text, look: index === 0 ? 'primary' : 'secondary', press: () => review.choose(choice) }),
        )}
      </div>
    </div>
  </div>`;
}
