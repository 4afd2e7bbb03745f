import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { registerCommands } from './commands/register.ts';
import { createLog, describeForLog } from './log.ts';
import { registerNotesView } from './notes/notes-view.ts';
import type { Parts } from './parts.ts';
import { registerReport } from './report/register-report.ts';
import { registerRetraining } from './retraining/register-retraining.ts';
import { ReviewView, reviewViewId } from './sidebar/review-view.ts';

/** Registers what the extension contributes; what it does is loaded when it is first asked for. */
export function activate(context: vscode.ExtensionContext): void {
  const started = performance.now();
  const log = createLog();
  const failed = (error: unknown) => log.error(describeForLog(error));
  let parts: Promise<Parts> | undefined;
  const load = () => {
    parts ??= import('./parts.ts').then(({ createParts }) => createParts(context, log, view));
    return parts;
  };
  const view = new ReviewView(context.extensionUri, (message) => {
    load().then(({ desk }) => desk.receive(message), failed);
  });
  context.subscriptions.push(
    log,
    registerCommands(load, log),
    registerReport(context, log),
    registerRetraining(context, load, log),
    vscode.window.registerWebviewViewProvider(reviewViewId, view),
    registerNotesView(
      async () => (await load()).notes,
      (error) => void showFailure(error, log),
    ),
  );
  void vscode.commands.executeCommand('setContext', 'reason2decide.active', true);
  // Notes that were reviewed before have their badges in the explorer, whatever is open.
  if (hasDecisions()) setImmediate(() => load().then(({ notes }) => notes.start(), failed));
  log.info(`activated in ${(performance.now() - started).toFixed(1)} ms`);
}

async function showFailure(error: unknown, log: vscode.LogOutputChannel): Promise<void> {
  const failure = await import('./commands/failure.ts');
  await failure.showFailure(error, log);
}

function hasDecisions(): boolean {
  const folder = vscode.workspace.workspaceFolders?.[0];
  return folder?.uri.scheme === 'file' && existsSync(join(folder.uri.fsPath, '.reason2decide', 'corrections.db'));
}
