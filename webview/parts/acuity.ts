import { css, html, type TemplateResult } from 'lit';
import type { Label } from '../../src/extension/sidebar/messages.ts';
import { findLabel, type ShownReview } from '../form.ts';
import { icon } from '../icon.ts';
import { paint } from '../paint.ts';
import { capitalised, labelName, percent } from '../text.ts';
import { levelChip } from './level-chip.ts';

/** What the model found, in number, colour and word, and how probable it holds each level. */
export function acuity(state: ShownReview): TemplateResult {
  const { prediction, labels } = state;
  const predicted = findLabel(labels, prediction.labelId);
  const probabilityOf = (label: Label | undefined) =>
    prediction.probabilities.find(({ labelId }) => labelId === label?.id)?.probability ?? 0;
  return html`<section class="acuity" aria-label="Acuity">
    <div class="found">
      ${
        prediction.abstained === null
          ? html`${predicted === undefined ? '' : levelChip(predicted, 'large')}
              <div>
                <p class="word">${capitalised(predicted?.text ?? prediction.labelId)}</p>
                <p class="small dim">${percent(probabilityOf(predicted))} sure</p>
              </div>`
          : html`<b class="badge undecided">${icon('question')}</b>
              <div>
                <p class="word">Needs a clinician</p>
                <p class="small">${prediction.abstained}</p>
                <p class="small dim">
                  The model leans to ${predicted === undefined ? prediction.labelId : labelName(predicted)},
                  ${percent(probabilityOf(predicted))} sure
                </p>
              </div>`
      }
    </div>
    <ul class="bars" aria-label="Probability of each level">
      ${labels.map((label) => bar(label, probabilityOf(label), label.id === prediction.labelId))}
    </ul>
  </section>`;
}

function bar(label: Label, probability: number, predicted: boolean): TemplateResult {
  const width = { width: `${probability * 100}%`, background: label.colour };
  return html`<li class=${predicted ? 'predicted' : ''} title=${label.description}>
    ${levelChip(label)}
    <span>${label.text}</span>
    <span class="track" aria-hidden="true"><span ${paint(width)}></span></span>
    <span class="dim">${percent(probability)}</span>
  </li>`;
}

export const acuityStyles = css`
  .acuity {
    margin-top: 14px;
  }
  .found {
    display: flex;
    align-items: center;
    gap: 10px;
  }
  .badge {
    flex: none;
    display: grid;
    place-items: center;
    width: 46px;
    height: 46px;
    border-radius: 8px;
    font-size: 26px;
    font-weight: 700;
    line-height: 1;
    forced-color-adjust: none;
  }
  .badge.undecided {
    box-sizing: border-box;
    border: 2px dashed var(--dim);
    color: inherit;
  }
  .badge .icon {
    font-size: 24px;
  }
  .word {
    font-size: calc(var(--vscode-font-size, 13px) * 1.35);
    font-weight: 600;
    line-height: 1.25;
  }
  .bars {
    margin-top: 10px;
    list-style: none;
    font-size: var(--small);
  }
  .bars li {
    display: grid;
    grid-template-columns: 18px minmax(0, 7em) minmax(30px, 1fr) 4em;
    align-items: center;
    gap: 8px;
    margin: 3px 0;
  }
  .bars li > :last-child {
    text-align: right;
    white-space: nowrap;
    font-variant-numeric: tabular-nums;
  }
  .bars .predicted {
    font-weight: 600;
  }
  .bars .predicted .dim {
    color: inherit;
  }
  .track {
    overflow: hidden;
    height: 8px;
    border-radius: 4px;
    background: var(--track);
    outline: 1px solid var(--vscode-contrastBorder, transparent);
  }
  .track span {
    display: block;
    height: 100%;
    min-width: 2px;
    border-radius: 4px;
    forced-color-adjust: none;
  }
  @media (prefers-reduced-motion: no-preference) {
    .track span {
      transition: width 200ms ease-out;
    }
  }
`;
