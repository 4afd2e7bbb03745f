import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { endlessModel, entry, isRunning, until } from './engine.ts';

/** Starts a process that has an engine, and gives the number of the engine's process. */
async function startParent(
  task: 'idle' | 'stream',
): Promise<{ readonly parent: ChildProcess; readonly engine: number }> {
  const parent = spawn(process.execPath, [join(import.meta.dirname, 'parent.ts'), entry, endlessModel(), task], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void parent.kill('SIGKILL'));
  const [line] = await once(parent.stdout, 'data');
  const engine = Number(String(line).trim());
  expect(isRunning(engine)).toBe(true);
  return { parent, engine };
}

test.each(['idle', 'stream'] as const)('the engine leaves when its parent is killed: %s', async (task) => {
  const { parent, engine } = await startParent(task);
  parent.kill('SIGKILL');
  await until('the engine left', () => !isRunning(engine), 5000);
});

test('the engine’s program by itself says what it is, and leaves', () => {
  const { status, stderr } = spawnSync(process.execPath, [entry], { encoding: 'utf8' });
  expect(status).toBe(2);
  expect(stderr).toMatch(/^This is the process of the model[^\n]*\n$/);
});
