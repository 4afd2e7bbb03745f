import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { UserError } from '../common/index.ts';

/** The exit code of the command line for input that must be mended; one line on stderr says what. */
const badInput = 2;

interface CommandLineOptions {
  /** Called with each line of the command's output as it comes. */
  readonly onLine?: (line: string) => void;
  /** Ends the process as Ctrl-C would; long work can be gone on with. */
  readonly signal?: AbortSignal;
}

/**
 * Runs a command of the command line in a process of its own: what loads the model's runtime has no place in the editor's
 * process, which also may end at any moment.
 *
 * @param entry path of the command line's program.
 * @throws UserError with the program's own sentence, when something in its input must be mended first.
 * @throws the signal's reason when aborted.
 */
export async function runCommandLine(
  entry: string,
  options: readonly string[],
  { onLine, signal }: CommandLineOptions = {},
): Promise<void> {
  signal?.throwIfAborted();
  const child = spawn(process.execPath, [entry, ...options], {
    // Never a workspace's folder, from which a library could be loaded.
    cwd: dirname(entry),
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const stop = () => child.kill('SIGTERM');
  signal?.addEventListener('abort', stop, { once: true });
  // An editor that ends must not leave a training behind that nobody sees; it goes on where it was when it is asked to.
  process.once('exit', stop);
  let error = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    error += text;
  });
  const lines = createInterface({ input: child.stdout });
  if (onLine !== undefined) lines.on('line', onLine);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    signal?.throwIfAborted();
    if (code === badInput) throw new UserError(error.trim().split('\n').at(-1) ?? '');
    if (code !== 0) throw new Error(`the process of ${options[0] ?? ''} ended with ${code}: ${error.trim()}`);
  } finally {
    signal?.removeEventListener('abort', stop);
    process.off('exit', stop);
    lines.close();
  }
}

function environment(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _, ...rest } = process.env;
  // Inside the editor, Node is its Electron program, which would open a window.
  return process.versions.electron === undefined ? rest : { ...rest, ELECTRON_RUN_AS_NODE: '1' };
}
