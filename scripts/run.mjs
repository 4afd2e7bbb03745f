// The entry of every npm script. It runs on whatever Node 18 or newer the machine has, makes sure that the project's packages
// are installed, and hands over to Node 24, which is one of them.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { artefacts, isFresh } from './freshness.mjs';
import { ensureInstalled } from './install.mjs';
import { fail, root, runNode } from './processes.mjs';

const tasks = {
  build: (options) => runScript('build', options),
  check: (options) => runScript('check', options),
  test: (options) => runScript('test', options),
  'test:workbench': (options) => runScript('test', options.length > 0 ? options : ['test/e2e/workbench']),
  cli: (options) => runCommandLine(options, callersFolder()),
  start: (options) => runScript('start', options),
  package: (options) => runScript('package', options),
  screenshots: (options) => runScript('screenshots', options),
  bench: runBenchmark,
};

function runScript(name, options) {
  return runNode([join(root, 'scripts', `${name}.mjs`), ...options]);
}

async function runCommandLine(options, folder) {
  if (!isFresh('command line')) {
    const code = await runScript('build', ['command line']);
    if (code !== 0) return code;
  }
  return runNode([artefacts['command line'].output, ...options], { cwd: folder });
}

/** Where the user stood: npm itself changes to the project's folder, which would break relative paths in the arguments. */
function callersFolder() {
  const { INIT_CWD: folder, npm_lifecycle_event: script } = process.env;
  return script === 'reason2decide' && folder && existsSync(folder) ? folder : process.cwd();
}

function runBenchmark([name, ...options]) {
  const folder = join(root, 'bench');
  const files = existsSync(folder) ? readdirSync(folder) : [];
  const names = files.filter((file) => file.endsWith('.ts')).map((file) => file.slice(0, -'.ts'.length));
  if (name === undefined) {
    console.log(`Benchmarks, each run by npm run bench -- NAME: ${names.sort().join(', ') || 'none yet'}`);
    return 0;
  }
  if (!names.includes(name)) fail(`There is no benchmark ${name}; npm run bench lists them.`);
  return runNode([join(folder, `${name}.ts`), ...options]);
}

/** npm starts a script through a shell, which may die of a signal without passing it on: then it is passed on from here. */
function stopWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const shell = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 500);
  watch.unref();
}

const [task = '', ...options] = process.argv.slice(2);
if (!Object.hasOwn(tasks, task)) fail(`Unknown task "${task}"; use one of: ${Object.keys(tasks).join(', ')}.`);
stopWithNpm();
await ensureInstalled();
process.exitCode = await tasks[task](options);
