// Bundles what a user runs into dist: the command line, and the extension with its engine and its pages. With names it bundles
// those alone. Whatever is newer than its sources stays as it is.
import { mkdirSync, readdirSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { buildWebview as bundleWebview } from './build-webview.mjs';
import { artefacts, isFresh } from './freshness.mjs';
import { fail, root } from './processes.mjs';

// The CommonJS packages inside an ES module look for a `require` of their own.
const requireForBundle = `import { createRequire as createBundleRequire } from 'node:module';
const require = createBundleRequire(import.meta.url);`;

// It loads a native library beside itself.
const runtime = 'onnxruntime-node';

const offline = { pattern: /^(node:)?(https?|http2|tls|dgram)$/, reason: 'nothing of a note may go over a network' };
const withoutModel = { pattern: /onnx|src\/t5\//, reason: 'the model must stay in the process of src/engine' };

const bundles = {
  'command line': {
    entry: 'src/cli/main.ts',
    options: { format: 'esm', external: [runtime], banner: { js: `#!/usr/bin/env node\n${requireForBundle}` } },
  },
  engine: {
    entry: 'src/engine/main.ts',
    options: { format: 'esm', external: [runtime], banner: { js: requireForBundle } },
    forbidden: [offline],
  },
  extension: {
    entry: 'src/extension/extension.ts',
    // VS Code loads the extension's main file with `require`. The less there is to read, the sooner it is active.
    options: { format: 'cjs', external: ['vscode'], minifyWhitespace: true, minifySyntax: true },
    forbidden: [offline, withoutModel],
  },
};

const known = [...Object.keys(bundles), 'webview'];
const names = process.argv.slice(2);
for (const name of names.length > 0 ? names : known) {
  if (!known.includes(name)) fail(`There is no "${name}" to build; there are: ${known.join(', ')}.`);
  if (isFresh(name)) continue;
  if (name === 'webview') await buildWebview();
  else await bundle(bundles[name], artefacts[name].output);
}

async function bundle({ entry, options, forbidden = [] }, output) {
  const started = new Date();
  const result = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: output,
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    target: 'node24',
    sourcemap: true,
    logLevel: 'warning',
    ...options,
  }).catch(() => process.exit(1));
  for (const what of forbidden) refuse(what, result.metafile, entry);
  mkdirSync(dirname(output), { recursive: true });
  // The bundle takes its name last and whole, so that a command started meanwhile never reads half of it, and it carries
  // the time at which the build began, so that a source saved during the build counts as newer.
  for (const file of result.outputFiles.sort((left, right) => right.path.length - left.path.length)) {
    const temporary = `${file.path}.${process.pid}.tmp`;
    writeFileSync(temporary, file.contents, { mode: 0o755 });
    utimesSync(temporary, started, started);
    renameSync(temporary, file.path);
  }
}

/** Ends the build when a module got into the bundle that has no place there, and says which one brought it. */
function refuse({ pattern, reason }, { inputs }, entry) {
  for (const [importer, { imports }] of Object.entries(inputs)) {
    const found = imports.find(({ path }) => pattern.test(path));
    if (found) fail(`The bundle of ${entry} would hold ${found.path}, which ${importer} imports, but ${reason}.`);
  }
}

async function buildWebview() {
  const started = new Date();
  const folder = artefacts.webview.output;
  await bundleWebview(folder).catch(() => process.exit(1));
  markBuilt(folder, started);
}

function markBuilt(path, time) {
  if (!statSync(path).isDirectory()) utimesSync(path, time, time);
  else for (const name of readdirSync(path)) markBuilt(join(path, name), time);
}
