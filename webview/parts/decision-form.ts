import { css, html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { arguesForAnotherLevel, isNothingNew } from '../decision.ts';
import { type Form, findLabel, isWhole, isWriting, type ShownReview } from '../form.ts';
import { icon } from '../icon.ts';
import type { Review } from '../review.ts';
import { labelName } from '../text.ts';
import { button, radioGroup, textArea } from '../toolkit.ts';
import { differenceStyles, differenceText } from './difference-text.ts';
import { levelChip } from './level-chip.ts';

/** The reviewer's level, rationale and comment. */
export function decisionForm(review: Review, state: ShownReview, form: Form): TemplateResult {
  return html`<section class="decision" aria-labelledby="decision">
    <h2 id="decision">Your decision</h2>
    ${levels(review, state, form)} ${offer(review, state, form)} ${rationaleField(review, state, form)}
    ${textArea({
      id: 'comment',
      label: 'Comment',
      value: form.comment,
      placeholder: 'For those who read your decision',
      input: (value) => review.setComment(value),
    })}
  </section>`;
}

function levels(review: Review, { prediction, labels }: ShownReview, form: Form): TemplateResult {
  // The radios take their spoken names from their text once, when they are made.
  return html`${keyed(
    prediction.id,
    radioGroup({
      label: 'Level',
      value: form.labelId,
      choose: (labelId) => review.setLevel(labelId),
      options: labels.map((label) => ({
        value: label.id,
        text: html`<span class="level"
          >${levelChip(label)} ${label.text}${
            label.id === prediction.labelId ? html` <em class="dim">model</em>` : nothing
          }</span
        >`,
      })),
    }),
  )}`;
}

/** Offers the rationale for the level that was chosen, and then shows it beside the form until it is taken or left. */
function offer(review: Review, state: ShownReview, form: Form): TemplateResult | typeof nothing {
  const chosen = findLabel(state.labels, form.labelId);
  if (chosen === undefined) return nothing;
  if (review.offer === undefined) {
    if (chosen.id === state.prediction.labelId || !isWhole(state)) return nothing;
    return html`<div class="offer-button">
      ${
        arguesForAnotherLevel(state, form)
          ? html`<p class="small dim">The rationale below still argues for the model’s level.</p>`
          : nothing
      }
      ${button({
        id: 'write-rationale',
        text: html`Write the rationale for ${labelName(chosen)}`,
        press: () => void review.writeRationale(chosen.id),
      })}
    </div>`;
  }
  const writing = review.offer.state === 'writing';
  if (isNothingNew(review.offer, state)) return nothingNew(review, labelName(chosen));
  const replaces = form.rationaleChanged && form.rationale.trim() !== '';
  return html`<div class="offer" role="group" aria-labelledby="offer">
    <p id="offer" class="small dim">${writing ? 'Writing the rationale for' : 'The model’s rationale for'} ${labelName(chosen)}</p>
    <p class="rationale" aria-busy=${writing ? 'true' : 'false'}>${review.offer.text}${
      writing ? html`<span class="cursor" aria-hidden="true"></span>` : nothing
    }</p>
    <div class="buttons">
      ${
        writing
          ? nothing
          : button({
              text: replaces ? 'Replace my text with it' : 'Use it',
              look: 'primary',
              press: () => review.takeOffer(),
            })
      }
      ${button({ text: writing ? 'Stop' : 'Leave it', press: () => review.leaveOffer() })}
    </div>
  </div>`;
}

function nothingNew(review: Review, level: string): TemplateResult {
  return html`<div class="offer" role="group" aria-labelledby="offer">
    <p id="offer" class="small">The model has no other rationale for ${level}: it wrote the same again. Say why in your own words.</p>
    <div class="buttons">${button({ text: 'Write my own', look: 'primary', press: () => review.leaveOffer() })}</div>
  </div>`;
}

function rationaleField(review: Review, state: ShownReview, form: Form): TemplateResult {
  const { prediction } = state;
  const differs = isWhole(state) && form.rationale !== prediction.rationale;
  return html`
    ${textArea({
      id: 'rationale',
      label: 'Rationale',
      value: form.rationale,
      placeholder: isWriting(state) ? 'The model is still writing; you can write your own meanwhile' : 'Why this level',
      input: (value) => review.setRationale(value),
    })}
    ${differs && form.rationale.trim() !== '' ? differenceText(prediction.rationale, form.rationale) : nothing}
    ${
      differs || review.replaced !== undefined
        ? html`<div class="buttons">
            ${
              review.replaced === undefined
                ? nothing
                : button({ text: html`${icon('undo')} Put my text back`, press: () => review.putBack() })
            }
            ${differs ? button({ text: 'Use the model’s rationale', press: () => review.useModelsRationale() }) : nothing}
          </div>`
        : nothing
    }
  `;
}

export const decisionFormStyles = [
  differenceStyles,
  css`
    .decision {
      display: flex;
      flex-direction: column;
      gap: 8px;
    }
    .decision h2 {
      margin-bottom: -2px;
    }
    .levels {
      margin: 0;
    }
    .levels vscode-radio {
      margin: 2px 0;
    }
    /* The toolkit takes whatever was clicked for the radio itself. */
    .level {
      pointer-events: none;
      display: inline-flex;
      align-items: center;
      gap: 7px;
    }
    .level em {
      font-size: var(--small);
    }
    .text {
      display: block;
      width: 100%;
    }
    .text::part(control) {
      field-sizing: content;
      min-height: 4.4em;
      max-height: 24em;
      padding: 6px 8px;
      line-height: 1.5;
      border-color: var(--vscode-contrastBorder, var(--vscode-settings-textInputBorder, var(--vscode-input-border, var(--line))));
    }
    #comment::part(control) {
      min-height: 2.4em;
    }
    .text::part(control):focus {
      border-color: var(--vscode-focusBorder);
      outline: 1px solid var(--vscode-focusBorder);
      outline-offset: -1px;
    }
    .offer {
      padding: 8px 10px;
      border: 1px dashed var(--vscode-contrastBorder, color-mix(in srgb, var(--vscode-foreground) 35%, transparent));
      border-radius: 4px;
    }
    .offer .buttons,
    .offer-button vscode-button {
      margin-top: 6px;
    }
  `,
];
