import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../../../../scripts/chromium.mjs';
import { ensurePackage } from '../../../../scripts/package.mjs';
import { sampleNotes, startWorkbench } from '../../../../scripts/workbench.mjs';
import { engineProcesses } from './engine-processes.ts';
import { WorkbenchWindow } from './workbench-window.ts';

export interface WorkbenchOptions {
  /** The user's settings, besides the reviewer's name and those that keep the workbench quiet. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The workspace's files by their path; the sample notes unless given. */
  readonly files?: Readonly<Record<string, string>>;
  /** The folder of another extension to run beside this one. */
  readonly extension?: string;
  /** Options for the browser's windows. */
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly colorScheme?: 'light' | 'dark';
}

/** How long anything on screen may take, in milliseconds: a machine that does other work at the same time is slow. */
const patience = 120_000;

/** A real workbench with the packaged extension installed, in a profile and a workspace of its own, and a browser for it. */
export class RunningWorkbench {
  /** Holds all that the workbench writes. It is gone afterwards. */
  readonly folder: string;
  readonly #server: Awaited<ReturnType<typeof startWorkbench>>;
  readonly #browser: Browser;
  readonly #options: WorkbenchOptions;
  readonly #windows: WorkbenchWindow[] = [];

  private constructor(
    folder: string,
    server: Awaited<ReturnType<typeof startWorkbench>>,
    browser: Browser,
    options: WorkbenchOptions,
  ) {
    this.folder = folder;
    this.#server = server;
    this.#browser = browser;
    this.#options = options;
  }

  static async start(options: WorkbenchOptions = {}): Promise<RunningWorkbench> {
    const vsix = await ensurePackage();
    const folder = mkdtempSync(join(tmpdir(), 'reason2decide-workbench-'));
    try {
      writeWorkspace(workspaceIn(folder), options.files);
      const settings = { 'reason2decide.reviewer': 'R. Viewer', 'reason2decide.device': 'cpu', ...options.settings };
      const server = await startWorkbench({ folder, vsix, settings, extension: options.extension });
      // The server leaves with this process, which a signal alone would end without a word to it.
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
      const browser = await launchChromium().catch(async (error) => {
        await server.stop();
        throw error;
      });
      return new RunningWorkbench(folder, server, browser, options);
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** The folder that the workbench has open. */
  get workspace(): string {
    return workspaceIn(this.folder);
  }

  get logs(): string {
    return join(this.#server.userData, 'logs');
  }

  get corrections(): string {
    return join(this.workspace, '.reason2decide', 'corrections.db');
  }

  /** The folder of the models that were trained in the editor. */
  get registry(): string {
    return join(this.#server.userData, 'User', 'globalStorage', 'reason2decide.reason2decide-review', 'models');
  }

  get windows(): readonly WorkbenchWindow[] {
    return this.#windows.filter(({ page }) => !page.isClosed());
  }

  async openWindow(): Promise<WorkbenchWindow> {
    const { viewport = { width: 1280, height: 900 }, colorScheme = 'light' } = this.#options;
    const context = await this.#browser.newContext({ viewport, colorScheme, locale: 'en-GB', timezoneId: 'UTC' });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    context.setDefaultTimeout(patience);
    const page = await context.newPage();
    const window = new WorkbenchWindow(page);
    page.on('request', (request) => {
      const { protocol, hostname } = new URL(request.url());
      if (/^(https?|wss?):$/.test(protocol) && !ownHosts.test(hostname)) {
        window.complaints.push(`asked ${hostname} for ${request.resourceType()}`);
      }
    });
    this.#windows.push(window);
    await window.open(`${this.#server.url}/?folder=${encodeURIComponent(this.workspace)}`);
    return window;
  }

  engines(): number[] {
    return engineProcesses(this.#server.pid);
  }

  /** The one engine that runs. */
  engine(): number {
    const [engine, ...others] = this.engines();
    if (engine === undefined || others.length > 0) throw new Error(`${this.engines().length} engines run, not one.`);
    return engine;
  }

  /** The engine that takes the place of one that ended, as soon as it runs. */
  async engineAfter(ended: number): Promise<number> {
    for (;;) {
      const next = this.engines().find((engine) => engine !== ended);
      if (next !== undefined) return next;
      await setImmediate();
    }
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    await this.#server.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The server, the name under which it serves a webview's own files, and the workbench's own look for extensions. */
const ownHosts = /^127\.0\.0\.1$|\.vscode-resource\.vscode-cdn\.net$|^open-vsx\.org$/;

const workspaceIn = (folder: string) => join(folder, 'notes');

function writeWorkspace(folder: string, files: WorkbenchOptions['files']): void {
  mkdirSync(folder, { recursive: true });
  if (files === undefined) cpSync(sampleNotes, folder, { recursive: true });
  for (const [path, text] of Object.entries(files ?? {})) {
    const parent = dirname(join(folder, path));
    if (!existsSync(parent)) mkdirSync(parent, { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
