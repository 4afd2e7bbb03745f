// Bundles the command line into dist/cli.js, unless it is newer than its sources.
import { existsSync, mkdirSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { build } from 'esbuild';
import { bundleIsFresh, bundlePath } from './freshness.mjs';
import { fail, root } from './processes.mjs';

const entry = join(root, 'src', 'cli', 'main.ts');

// The CommonJS packages inside the bundle look for a `require` of their own.
const banner = `#!/usr/bin/env node
import { createRequire as createBundleRequire } from 'node:module';
const require = createBundleRequire(import.meta.url);`;

if (!existsSync(entry)) fail(`${relative(root, entry)} is missing, so there is nothing to build.`);
if (!bundleIsFresh()) await bundle();

async function bundle() {
  const started = new Date();
  const result = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: bundlePath,
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    // It loads a native library beside itself.
    external: ['onnxruntime-node'],
    banner: { js: banner },
    sourcemap: true,
    logLevel: 'warning',
  }).catch(() => process.exit(1));
  mkdirSync(dirname(bundlePath), { recursive: true });
  // The bundle takes its name last and whole, so that a command started meanwhile never reads half of it, and it carries
  // the time at which the build began, so that a source saved during the build counts as newer.
  for (const file of result.outputFiles.sort((left, right) => right.path.length - left.path.length)) {
    const temporary = `${file.path}.${process.pid}.tmp`;
    writeFileSync(temporary, file.contents, { mode: 0o755 });
    utimesSync(temporary, started, started);
    renameSync(temporary, file.path);
  }
}
