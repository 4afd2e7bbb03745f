// Tells whether what the build writes still matches its sources.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './processes.mjs';

const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** The platform as VS Code's marketplace names it, such as linux-x64. */
export const platform = `${process.platform}-${process.arch}`;

const always = ['package-lock.json', join('scripts', 'build.mjs')];

/** What is built (a file, or a folder of files) and the files and folders it is made from. */
export const artefacts = {
  'command line': { output: join(root, 'dist', 'cli.js'), sources: [...always, 'src'] },
  engine: { output: join(root, 'dist', 'engine.js'), sources: [...always, 'src'] },
  extension: { output: join(root, 'dist', 'extension.cjs'), sources: [...always, 'src'] },
  webview: {
    output: join(root, 'dist', 'webview'),
    sources: [...always, join('scripts', 'build-webview.mjs'), 'src', 'webview'],
  },
  package: {
    output: join(root, 'dist', `${name}-${platform}-${version}.vsix`),
    sources: [
      ...[
        'package.json',
        '.vscodeignore',
        'README.md',
        'CHANGELOG.md',
        'LICENSE',
        'media',
        join('models', 'triage-small'),
      ],
      ...['extension.cjs', 'engine.js', 'cli.js', 'webview'].map((output) => join('dist', output)),
      ...['package.mjs', 'third-party-notices.mjs'].map((script) => join('scripts', script)),
    ],
  },
};

/** True when the output is newer than every source, and than each folder, whose time changes when a file leaves it. */
export function isFresh(artefact) {
  const { output, sources } = artefacts[artefact];
  const built = timesBuilt(output);
  return built.length > 0 && sources.every((path) => isOlder(join(root, path), Math.min(...built)));
}

function timesBuilt(output) {
  if (!existsSync(output)) return [];
  const status = statSync(output);
  if (!status.isDirectory()) return [status.mtimeMs];
  return readdirSync(output).flatMap((name) => timesBuilt(join(output, name)));
}

function isOlder(path, time) {
  const status = statSync(path);
  if (status.mtimeMs >= time) return false;
  return !status.isDirectory() || readdirSync(path).every((name) => isOlder(join(path, name), time));
}
