import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommandLine } from '../command-line.ts';

/**
 * Renders a report in a process of its own.
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
    await runCommandLine(entry, ['report', ...files, '--output', output]);
    return await readFile(output, 'utf8');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
