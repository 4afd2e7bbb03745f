import * as vscode from 'vscode';
import { UserError } from '../../common/index.ts';
import type { CorrectionsKeeper } from '../corrections/index.ts';

/** Follows the chain of decisions from the first to the last, and says whether any was changed or is missing. */
export async function checkAudit(corrections: CorrectionsKeeper, log: vscode.LogOutputChannel): Promise<void> {
  const store = await corrections.openExisting();
  if (store === undefined)
    throw new UserError('There are no decisions in this workspace yet, so there is nothing to check.');
  const report = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: 'Checking the decisions…' },
    async () => {
      // Lets the notification appear before the check takes the thread.
      await new Promise((resolve) => setTimeout(resolve, 50));
      return store.check();
    },
  );
  const { intact, decisions, breaks, recoveries, head } = report;
  log.info(`audit: ${decisions} decisions, ${breaks.length} breaks, ${recoveries.length} recoveries, head ${head}`);
  for (const { kind, sequence, reason, toldAt } of breaks) {
    log.warn(
      `audit: ${kind}${sequence === null ? '' : ` at ${sequence}`}: ${reason}${toldAt === null ? '' : ` (told ${toldAt})`}`,
    );
  }
  const counted = `${decisions} ${decisions === 1 ? 'decision' : 'decisions'}`;
  const showLog = 'Show log';
  const answer = intact
    ? await vscode.window.showInformationMessage(
        `The audit log is intact: ${counted}, none changed since it was saved${recoveryWords(recoveries.length)}.`,
        showLog,
      )
    : await vscode.window.showErrorMessage(
        `The audit log is not intact: ${counted}, and ${breaks.length === 1 ? 'one place shows' : `${breaks.length} places show`} a change or a gap; the log names ${breaks.length === 1 ? 'it' : 'them'}.`,
        showLog,
      );
  if (answer === showLog) log.show();
}

function recoveryWords(count: number): string {
  if (count === 0) return '';
  return count === 1 ? ', but for one recovery that the log tells' : `, but for ${count} recoveries that the log tells`;
}
