// Child processes: how this project's scripts start them, and on which Node.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const forwardedSignals = ['SIGINT', 'SIGTERM'];

/** Ends this process with one line on stderr. */
export function fail(message) {
  console.error(message);
  process.exit(1);
}

/**
 * Runs a program on this terminal and gives its exit code. A signal sent to this process reaches the program; Ctrl+C in a
 * terminal has reached it already and is not sent twice, since a program may take the second one as an order to stop at
 * once. When the program ends by such a signal, so does this process, with the shell's exit code for it.
 */
export function run(program, options, settings = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, options, { stdio: 'inherit', ...settings });
    const inTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
    let stopping = false;
    const forward = (signal) => {
      stopping = true;
      if (signal !== 'SIGINT' || !inTerminal) child.kill(signal);
    };
    const stopForwarding = () => {
      for (const signal of forwardedSignals) process.off(signal, forward);
    };
    for (const signal of forwardedSignals) process.on(signal, forward);
    child.on('error', (error) => {
      stopForwarding();
      reject(error);
    });
    child.on('close', (code, signal) => {
      stopForwarding();
      const status = code ?? 128 + (constants.signals[signal] ?? 0);
      if (signal && stopping) process.exit(status);
      resolve(status);
    });
  });
}

/** Runs a script on Node 24, without the warnings that `node:sqlite` and other young parts of Node print. */
export function runNode(options, settings = {}) {
  return run(projectNode(), ['--disable-warning=ExperimentalWarning', ...options], settings);
}

/** Runs npm, the one that started this script where there is one. What it says goes to stderr: stdout is the caller's. */
export function runNpm(options, settings = {}) {
  const npm = process.env.npm_execpath;
  const [program, arguments_, shell] = npm?.endsWith('npm-cli.js')
    ? [process.execPath, [npm, ...options], false]
    : ['npm', options, process.platform === 'win32'];
  return run(program, arguments_, { shell, stdio: ['ignore', 2, 2], ...settings });
}

/** Runs a command that an installed package declares under `bin` in its package.json, on Node 24. */
export function runPackage(name, command, options, settings = {}) {
  const folder = join(root, 'node_modules', name);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return runNode([join(folder, bin[command]), ...options], { cwd: root, ...settings });
}

/** The path of a Node 24. */
export function projectNode() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const installed = join(root, 'node_modules', 'node', 'bin', name);
  if (existsSync(installed)) return installed;
  if (Number.parseInt(process.versions.node, 10) >= 24) return process.execPath;
  return fail(
    'Node 24 is not among the installed packages; run "npm ci" with install scripts allowed, or use Node 24.',
  );
}
