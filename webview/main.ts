import type { FromPage, ToPage } from '../src/extension/sidebar/messages.ts';
import { ReviewSidebar } from './review-sidebar.ts';
import { registerToolkit } from './toolkit.ts';

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  getState(): unknown;
  setState(state: unknown): void;
};

registerToolkit();
customElements.define('review-sidebar', ReviewSidebar);

const sidebar = document.querySelector('review-sidebar');
if (sidebar instanceof ReviewSidebar) {
  const review = sidebar.connect(acquireVsCodeApi());
  window.addEventListener('message', (event: MessageEvent<ToPage>) => review.receive(event.data));
  // The page may never run again after either of these.
  window.addEventListener('pagehide', () => review.flush());
  document.addEventListener('visibilitychange', () => review.flush());
  review.start();
}
