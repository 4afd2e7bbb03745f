import type { Locator, Page } from 'playwright-core';

/** The editor's messages in its lower right corner. */
export class Notifications {
  readonly toasts: Locator;
  readonly #messages: Locator;

  constructor(page: Page) {
    this.toasts = page.locator('.notifications-toasts .notification-toast');
    this.#messages = page.locator('.notifications-center.visible .notification-list-item-message');
  }

  /** A message in the list of all; of several in one moment the editor does not show every one by itself. */
  message(text: string | RegExp): Locator {
    return this.#messages.filter({ hasText: text });
  }

  toast(text: string | RegExp): Locator {
    return this.toasts.filter({ hasText: text });
  }
}
