// Installs the packages of package-lock.json when they are missing or others than it names.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, root, runNpm } from './processes.mjs';

const lockPath = join(root, 'package-lock.json');
const stampPath = join(root, 'node_modules', '.install-stamp');

export async function ensureInstalled() {
  const lock = readFileSync(lockPath);
  const stamp = createHash('sha256').update(lock).digest('hex');
  if (existsSync(stampPath) && readFileSync(stampPath, 'utf8').trim() === stamp) return;
  if (!isInstalled(JSON.parse(lock.toString()))) await install();
  writeFileSync(stampPath, `${stamp}\n`);
}

/** Whether npm's own record of what it installed has every package of the lock: then someone ran npm by hand. */
function isInstalled(lock) {
  const recordPath = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(recordPath)) return false;
  const record = JSON.parse(readFileSync(recordPath, 'utf8')).packages;
  return Object.entries(lock.packages).every(
    ([path, entry]) => path === '' || entry.optional || record[path]?.version === entry.version,
  );
}

async function install() {
  console.error('Installing packages with npm ci, which happens once and takes about a minute…');
  // Its install script would fetch CUDA libraries from another host, and fail where there is no internet.
  const env = { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' };
  const options = ['ci', '--include=dev', '--loglevel=error'];
  const code = await runNpm(options, { cwd: root, env }).catch((error) => error.message);
  if (code !== 0) fail(`npm ci failed (${code}); see its message above, check the network, and run this again.`);
}
