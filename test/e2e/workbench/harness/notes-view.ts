import type { Locator, Page } from 'playwright-core';

/** The tree of the workspace's notes. */
export class NotesView {
  readonly rows: Locator;

  constructor(page: Page) {
    this.rows = page
      .locator('.pane', { has: page.getByRole('button', { name: /^Notes\b.* Section$/ }) })
      .locator('.monaco-list-row');
  }

  row(name: string): Locator {
    return this.rows.filter({ hasText: name });
  }

  /** The notes' names from top to bottom, as far as they are on screen. */
  async names(): Promise<string[]> {
    return await this.#texts('.label-name');
  }

  /** What stands behind each name, such as `2 emergent · 82 % sure · predicted, not reviewed`. */
  async descriptions(): Promise<string[]> {
    return await this.#texts('.label-description');
  }

  async #texts(selector: string): Promise<string[]> {
    const rows = await this.rows.evaluateAll(
      (elements, part) =>
        elements.map((element) => ({
          index: Number(element.getAttribute('data-index')),
          text: element.querySelector(part)?.textContent ?? '',
        })),
      selector,
    );
    return rows.toSorted((left, right) => left.index - right.index).map(({ text }) => text);
  }
}
