// Starts VS Code's workbench for a browser, quietly and with a profile of its own, with this project's extension in it.
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { projectNode, root } from './processes.mjs';
import { ensureWorkbench } from './workbench-install.mjs';

export const sampleNotes = join(root, 'samples', 'notes');

/** Settings under which the workbench opens with nothing but the notes: no welcome page, no assistants, no network. */
export const quietSettings = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  // Notes lie in the clone of this project; whether to open that as a repository is no question for who reviews them.
  'git.openRepositoryInParentFolders': 'never',
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'window.commandCenter': false,
  'workbench.enableExperiments': false,
  'workbench.layoutControl.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

const startSeconds = 60;
const stopSeconds = 3;

/**
 * Starts a server in `folder`, which holds its profile and may exist already.
 *
 * @param {object} options
 * @param {string} options.folder where the profile is kept: settings, state, logs, extensions
 * @param {string} [options.extension] a folder that holds a built extension; it is linked, not copied
 * @param {string} [options.vsix] a packaged extension to install
 * @param {Record<string, unknown>} [options.settings] the user's settings besides the quiet ones
 * @param {number} [options.port] a free one unless given
 * @param {readonly string[]} [options.options] more options for the server
 * @returns {Promise<{ url: string, pid: number, userData: string, stop: () => Promise<void> }>} when it answers
 */
export async function startWorkbench({ folder, extension, vsix, settings = {}, port, options = [] }) {
  const entry = await ensureWorkbench();
  const userData = join(folder, 'user-data');
  const extensions = join(folder, 'extensions');
  mkdirSync(extensions, { recursive: true });
  writeFileSync(join(folder, 'code-server.yaml'), '');
  writeSettings(userData, 'User', { ...quietSettings, ...settings });
  // A served workbench takes what is about the machine, such as the model's folder, from there alone.
  writeSettings(userData, 'Machine', settings);
  const profile = ['--config', join(folder, 'code-server.yaml'), '--user-data-dir', userData];
  const start = (arguments_, output) =>
    spawn(projectNode(), [entry, ...profile, '--extensions-dir', extensions, ...arguments_], {
      cwd: folder,
      // A group of its own, so that its many processes can be stopped together.
      detached: process.platform !== 'win32',
      env: serverEnvironment(folder),
      stdio: ['ignore', output, output],
    });
  if (extension) linkExtension(extension, extensions);
  const log = join(folder, 'code-server.log');
  if (vsix)
    await finished(start(['--install-extension', vsix], openSync(log, 'a')), `${vsix} cannot be installed`, log);

  const actualPort = port ?? (await freePort());
  const url = `http://127.0.0.1:${actualPort}`;
  const quiet = ['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'];
  const child = start(
    ['--bind-addr', `127.0.0.1:${actualPort}`, '--auth', 'none', ...quiet, ...options],
    openSync(log, 'a'),
  );
  const stop = () => stopServer(child);
  const stopAtExit = () => signalAll(child, 'SIGTERM');
  process.once('exit', stopAtExit);
  child.once('exit', () => process.off('exit', stopAtExit));
  try {
    await waitUntilHealthy(url, child, log);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, pid: child.pid, userData, stop };
}

/** Copies the sample notes into a folder that has none yet, so that nobody's decisions land among the project's files. */
export function copySampleNotes(folder) {
  if (existsSync(folder)) return;
  const temporary = `${folder}.${process.pid}.tmp`;
  cpSync(sampleNotes, temporary, { recursive: true });
  cpSync(temporary, folder, { recursive: true });
  rmSync(temporary, { recursive: true });
}

function writeSettings(userData, kind, settings) {
  mkdirSync(join(userData, kind), { recursive: true });
  writeFileSync(join(userData, kind, 'settings.json'), `${JSON.stringify(settings, undefined, 2)}\n`);
}

function linkExtension(extension, extensions) {
  const { publisher, name, version } = JSON.parse(readFileSync(join(extension, 'package.json'), 'utf8'));
  const link = join(extensions, `${publisher}.${name}-${version}`);
  rmSync(link, { recursive: true, force: true });
  symlinkSync(extension, link, 'junction');
  // The server's own list of what is installed; without it the folder is looked through.
  rmSync(join(extensions, 'extensions.json'), { force: true });
}

/** The server's own home, so that nothing of the user's is read or written; of npm's settings it needs none. */
function serverEnvironment(folder) {
  const kept = Object.entries(process.env).filter(([name]) => !/^(npm_|VSCODE_|XDG_|NODE_OPTIONS$)/i.test(name));
  const home = join(folder, 'home');
  mkdirSync(home, { recursive: true });
  return {
    ...Object.fromEntries(kept),
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.local', 'share'),
  };
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function waitUntilHealthy(url, child, log) {
  const deadline = Date.now() + startSeconds * 1000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) break;
    const answer = await fetch(`${url}/healthz`).catch(() => undefined);
    if (answer?.ok) return;
    await delay(100);
  }
  throw new Error(`The workbench did not start; ${log} says why.`);
}

async function finished(child, problem, log) {
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`${problem}; ${log} says why.`);
}

/** Asks the server and its processes to stop, and after some seconds no longer asks. */
async function stopServer(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const stopped = new Promise((resolve) => child.once('exit', resolve));
  signalAll(child, 'SIGTERM');
  const late = delay(stopSeconds * 1000, 'late', { ref: false });
  if ((await Promise.race([stopped, late])) === 'late') signalAll(child, 'SIGKILL');
  await stopped;
}

function signalAll(child, signal) {
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
