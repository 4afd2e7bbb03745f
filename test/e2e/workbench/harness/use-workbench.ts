import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, vi } from 'vitest';
import { findChromium } from '../../../../scripts/chromium.mjs';
import { workbenchIsInstalled } from '../../../../scripts/workbench-install.mjs';
import { RunningWorkbench, type WorkbenchOptions } from './running-workbench.ts';
import type { WorkbenchWindow } from './workbench-window.ts';

const artefacts = join(import.meta.dirname, '..', '..', '..', '..', 'test-artefacts', 'workbench');

/** Whether the workbench can be driven here: `npm test` installs what it takes, and says so where it cannot. */
export const hasWorkbench = findChromium() !== undefined && process.platform === 'linux' && workbenchIsInstalled();

export interface WorkbenchUnderTest {
  /** The one workbench of the test file. */
  readonly workbench: RunningWorkbench;
  /** Its first window. */
  readonly window: WorkbenchWindow;
  /** Keeps a screenshot among the test's artefacts. */
  keep(name: string, window?: WorkbenchWindow): Promise<void>;
}

/**
 * Starts a workbench before a file's tests and stops it after them. A test that fails leaves a screenshot of each window
 * and the workbench's logs.
 */
export function useWorkbench(topic: string, options: WorkbenchOptions = {}): WorkbenchUnderTest {
  const folder = join(artefacts, topic);
  const running: { workbench?: RunningWorkbench; window?: WorkbenchWindow } = {};
  const get = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('The workbench is not running.');
    return value;
  };
  const keep = async (name: string, window = get(running.window)) => {
    mkdirSync(folder, { recursive: true });
    await window.page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
  };

  // A test here is a whole session of a reviewer.
  vi.setConfig({ testTimeout: 300_000 });

  beforeAll(async () => {
    running.workbench = await RunningWorkbench.start(options);
    running.window = await running.workbench.openWindow();
  }, 600_000);

  afterEach(async ({ task }) => {
    const { workbench } = running;
    if (workbench === undefined) return;
    if (task.result?.state === 'fail') {
      const name = `failed ${task.name}`.replaceAll(/[^\w]+/g, '-').slice(0, 100);
      for (const [number, window] of workbench.windows.entries()) await keep(`${name}-${number}`, window);
      cpSync(workbench.logs, join(folder, `${name}-logs`), { recursive: true });
    }
    for (const { complaints } of workbench.windows) expect(complaints.splice(0)).toEqual([]);
  });

  afterAll(async () => {
    await running.workbench?.stop();
  });

  return {
    get workbench() {
      return get(running.workbench);
    },
    get window() {
      return get(running.window);
    },
    keep,
  };
}
