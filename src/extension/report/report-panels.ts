import * as vscode from 'vscode';

/** The kind of panel, as `activeWebviewPanelId` names it to menus. */
export const reportPanelType = 'reason2decide.report';

/** The reports that are open. They run no script, and load nothing: their pages hold all they show. */
export class ReportPanels implements vscode.Disposable {
  readonly #pages = new Map<vscode.WebviewPanel, string>();

  show(page: string, title: string): void {
    const panel = vscode.window.createWebviewPanel(reportPanelType, title, vscode.ViewColumn.Active, {
      enableScripts: false,
      enableFindWidget: true,
      localResourceRoots: [],
    });
    this.#pages.set(panel, page);
    panel.onDidDispose(() => this.#pages.delete(panel));
    panel.webview.html = page;
  }

  /** The page of the report that the user looks at. */
  get activePage(): string | undefined {
    return [...this.#pages].find(([panel]) => panel.active)?.[1];
  }

  dispose(): void {
    for (const panel of [...this.#pages.keys()]) panel.dispose();
  }
}
