import { darkPalette, declarationsOf, lightPalette, seriesColours } from './palette.ts';

const light = `color-scheme: light; ${declarationsOf(lightPalette)}`;
const dark = `color-scheme: dark; ${declarationsOf(darkPalette)}`;

/** In the editor the page takes the theme's own background, text and lines; the colours that mean something stay. */
const editorTheme = `
  --paper: var(--vscode-editor-background);
  --panel: color-mix(in srgb, var(--vscode-editor-foreground) 5%, var(--vscode-editor-background));
  --ink: var(--vscode-editor-foreground);
  --dim: color-mix(in srgb, var(--vscode-editor-foreground) 78%, var(--vscode-editor-background));
  --line: var(--vscode-contrastBorder, color-mix(in srgb, var(--vscode-editor-foreground) 22%, transparent));
  --grid: color-mix(in srgb, var(--vscode-editor-foreground) 12%, transparent);`;

const series = Array.from(
  { length: seriesColours },
  (_, index) => `.series-${index} { --series: var(--series-${index}); }`,
).join('\n');

/** The whole style of a report: on screen in light and dark, in the editor's themes, narrow, and on paper. */
export const style = `
:root { ${light} }
@media screen and (prefers-color-scheme: dark) { :root { ${dark} } }
@media screen {
  body.vscode-light, body.vscode-high-contrast-light { ${light} ${editorTheme} }
  body.vscode-dark, body.vscode-high-contrast:not(.vscode-high-contrast-light) { ${dark} ${editorTheme} }
}
${series}
* { box-sizing: border-box; }
body {
  margin: 0; padding: 0;
  background: var(--paper); color: var(--ink);
  font: 15px/1.55 system-ui, -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif;
  overflow-wrap: break-word;
}
.page { max-width: 1120px; margin: 0 auto; padding: 32px 28px 56px; }
h1, h2, h3, p, ul, ol, dl, dd, figure, table { margin: 0; padding: 0; }
h1 { font-size: 28px; line-height: 1.2; letter-spacing: -0.01em; }
h2 { font-size: 20px; line-height: 1.3; margin-bottom: 6px; }
h3 { font-size: 15px; line-height: 1.4; }
a { color: var(--exact); text-underline-offset: 2px; }
:focus-visible { outline: 2px solid var(--exact); outline-offset: 2px; }
section { margin-top: 44px; scroll-margin-top: 12px; }
.lead { max-width: 76ch; color: var(--dim); margin-bottom: 16px; }
.small, .note { font-size: 13px; color: var(--dim); }
.contents { margin-top: 18px; font-size: 14px; }
.contents ul { display: flex; flex-wrap: wrap; gap: 2px 18px; list-style: none; }
.plain { list-style: none; }
.subjects { display: grid; gap: 14px; margin-top: 20px;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 330px), 1fr)); }
.card { border: 1px solid var(--line); border-radius: 8px; background: var(--panel); padding: 16px 18px; min-width: 0; }
.card > p + p, .card > ul { margin-top: 6px; }
.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 3px 14px; margin-top: 8px; font-size: 14px; }
.facts dt { color: var(--dim); }
code { font: 12px/1.5 ui-monospace, "SFMono-Regular", Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
.key { display: inline-block; min-width: 22px; padding: 0 6px; margin-right: 6px; border: 2px solid var(--series);
  border-radius: 5px; font-size: 13px; font-weight: 700; line-height: 19px; text-align: center; }
.grid { display: grid; gap: 18px; grid-template-columns: repeat(auto-fill, minmax(min(100%, 400px), 1fr)); align-items: start; }
.stack > * + * { margin-top: 14px; }
svg { display: block; width: 100%; height: auto; margin-top: 8px; forced-color-adjust: none; print-color-adjust: exact; }
svg text { font: 11.5px system-ui, -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; fill: var(--ink); }
svg .dim { fill: var(--dim); }
svg .strong { font-weight: 700; }
svg .small { font-size: 10px; }
svg .end { text-anchor: end; }
svg .middle { text-anchor: middle; }
svg .grid-line { stroke: var(--grid); stroke-width: 1; }
svg .axis-line { stroke: var(--dim); stroke-width: 1; }
svg .guide { stroke: var(--dim); stroke-width: 1.2; stroke-dasharray: 4 4; fill: none; }
svg .line { fill: none; stroke: var(--series); stroke-width: 2; stroke-linejoin: round; }
svg .line.second { stroke-dasharray: 6 4; }
svg .dot, svg .bar { fill: var(--series); }
svg .dot.open { fill: var(--panel); stroke: var(--series); stroke-width: 1.8; }
svg .whisker { stroke: var(--series); stroke-width: 1.6; fill: none; }
svg .bar { fill-opacity: 0.55; }
svg .cell { stroke: var(--panel); stroke-width: 2; }
.under { --meaning: var(--under); } .over { --meaning: var(--over); } .exact { --meaning: var(--exact); }
svg .under, svg .over, svg .exact { fill: var(--meaning); }
svg .empty { fill: var(--grid); fill-opacity: 0.6; }
svg .frame { fill: none; stroke: var(--ink); stroke-width: 1.4; }
svg.strip { height: 22px; border-radius: 4px; margin: 12px 0 8px; }
svg.strip rect { stroke: var(--panel); stroke-width: 1; vector-effect: non-scaling-stroke; }
svg.swatch { display: inline-block; width: 26px; height: 12px; margin: 0 6px 0 0; vertical-align: -1px; }
svg.mark { display: inline-block; width: 12px; height: 12px; margin: 0 6px 0 0; vertical-align: -1px; }
figcaption { font-size: 13px; line-height: 1.5; color: var(--dim); margin-top: 8px; }
.legend { display: flex; flex-wrap: wrap; gap: 2px 16px; list-style: none; font-size: 13px; margin-top: 6px; }
details { margin-top: 10px; font-size: 13px; }
summary { cursor: pointer; color: var(--dim); }
.scroll { overflow-x: auto; margin-top: 8px; }
table { border-collapse: collapse; width: 100%; font-size: 14px; font-variant-numeric: tabular-nums; }
details table { font-size: 13px; }
caption { text-align: left; color: var(--dim); font-size: 13px; padding-bottom: 6px; }
th, td { padding: 6px 12px 6px 0; text-align: right; vertical-align: top; border-bottom: 1px solid var(--line); }
th:last-child, td:last-child { padding-right: 2px; }
th:first-child { text-align: left; }
th { font-weight: 600; }
thead th { color: var(--dim); font-size: 13px; vertical-align: bottom; }
tbody th { min-width: 170px; max-width: 62ch; }
.one table { max-width: 860px; }
.run + .run { margin-top: 30px; }
.run > .small { margin-bottom: 10px; }
details tbody th { min-width: 0; font-weight: 400; white-space: nowrap; }
.rows-title th { padding-top: 18px; font-size: 13px; text-transform: uppercase; letter-spacing: 0.04em; color: var(--dim); }
.meaning { display: block; font-weight: 400; font-size: 13px; line-height: 1.45; color: var(--dim); }
.value { font-weight: 600; white-space: nowrap; }
.range { display: block; font-size: 12.5px; color: var(--dim); white-space: nowrap; }
.unmeasured { color: var(--dim); font-size: 13px; max-width: 34ch; }
td { white-space: nowrap; }
td.unmeasured { white-space: normal; }
.figures { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 12px; margin-top: 8px; }
.figures dt { font-size: 13px; color: var(--dim); }
.figures dd { font-size: 26px; font-weight: 700; line-height: 1.25; letter-spacing: -0.01em; color: var(--meaning); }
.figures dd .range, .figures dd.unmeasured { letter-spacing: 0; font-weight: 400; }
.figures dd.unmeasured { font-size: 13px; color: var(--dim); }
.better { color: var(--good); font-weight: 600; } .worse { color: var(--under); font-weight: 600; }
.care li { padding-left: 24px; position: relative; }
.care li + li { margin-top: 6px; }
.care li::before { content: "!"; position: absolute; left: 0; top: 3px; width: 16px; height: 16px; border-radius: 50%;
  border: 1.5px solid var(--over); color: var(--over); font: 700 11px/13px system-ui, sans-serif; text-align: center; }
.care li.harm::before { border-color: var(--under); color: var(--under); }
.verdict { border-left: 5px solid var(--meaning); }
.verdict h2 { color: var(--meaning); }
.verdict.yes { --meaning: var(--good); } .verdict.no { --meaning: var(--under); }
.verdict ul { padding-left: 20px; }
footer { margin-top: 48px; padding-top: 14px; border-top: 1px solid var(--line); font-size: 13px; color: var(--dim); }
@media (max-width: 560px) {
  .page { padding: 20px 16px 40px; }
  h1 { font-size: 23px; }
  section { margin-top: 34px; }
  .card { padding: 13px 13px; }
  .figures dd { font-size: 20px; }
  tbody th { min-width: 110px; }
  th, td { padding-right: 8px; }
  .many tbody th { position: sticky; left: 0; background: var(--paper); }
  td.unmeasured { min-width: 120px; }
  svg text { font-size: 12.5px; }
  svg .small { font-size: 11px; }
}
@page { margin: 12mm; }
@media print {
  body { font-size: 10pt; line-height: 1.4; }
  .page { max-width: none; padding: 0; }
  .contents, details:not([open]) { display: none; }
  summary { display: none; }
  section { margin-top: 18px; }
  .card { background: none; padding: 10px 12px; }
  .grid, .subjects { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 12px; }
  .card, figure, tr, .verdict { break-inside: avoid; }
  h1, h2, h3, .lead, .rows-title { break-after: avoid; }
  .lead, .care li { break-inside: avoid; }
  figcaption, .legend, .lead, .small, caption { font-size: 8.5pt; }
  h2 { font-size: 14pt; } h3 { font-size: 10pt; }
  table, .facts { font-size: 9pt; } td { white-space: normal; } .grid table { font-size: 7.5pt; } .grid th, .grid td { padding: 3px 6px 3px 0; }
  .grid thead th, .grid .range, td.unmeasured { font-size: inherit; }
  tbody th { min-width: 0; } .meaning, .range { font-size: 8.5pt; }
  .scroll { overflow: visible; }
  footer { margin-top: 14px; padding-top: 8px; font-size: 8.5pt; break-before: avoid; }
  a { color: inherit; text-decoration: none; }
}
`;
