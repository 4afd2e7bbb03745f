// Installs code-server, which is VS Code's workbench served to a browser, into a folder of its own: it is a tool to start and
// test the extension with, too large for node_modules. The folder is filled once and then reused.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { projectNode, root, runNpm } from './processes.mjs';

const version = '4.139.1';

/** Where tools and profiles are kept that no commit holds; REASON2DECIDE_WORKBENCH names another folder. */
export const workbenchFolder = resolve(process.env.REASON2DECIDE_WORKBENCH || join(root, '.workbench'));

const installed = join(workbenchFolder, `code-server-${version}`);

export const workbenchIsInstalled = () => existsSync(installed);

/**
 * Installs code-server unless it is there, and gives the path of its entry script.
 *
 * @throws Error with one sentence for people.
 */
export async function ensureWorkbench() {
  if (!workbenchIsInstalled()) await install();
  return join(installed, 'node_modules', 'code-server', 'out', 'node', 'entry.js');
}

async function install() {
  console.error('Installing a VS Code workbench (code-server) with npm, which happens once and takes some minutes…');
  mkdirSync(workbenchFolder, { recursive: true });
  removeAbandonedInstallations();
  // It takes its name when it is complete, so that an interrupted installation is never taken for one.
  const folder = `${installed}.${process.pid}.tmp`;
  const server = join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  await npmInstall(folder, `code-server@${version}`);
  await npmInstall(server);
  await npmInstall(join(server, 'extensions'));
  await buildLogLibrary(folder, server);
  try {
    renameSync(folder, installed);
  } catch (error) {
    // Another process was faster, and its installation is as good.
    rmSync(folder, { recursive: true, force: true });
    if (!workbenchIsInstalled()) throw error;
  }
}

/** Installs what a folder's package.json names, or one package more. No package runs a script of its own. */
async function npmInstall(folder, ...packages) {
  const options = [
    'install',
    ...packages,
    '--omit=dev',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const code = await npm(folder, options);
  if (code === 0) return;
  throw new Error(`npm install failed (${code}); see its message above, check the network, and run this again.`);
}

/**
 * Builds the library with which the workbench writes its log files. Without it, or without a compiler, the workbench works
 * all the same, so a failure is no matter. The headers of Node come from the package that holds Node for this platform.
 */
async function buildLogLibrary(folder, server) {
  if (process.platform === 'win32') return;
  const headers = join(folder, 'node-headers');
  const nodePackage = `node-${process.platform}-${process.arch}`;
  mkdirSync(headers);
  writeFileSync(join(headers, 'package.json'), '{ "private": true }\n');
  const quiet = { stdio: 'ignore' };
  const options = ['install', `${nodePackage}@${process.versions.node}`, '--ignore-scripts', '--no-audit', '--no-fund'];
  if ((await npm(headers, options, quiet)) === 0) {
    const env = { ...npmEnvironment(), npm_config_nodedir: join(headers, 'node_modules', nodePackage) };
    await npm(server, ['rebuild', '@vscode/spdlog'], { ...quiet, env });
  }
  rmSync(headers, { recursive: true, force: true });
}

function npm(folder, options, settings = {}) {
  const stdio = ['ignore', 'ignore', 2];
  return runNpm(options, { cwd: folder, env: npmEnvironment(), stdio, ...settings }).catch((error) => error.message);
}

/** The settings that npm gives to its scripts, without those that would lead it back to this project's folder. */
function npmEnvironment() {
  const { npm_config_local_prefix: _, npm_config_prefix: __, npm_package_json: ___, ...env } = process.env;
  // npm starts package scripts and node-gyp with the `node` it finds first.
  return { ...env, NODE: projectNode() };
}

function removeAbandonedInstallations() {
  for (const name of readdirSync(workbenchFolder)) {
    const [, owner] = name.match(/\.(\d+)\.tmp$/) ?? [];
    if (!name.startsWith(basename(installed)) || owner === undefined || isRunning(Number(owner))) continue;
    rmSync(join(workbenchFolder, name), { recursive: true, force: true });
  }
}

function isRunning(process_) {
  try {
    process.kill(process_, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
