import type { FrameLocator, Locator, Page } from 'playwright-core';

export interface WatchedTriage {
  /** Waits until the page has shown that the model is at work. */
  begun(): Promise<void>;
  /** Every text of the rationale that was drawn while it was being written, in that order. */
  parts(): Promise<string[]>;
  /** Every notice that stood there. */
  notices(): Promise<string[]>;
  /** When the first words of the rationale were drawn, in milliseconds since 1970. */
  firstWords(): Promise<number>;
}

/** The review in the sidebar, as the reviewer finds it: by what the page says, not by how it is made. */
export class Sidebar {
  readonly frame: FrameLocator;
  readonly noteName: Locator;
  readonly state: Locator;
  readonly queue: Locator;
  /** The acuity in a word, such as `Emergent`. */
  readonly acuity: Locator;
  readonly bars: Locator;
  readonly modelsRationale: Locator;
  readonly rationale: Locator;
  readonly comment: Locator;
  readonly difference: Locator;
  readonly earlierDecisions: Locator;
  readonly question: Locator;
  /** What a screen reader is told. */
  readonly announcement: Locator;

  constructor(page: Page) {
    this.frame = page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
    this.noteName = this.frame.locator('h1');
    this.state = this.frame.locator('.state');
    this.queue = this.frame.getByRole('navigation', { name: 'Queue' });
    this.acuity = this.frame.locator('.acuity .word');
    this.bars = this.frame.locator('.bars li');
    this.modelsRationale = this.frame.locator('.why .rationale');
    this.rationale = this.frame.getByRole('textbox', { name: 'Rationale' });
    this.comment = this.frame.getByRole('textbox', { name: 'Comment' });
    this.difference = this.frame.locator('.difference');
    this.earlierDecisions = this.frame.locator('.history li');
    this.question = this.frame.getByRole('alertdialog');
    this.announcement = this.frame.getByRole('status');
  }

  button(name: string | RegExp): Locator {
    return this.frame.getByRole('button', { name });
  }

  notice(text: string | RegExp): Locator {
    return this.frame.locator('.notice').filter({ hasText: text });
  }

  /** The choice of a level by its text, such as `urgent`. */
  level(text: string): Locator {
    return this.frame.getByRole('radio', { name: new RegExp(`^\\d? ?${text}`) });
  }

  /** Waits until the note's rationale stands there whole. */
  async triaged(name: string): Promise<void> {
    await this.noteName.filter({ hasText: name }).waitFor();
    await this.frame.locator('.why .rationale[aria-busy="false"]').waitFor();
  }

  /** Watches the page while a note is triaged, for what stands there only for a moment. To be called before it begins. */
  async watch(): Promise<WatchedTriage> {
    const watched = this.frame.locator('review-sidebar');
    // A page that is not there yet comes when the work has begun, and with no earlier result on it.
    if ((await watched.count()) === 0) {
      return {
        begun: async () => undefined,
        parts: async () => [],
        notices: async () => [],
        firstWords: async () => {
          await this.modelsRationale.filter({ hasText: /\S/ }).waitFor();
          return Date.now();
        },
      };
    }
    await watched.evaluate(watchPage);
    return {
      begun: async () => await this.frame.locator('review-sidebar[data-begun]').waitFor({ state: 'attached' }),
      parts: async () => await watched.evaluate((sidebar: { parts?: string[] }) => sidebar.parts ?? []),
      notices: async () => await watched.evaluate((sidebar: { notices?: string[] }) => sidebar.notices ?? []),
      firstWords: async () => {
        await this.frame.locator('review-sidebar[data-first-words]').waitFor({ state: 'attached' });
        return Number(await watched.getAttribute('data-first-words'));
      },
    };
  }

  /** The model's rationale as far as it is written; empty when there is none yet, or when it is whole. */
  async streamedSoFar(): Promise<string> {
    const [text = ''] = await this.frame.locator('.why .rationale[aria-busy="true"]').allInnerTexts();
    return text.trim();
  }

  /** Whether the note of that name is on screen. */
  async shows(name: string): Promise<boolean> {
    const [shown = ''] = await this.noteName.allInnerTexts();
    return shown.includes(name);
  }

  /** The model's rationale as far as it is written, or all of it. */
  async rationaleSoFar(): Promise<string> {
    const [text = ''] = await this.modelsRationale.allInnerTexts();
    return text.trim();
  }

  /** Waits until the note is in that state of its review. */
  async inState(state: string): Promise<void> {
    await this.frame.locator(`.state[data-state="${state}"]`).waitFor();
  }
}

/** Runs in the page. It is text because the types of the tests are Node's. */
const watchPage = new Function(
  'sidebar',
  `sidebar.parts = [];
  sidebar.notices = [];
  delete sidebar.dataset.begun;
  delete sidebar.dataset.firstWords;
  sidebar.watcher?.disconnect();
  sidebar.watcher = new MutationObserver(() => {
    const written = sidebar.shadowRoot.querySelector('.why .rationale[aria-busy="true"]');
    if (written !== null || sidebar.shadowRoot.querySelector('.busy') !== null) sidebar.dataset.begun = '';
    const text = written?.innerText.trim();
    if (text) sidebar.dataset.firstWords ??= Date.now();
    if (text && text !== sidebar.parts.at(-1)) sidebar.parts.push(text);
    for (const notice of sidebar.shadowRoot.querySelectorAll('.notice')) sidebar.notices.push(notice.innerText);
  });
  sidebar.watcher.observe(sidebar.shadowRoot, { subtree: true, childList: true, characterData: true, attributes: true });`,
) as (sidebar: unknown) => void;
