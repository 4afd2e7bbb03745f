import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { findChromium, launchChromium } from '../../../scripts/chromium.mjs';
import { sidebarHtml } from '../../../src/extension/sidebar/html.ts';
import type {
  Answer,
  FromPage,
  RequestMessage,
  RequestName,
  Requests,
  ReviewState,
  ToPage,
} from '../../../src/extension/sidebar/messages.ts';
import { type ThemeName, themes } from './themes.ts';

const origin = 'https://sidebar.test';
const root = join(import.meta.dirname, '..', '..', '..');

/** Screenshots of the last run, for people to look at. */
export const artefactsFolder = join(root, 'test-artefacts', 'sidebar');

/** The system's own browser, where it is. */
export const chromiumPath = findChromium();

/** One browser and one build of the page for all tests of a file. */
export class SidebarBrowser {
  readonly #browser: Browser;
  readonly #folder: string;

  private constructor(browser: Browser, folder: string) {
    this.#browser = browser;
    this.#folder = folder;
  }

  static async start(): Promise<SidebarBrowser> {
    const folder = await mkdtemp(join(tmpdir(), 'reason2decide-sidebar-'));
    await promisify(execFile)(process.execPath, [join(root, 'scripts', 'build-webview.mjs'), folder]);
    const browser = await launchChromium();
    return new SidebarBrowser(browser, folder);
  }

  async open(
    { theme = 'light', width = 380, height = 900, reducedMotion = true } = {} as PageOptions,
  ): Promise<SidebarPage> {
    const page = await this.#browser.newPage({
      viewport: { width, height },
      reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
      locale: 'en-GB',
      timezoneId: 'UTC',
    });
    const sidebar = new SidebarPage(page, this.#folder);
    await sidebar.load(theme);
    return sidebar;
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    await rm(this.#folder, { recursive: true });
  }
}

export interface PageOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  readonly reducedMotion?: boolean;
}

/** The page in a browser, with the test as its host. */
export class SidebarPage {
  readonly page: Page;
  /** All that the page sent, oldest first. */
  readonly sent: FromPage[] = [];
  /** What the browser refused or reported: violations of the policy, errors, requests beyond the page's own files. */
  readonly complaints: string[] = [];
  readonly #folder: string;
  #arrived: (() => void)[] = [];

  constructor(page: Page, folder: string) {
    this.page = page;
    this.#folder = folder;
  }

  async load(theme: ThemeName): Promise<void> {
    this.page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(message.text());
    });
    this.page.on('pageerror', (error) => this.complaints.push(error.message));
    await this.page.route('**/*', async (route) => {
      const { pathname, origin: from } = new URL(route.request().url());
      const type = from === origin ? contentTypes[pathname.slice(pathname.lastIndexOf('.'))] : undefined;
      if (pathname === '/') await route.fulfill({ contentType: 'text/html', body: html() });
      else if (type !== undefined) {
        await route.fulfill({ contentType: type, body: await readFile(join(this.#folder, pathname)) });
      } else {
        this.complaints.push(`asked for ${pathname}`);
        await route.abort();
      }
    });
    await this.page.exposeFunction('hostReceives', (message: FromPage) => {
      this.sent.push(message);
      for (const wake of this.#arrived.splice(0)) wake();
    });
    await this.page.addInitScript(editorScript(theme));
    await this.page.goto(`${origin}/`);
    await this.sentMessage((message) => message.type === 'ready');
  }

  /** What the editor does when its window is reloaded: the page is made anew and finds what it kept. */
  async reload(): Promise<void> {
    this.sent.length = 0;
    await this.page.reload();
    await this.sentMessage((message) => message.type === 'ready');
  }

  /** A new page that has kept nothing. */
  async restart(): Promise<void> {
    await this.page.evaluate('sessionStorage.clear()');
    await this.reload();
  }

  async show(state: ReviewState): Promise<void> {
    await this.post({ type: 'state', state });
  }

  async post(message: ToPage): Promise<void> {
    await this.page.evaluate(`window.postMessage(${JSON.stringify(message)})`);
    // Two frames: one for the page's elements, one for those inside them.
    await this.page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
  }

  /** Waits for that request and gives it. The one before it of the same name does not count. */
  async request<Name extends RequestName>(name: Name): Promise<RequestMessage<Name>> {
    const message = await this.sentMessage((sent) => sent.type === 'request' && sent.name === name);
    this.sent.splice(this.sent.indexOf(message), 1);
    return message as RequestMessage<Name>;
  }

  requests(name: RequestName): FromPage[] {
    return this.sent.filter((message) => message.type === 'request' && message.name === name);
  }

  async answer<Name extends RequestName>(
    { id, name }: { readonly id: number; readonly name: Name },
    answer: Answer<Requests[Name]['result']>,
  ): Promise<void> {
    await this.post({ type: 'reply', id, name, answer } as ToPage);
  }

  async sentMessage(isIt: (message: FromPage) => boolean): Promise<FromPage> {
    for (;;) {
      const message = this.sent.find(isIt);
      if (message !== undefined) return message;
      await new Promise<void>((resolve, reject) => {
        const late = setTimeout(() => reject(new Error('The page did not send that message within 60 s.')), 60_000);
        this.#arrived.push(() => {
          clearTimeout(late);
          resolve();
        });
      });
    }
  }

  /** What axe finds wrong with the page as it stands. */
  async violations(): Promise<string[]> {
    await this.page.evaluate(await axe);
    const found = await this.page.evaluate<Violation[]>('axe.run().then(({ violations }) => violations)');
    return found.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`)}`,
    );
  }

  async close(): Promise<void> {
    await this.page.close();
  }
}

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

const axe = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const contentTypes: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
};

const html = () =>
  sidebarHtml({
    nonce: 'n0nce',
    scriptUri: `${origin}/main.js`,
    styleUri: `${origin}/main.css`,
    cspSource: origin,
  });

/** What the editor puts into a webview: its theme, and the way to the extension. */
function editorScript(theme: ThemeName): { content: string } {
  return {
    content: `
      window.acquireVsCodeApi = () => ({
        postMessage: (message) => void window.hostReceives(message),
        getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
        setState: (state) => sessionStorage.setItem('state', JSON.stringify(state)),
      });
      const applyTheme = () => {
        const { kind, variables } = ${JSON.stringify(themes[theme])};
        for (const [name, value] of Object.entries(variables)) {
          document.documentElement.style.setProperty('--vscode-' + name, value);
        }
        document.body.className = kind;
        document.body.dataset.vscodeThemeKind = kind;
      };
      document.addEventListener('DOMContentLoaded', applyTheme);
    `,
  };
}
