import { extname } from 'node:path';
import { errors, type Locator, type Page } from 'playwright-core';

/** The box in which the editor asks: the command palette, a list to pick from, a line to type. */
export class Palette {
  readonly #page: Page;
  readonly box: Locator;
  readonly input: Locator;
  readonly rows: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.box = page.locator('.quick-input-widget:visible');
    this.input = this.box.locator('.quick-input-box input');
    this.rows = this.box.locator('.quick-input-list .monaco-list-row');
  }

  /** Runs a command by its title, such as `Reason2Decide: Accept`. */
  async run(title: string): Promise<void> {
    await this.find(title);
    // What stands first may be another command whose title holds the same words.
    await this.pick(title);
  }

  /**
   * Opens the palette with the command selected, so that Enter runs it. What a palette offers does not grow while it is open, and a window
   * that was reloaded has it before the extensions' commands are there; so it is opened until it has the command.
   */
  async find(title: string): Promise<void> {
    for (;;) {
      await this.#open('F1');
      await this.input.fill(`>${title}`);
      try {
        return await this.row(title).first().waitFor({ timeout: 5_000 });
      } catch (error) {
        if (!(error instanceof errors.TimeoutError)) throw error;
        await this.#page.keyboard.press('Escape');
      }
    }
  }

  /** Lists the files with this name. */
  async findFile(name: string): Promise<void> {
    await this.#open('Control+KeyP');
    await this.input.fill(name);
  }

  /** The titles that the palette offers for what was typed. */
  async offered(typed: string): Promise<string[]> {
    await this.#open('F1');
    await this.input.fill(`>${typed}`);
    await this.rows.first().waitFor();
    const labels = await this.rows.evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label') ?? ''));
    await this.#page.keyboard.press('Escape');
    return labels;
  }

  row(text: string): Locator {
    return this.rows.filter({ hasText: text });
  }

  /** Picks a row of the list that is open. */
  async pick(text: string): Promise<void> {
    await this.row(text).first().click();
  }

  /** Says where to save, once the editor has made its own proposal. */
  async saveAs(path: string): Promise<void> {
    const proposal = new RegExp(`^/.*${extname(path)}$`);
    await this.input.waitFor();
    while (!proposal.test(await this.input.inputValue())) await this.#page.waitForTimeout(50);
    await this.input.fill(path);
    // The editor's own dialog calls it by either name.
    await this.box.getByRole('button', { name: /^(Export|OK)$/ }).click();
    await this.box.waitFor({ state: 'hidden' });
  }

  /** Picks a file of the folder that the editor's dialog shows. What is typed there would be lost while it is still listing. */
  async chooseFile(name: string): Promise<void> {
    await this.pick(name);
    await this.box.waitFor({ state: 'hidden' });
  }

  /**
   * A webview that is being loaded has the focus and does not pass the key on yet, so it is pressed until it helps; and a box that is
   * just closing would take the key and go all the same.
   */
  async #open(key: 'F1' | 'Control+KeyP'): Promise<void> {
    await this.box.waitFor({ state: 'hidden' });
    for (;;) {
      await this.#page.keyboard.press(key);
      try {
        return await this.input.waitFor({ timeout: 2_000 });
      } catch (error) {
        if (!(error instanceof errors.TimeoutError)) throw error;
      }
    }
  }
}
