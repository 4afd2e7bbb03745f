import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { sidebarHtml } from './html.ts';
import type { FromPage, ToPage } from './messages.ts';

export const reviewViewId = 'reason2decide.review';

/** A page that has not said that it is ready by then will not. */
const readySeconds = 15;

/** The sidebar's page: it comes and goes with the view, and holds nothing that the extension does not know. */
export class ReviewView implements vscode.WebviewViewProvider {
  readonly #pages: vscode.Uri;
  readonly #receive: (message: FromPage) => void;
  #view: vscode.WebviewView | undefined;
  #ready = Promise.withResolvers<void>();

  /** @param receive hears what the page says. */
  constructor(extension: vscode.Uri, receive: (message: FromPage) => void) {
    this.#pages = vscode.Uri.joinPath(extension, 'dist', 'webview');
    this.#receive = receive;
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.#view = view;
    const { webview } = view;
    webview.options = { enableScripts: true, localResourceRoots: [this.#pages] };
    webview.onDidReceiveMessage((message: FromPage) => {
      if (message.type === 'ready') this.#ready.resolve();
      this.#receive(message);
    });
    view.onDidChangeVisibility(() => {
      if (!view.visible) this.#forgetPage();
    });
    view.onDidDispose(() => {
      if (this.#view === view) this.#view = undefined;
      this.#forgetPage();
    });
    webview.html = sidebarHtml({
      nonce: randomBytes(24).toString('base64url'),
      scriptUri: webview.asWebviewUri(vscode.Uri.joinPath(this.#pages, 'main.js')).toString(),
      styleUri: webview.asWebviewUri(vscode.Uri.joinPath(this.#pages, 'main.css')).toString(),
      cspSource: webview.cspSource,
    });
  }

  /** Says something to the page, if there is one: it is sent the whole state when it comes. */
  post(message: ToPage): void {
    void this.#view?.webview.postMessage(message);
  }

  /**
   * Shows the view, and waits for its page where it has to be made anew.
   *
   * @returns whether the page is there.
   */
  async reveal({ preserveFocus }: { readonly preserveFocus: boolean }): Promise<boolean> {
    if (this.#view === undefined) await vscode.commands.executeCommand(`${reviewViewId}.open`, { preserveFocus });
    else this.#view.show(preserveFocus);
    const late = delay(readySeconds * 1000, false, { ref: false });
    return await Promise.race([this.#ready.promise.then(() => true), late]);
  }

  #forgetPage(): void {
    this.#ready = Promise.withResolvers<void>();
  }
}
