// Makes the VSIX for this platform: the bundles, the model, and the one native library that runs here.
import { mkdtempSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { artefacts, isFresh, platform } from './freshness.mjs';
import { fail, root, runNode, runPackage } from './processes.mjs';
import { thirdPartyNotices } from './third-party-notices.mjs';

/** Builds and packages what is older than its sources, and gives the path of the VSIX. */
export async function ensurePackage() {
  if ((await runNode([join(root, 'scripts', 'build.mjs')])) !== 0)
    fail('The extension cannot be built; mend that first.');
  const { output } = artefacts.package;
  if (!isFresh('package')) await makePackage(output);
  return output;
}

async function makePackage(output) {
  const started = new Date();
  writeFileSync(join(root, 'dist', 'third-party-notices.txt'), thirdPartyNotices());
  const folder = mkdtempSync(join(root, 'dist', 'package-'));
  const ignoreFile = join(folder, 'vscodeignore');
  const library = `!node_modules/onnxruntime-node/bin/napi-v6/${process.platform}/${process.arch}/**`;
  writeFileSync(ignoreFile, `${readFileSync(join(root, '.vscodeignore'), 'utf8')}${library}\n`);
  try {
    const packagePath = join(folder, 'extension.vsix');
    const options = ['--target', platform, '--out', packagePath, '--ignoreFile', ignoreFile];
    const paths = ['--allow-missing-repository', '--no-rewrite-relative-links'];
    // What it lists on stdout is the same every time; what is wrong it says on stderr.
    const stdio = ['ignore', 'ignore', 2];
    const code = await runPackage('@vscode/vsce', 'vsce', ['package', ...options, ...paths], { stdio });
    if (code !== 0) fail('The package cannot be made; see the message above.');
    utimesSync(packagePath, started, started);
    renameSync(packagePath, output);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const path = await ensurePackage();
  console.log(`${relative(root, path)}: ${(statSync(path).size / 1e6).toFixed(1)} MB`);
}
