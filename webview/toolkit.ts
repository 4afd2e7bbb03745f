import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeRadio,
  vsCodeRadioGroup,
  vsCodeTextArea,
} from '@vscode/webview-ui-toolkit';
import { html, nothing, type TemplateResult } from 'lit';

/**
 * The one module that knows the toolkit. It registers the elements in use and draws them; whatever replaces the toolkit
 * replaces this file.
 */
export function registerToolkit(): void {
  provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeRadio(), vsCodeRadioGroup(), vsCodeTextArea());
}

export interface Button {
  readonly text: string | TemplateResult;
  readonly press: () => void;
  readonly look?: 'primary' | 'secondary' | 'quiet';
  /** The keys that do the same, such as `Ctrl+Enter`. */
  readonly shortcut?: string | null;
  /** The first stroke of the keys where the page says it elsewhere: then it is only spoken. */
  readonly stroke?: string | null;
  /** For the pointer, where the text alone is short. */
  readonly hint?: string;
  /** Why pressing it does nothing useful now. It stays in the tab order, so that the cursor is never lost. */
  readonly unavailable?: string | undefined;
  readonly busy?: boolean;
  readonly id?: string;
}

export function button(options: Button): TemplateResult {
  const { text, press, look = 'secondary', shortcut, stroke, hint, unavailable, busy, id } = options;
  // The toolkit's button does not listen to its attributes, only to its properties.
  return html`<vscode-button
    id=${id ?? nothing}
    .appearance=${look === 'primary' ? 'primary' : 'secondary'}
    class=${`${look === 'quiet' ? 'quiet' : ''} ${unavailable === undefined ? '' : 'unavailable'}`}
    title=${unavailable ?? titleOf(hint, shortcut) ?? nothing}
    .ariaDisabled=${unavailable === undefined ? null : 'true'}
    .ariaBusy=${busy ? 'true' : null}
    @click=${press}
    >${text}${shortcut ? html` <kbd>${keyOf(shortcut, stroke)}</kbd>` : nothing}</vscode-button
  >`;
}

function titleOf(hint: string | undefined, shortcut: string | null | undefined): string | undefined {
  return hint !== undefined && shortcut ? `${hint} (${shortcut})` : hint;
}

function keyOf(shortcut: string, stroke: string | null | undefined): string | TemplateResult {
  if (!stroke || !shortcut.startsWith(`${stroke} `)) return shortcut;
  return html`<span class="for-screen-readers">${stroke} </span>${shortcut.slice(stroke.length + 1)}`;
}

export interface TextArea {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  readonly input: (value: string) => void;
}

export function textArea({ id, label, value, placeholder, input }: TextArea): TemplateResult {
  return html`<vscode-text-area
    id=${id}
    class="text"
    resize="vertical"
    rows="2"
    placeholder=${placeholder}
    .value=${value}
    @input=${(event: Event) => input((event.target as HTMLTextAreaElement).value)}
    >${label}</vscode-text-area
  >`;
}

export interface RadioGroup {
  readonly label: string;
  readonly value: string | null;
  readonly options: readonly { readonly value: string; readonly text: TemplateResult }[];
  readonly choose: (value: string) => void;
}

export function radioGroup({ label, value, options, choose }: RadioGroup): TemplateResult {
  return html`<vscode-radio-group
    class="levels"
    orientation="vertical"
    aria-label=${label}
    .value=${value ?? undefined}
    @change=${(event: Event) => choose((event.currentTarget as HTMLInputElement).value)}
    >${options.map(
      // The group takes no radio's mark away when it is told that none is chosen, so each is told by itself.
      (option) =>
        html`<vscode-radio value=${option.value} .checked=${option.value === value}>${option.text}</vscode-radio>`,
    )}</vscode-radio-group
  >`;
}
