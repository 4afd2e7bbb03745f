import { type ConsoleMessage, errors, type Locator, type Page } from 'playwright-core';
import { NotesView } from './notes-view.ts';
import { Notifications } from './notifications.ts';
import { Palette } from './palette.ts';
import { Sidebar } from './sidebar.ts';

/** One window of the editor. */
export class WorkbenchWindow {
  readonly page: Page;
  readonly palette: Palette;
  readonly sidebar: Sidebar;
  readonly notes: NotesView;
  readonly notifications: Notifications;
  /** The extension's own icon in the activity bar: when it is there, its commands are too. */
  readonly icon: Locator;
  /** Requests to other machines, and what the browser refused to the extension's page. */
  readonly complaints: string[] = [];

  constructor(page: Page) {
    this.page = page;
    this.palette = new Palette(page);
    this.sidebar = new Sidebar(page);
    this.notes = new NotesView(page);
    this.notifications = new Notifications(page);
    this.icon = page.locator('.activitybar').getByRole('tab', { name: /^Reason2Decide/ });
    page.on('console', (message) => this.#listen(message));
  }

  async open(address: string): Promise<void> {
    await this.page.goto(address);
    await this.ready();
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.ready();
  }

  async ready(): Promise<void> {
    await this.icon.waitFor();
  }

  /** Brings the extension's view into the sidebar, where it is not there already. */
  async showReview(): Promise<void> {
    for (;;) {
      if ((await this.icon.getAttribute('aria-selected')) !== 'true') await this.icon.click();
      try {
        return await this.sidebar.noteName.waitFor({ timeout: 10_000 });
      } catch (error) {
        // A window that is still restoring its sidebar takes the click for an order to hide it again.
        if (!(error instanceof errors.TimeoutError)) throw error;
      }
    }
  }

  async close(): Promise<void> {
    await this.page.close();
  }

  /** Opens a file of the workspace in the editor. */
  async openNote(name: string): Promise<void> {
    await this.palette.findFile(name);
    await this.palette.pick(name);
    await this.tab(name).waitFor();
    await this.page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
  }

  tab(name: string): Locator {
    return this.page.locator(`.tab.active[data-resource-name="${name}"]`);
  }

  /** Opens a note and triages it, as a reviewer does, and waits for the whole rationale: not the one that may stand there. */
  async triage(name: string): Promise<void> {
    await this.openNote(name);
    await this.triageOpenNote(name);
  }

  /**
   * Triages the note in the editor.
   *
   * @returns what of its rationale was drawn while it was being written.
   */
  async triageOpenNote(name: string): Promise<string[]> {
    const watched = await this.sidebar.watch();
    await this.palette.run('Reason2Decide: Triage this note');
    await watched.begun();
    await this.sidebar.triaged(name);
    return await watched.parts();
  }

  /** Types at the end of the text in the active editor. */
  async typeInEditor(text: string): Promise<void> {
    await this.page.locator('.editor-group-container.active .monaco-editor .view-lines').click();
    await this.page.keyboard.press('Control+End');
    await this.page.keyboard.type(text);
  }

  /** The line of the active editor that holds these words. */
  async findInEditor(words: string): Promise<string> {
    await this.page.locator('.editor-group-container.active .monaco-editor .view-lines').click();
    await this.page.keyboard.press('Control+KeyF');
    await this.page.locator('.find-widget.visible textarea').first().fill(words);
    const line = this.page.locator('.editor-group-container.active .view-line').filter({ hasText: words });
    return (await line.first().innerText()).replaceAll('\u00a0', ' ');
  }

  /** What the explorer shows behind the files' names, such as `2?`. */
  async explorerBadges(): Promise<string[]> {
    const contents = await this.page.evaluate<string[]>(
      `[...document.querySelectorAll('.explorer-folders-view .monaco-list-row *')]
        .map((element) => getComputedStyle(element, '::after').content)`,
    );
    return contents.filter((content) => /^".+"$/.test(content)).map((content) => content.slice(1, -1));
  }

  /** Drags the border between the sidebar and the editor until the sidebar has that width in pixels. */
  async widenSidebar(width: number): Promise<void> {
    const sidebar = await this.page.locator('.part.sidebar').boundingBox();
    if (sidebar === null) throw new Error('The sidebar is hidden.');
    const y = sidebar.y + sidebar.height / 2;
    const { mouse } = this.page;
    await mouse.move(sidebar.x + sidebar.width, y);
    await mouse.down();
    await mouse.move(sidebar.x + width, y, { steps: 5 });
    await mouse.up();
  }

  #listen(message: ConsoleMessage): void {
    const text = message.text();
    if (/Content Security Policy/.test(text) && message.location().url.includes('vscode-webview')) {
      this.complaints.push(text);
    }
  }
}
