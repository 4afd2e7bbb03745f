import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { UserError } from '../../common/index.ts';

/** The exit code of the command line for input that must be mended; one line on stderr says what. */
const badInput = 2;

/**
 * Renders a report in a process of its own: the measures' room loads the model's runtime, which has no place in the editor's
 * process.
 *
 * @param entry path of the command line's program.
 * @param files absolute paths of evaluations (`.json`) and training logs (`.jsonl`).
 * @returns the report as one HTML page.
 * @throws UserError when a file cannot be used.
 */
export async function renderInProcess(entry: string, files: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'reason2decide-report-'));
  try {
    const output = join(folder, 'report.html');
    const { code, error } = await run(entry, ['report', ...files, '--output', output]);
    if (code === badInput) throw new UserError(error.trim());
    if (code !== 0) throw new Error(`the report's process ended with ${code}: ${error.trim()}`);
    return await readFile(output, 'utf8');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function run(
  entry: string,
  options: readonly string[],
): Promise<{ readonly code: number | null; readonly error: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [entry, ...options], {
      // Never a workspace's folder, from which a library could be loaded.
      cwd: dirname(entry),
      env: environment(),
      stdio: ['ignore', 'ignore', 'pipe'],
      windowsHide: true,
    });
    let error = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      error += text;
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, error }));
  });
}

function environment(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _, ...rest } = process.env;
  // Inside the editor, Node is its Electron program, which would open a window.
  return process.versions.electron === undefined ? rest : { ...rest, ELECTRON_RUN_AS_NODE: '1' };
}
