/** What the sidebar's page is made of. The URIs are the webview's own, or the harness's. */
export interface SidebarPage {
  /** From a cryptographic source, new for every page. */
  readonly nonce: string;
  readonly scriptUri: string;
  readonly styleUri: string;
  /** Where the webview may load files from (`webview.cspSource`). */
  readonly cspSource: string;
}

/**
 * The page around the sidebar's element. Nothing may be loaded or run but its one script and its one style sheet, and
 * nothing may be sent anywhere. The toolkit reads the second `meta` to put the nonce on the style that it adds itself.
 */
export function sidebarHtml({ nonce, scriptUri, styleUri, cspSource }: SidebarPage): string {
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `font-src ${cspSource}`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${escapeAttribute(policy)}">
    <meta property="csp-nonce" content="${escapeAttribute(nonce)}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Review</title>
    <link rel="stylesheet" nonce="${escapeAttribute(nonce)}" href="${escapeAttribute(styleUri)}">
  </head>
  <body>
    <review-sidebar></review-sidebar>
    <script type="module" nonce="${escapeAttribute(nonce)}" src="${escapeAttribute(scriptUri)}"></script>
  </body>
</html>
`;
}

function escapeAttribute(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
