import { html, type TemplateResult } from 'lit';

/** Code points of the codicons in use. */
const glyphs = {
  check: '\uEAB2',
  chevronLeft: '\uEAB5',
  chevronRight: '\uEAB6',
  close: '\uEA76',
  edit: '\uEA73',
  error: '\uEA87',
  flag: '\uEC3F',
  history: '\uEA82',
  info: '\uEA74',
  note: '\uEB26',
  question: '\uEB32',
  restart: '\uEAD2',
  undo: '\uEAE2',
  warning: '\uEA6C',
} as const;

export type IconName = keyof typeof glyphs;

/** A picture beside words that say the same, so it is hidden from screen readers. */
export function icon(name: IconName): TemplateResult {
  return html`<i class="icon" aria-hidden="true">${glyphs[name]}</i>`;
}
