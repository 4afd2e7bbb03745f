// Types, lint and format, and the direction of imports.
import { pathToFileURL } from 'node:url';
import { runPackage } from './processes.mjs';

// Biome colours what it writes to a file or a pipe too, unless told not to.
const plain = process.stdout.isTTY ? [] : ['--colors=off'];

const checks = {
  tsc: () => runPackage('typescript', 'tsc', ['--noEmit']),
  // The page runs in a browser, so it has other types around it.
  'tsc (webview)': () => runPackage('typescript', 'tsc', ['--noEmit', '--project', 'webview']),
  biome: () => runPackage('@biomejs/biome', 'biome', ['ci', '.', ...plain]),
  depcruise: () =>
    runPackage('dependency-cruiser', 'depcruise', ['src', 'webview', '--config', '.dependency-cruiser.mjs']),
};

/** Runs every check, even after one has failed, and gives the names of those that failed. */
export async function failedChecks() {
  const failed = [];
  for (const [name, check] of Object.entries(checks)) {
    if ((await check()) !== 0) failed.push(name);
  }
  if (failed.length > 0) console.error(`Failed: ${failed.join(', ')}`);
  return failed;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.exitCode = (await failedChecks()).length > 0 ? 1 : 0;
}
