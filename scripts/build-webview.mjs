// Bundles the sidebar's page: its script, its style sheet and the icons' font. Run by itself, it takes the folder to write.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from './processes.mjs';

/** @returns {Promise<import('esbuild').BuildResult>} when `folder` holds main.js, main.css and codicon.ttf. */
export function buildWebview(folder = join(root, 'dist', 'webview')) {
  return build({
    absWorkingDir: root,
    entryPoints: [join(root, 'webview', 'main.ts'), join(root, 'webview', 'main.css')],
    outdir: folder,
    bundle: true,
    format: 'esm',
    platform: 'browser',
    // The browser inside the oldest editor that the extension supports.
    target: 'chrome138',
    minify: true,
    loader: { '.ttf': 'copy' },
    assetNames: '[name]',
    logLevel: 'warning',
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await buildWebview(process.argv[2]).catch(() => process.exit(1));
}
