import { css } from 'lit';

/** What every part of the page shares: the measures, the type, and the quiet colours, all from the editor's theme. */
export const sharedStyles = css`
  :host {
    display: block;
    container-type: inline-size;
    --dim: var(--vscode-descriptionForeground, var(--vscode-foreground));
    --line: var(--vscode-contrastBorder, var(--vscode-widget-border, var(--vscode-panel-border, #80808059)));
    --track: color-mix(in srgb, var(--vscode-foreground) 13%, transparent);
    --small: calc(var(--vscode-font-size, 13px) * 0.88);
    line-height: 1.5;
    overflow-wrap: anywhere;
  }
  main {
    box-sizing: border-box;
    max-width: 1100px;
    padding: 10px 14px 20px;
  }
  h1,
  h2,
  p,
  ol,
  ul,
  dl {
    margin: 0;
    padding: 0;
  }
  h2 {
    margin: 18px 0 6px;
    color: var(--dim);
    font-size: calc(var(--vscode-font-size, 13px) * 0.85);
    font-weight: 600;
    letter-spacing: 0.04em;
    text-transform: uppercase;
  }
  @container (min-width: 640px) {
    .columns {
      display: grid;
      grid-template-columns: minmax(0, 5fr) minmax(0, 6fr);
      column-gap: 32px;
    }
  }
  .small {
    font-size: var(--small);
  }
  .dim {
    color: var(--dim);
  }
  .icon {
    font: normal 16px/1 codicon;
    vertical-align: text-bottom;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  kbd {
    margin-left: 7px;
    font-family: var(--vscode-editor-font-family, monospace);
    font-size: calc(var(--vscode-font-size, 13px) * 0.8);
    white-space: nowrap;
  }
  vscode-button[appearance='secondary']::part(control) {
    border-color: var(--vscode-button-secondaryBorder, var(--vscode-button-border, transparent));
  }
  /* Its colour alone would not tell it from the others there. */
  :host-context([data-vscode-theme-kind^='vscode-high-contrast']) vscode-button[appearance='primary']::part(control) {
    font-weight: 700;
    box-shadow: inset 0 0 0 1px var(--vscode-contrastBorder);
  }
  vscode-button.quiet {
    color: inherit;
    background: transparent;
  }
  vscode-button.quiet:hover {
    background: var(--vscode-toolbar-hoverBackground, transparent);
    outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
  }
  vscode-button.quiet::part(control) {
    padding: 2px 4px;
    border-color: transparent;
  }
  vscode-button.unavailable {
    opacity: 0.55;
    cursor: default;
  }
  .level-chip {
    display: inline-grid;
    place-items: center;
    box-sizing: border-box;
    min-width: 18px;
    height: 18px;
    border-radius: 4px;
    font-size: var(--small);
    font-weight: 600;
    line-height: 1;
    forced-color-adjust: none;
  }
  .for-screen-readers {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
