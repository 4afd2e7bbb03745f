import { createHash } from 'node:crypto';
import { type Content, Markup, markup } from './markup.ts';
import { style } from './style.ts';

/**
 * The document around a report. Nothing may be loaded, run or sent: its policy allows the one style sheet, by its hash, and
 * nothing else, in a browser as in a webview of the editor.
 */
export function page(title: string, body: Content): string {
  const hash = createHash('sha256').update(style).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${new Markup(style)}</style>
</head>
<body>
<div class="page">
${body}
</div>
</body>
</html>
`.text;
}
