import type { Locator, Page } from 'playwright-core';

/** The editor's messages in its lower right corner. */
export class Notifications {
  readonly toasts: Locator;

  constructor(page: Page) {
    this.toasts = page.locator('.notifications-toasts .notification-toast');
  }

  toast(text: string | RegExp): Locator {
    return this.toasts.filter({ hasText: text });
  }

  async press(text: string | RegExp, button: string): Promise<void> {
    await this.toast(text).getByRole('button', { name: button }).click();
  }

  async texts(): Promise<string[]> {
    return await this.toasts.locator('.notification-list-item-message').allInnerTexts();
  }
}
