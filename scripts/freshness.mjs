// Tells whether the bundled command line still matches its sources.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './processes.mjs';

export const bundlePath = join(root, 'dist', 'cli.js');

/** True when the bundle is newer than every source, and than each folder, whose time changes when a file leaves it. */
export function bundleIsFresh() {
  if (!existsSync(bundlePath)) return false;
  const built = statSync(bundlePath).mtimeMs;
  const sources = ['package-lock.json', join('scripts', 'build.mjs'), 'src'].map((path) => join(root, path));
  return sources.every((path) => isOlder(path, built));
}

function isOlder(path, time) {
  const status = statSync(path);
  if (status.mtimeMs >= time) return false;
  return !status.isDirectory() || readdirSync(path).every((name) => isOlder(join(path, name), time));
}
