import { basename } from 'node:path';
import * as vscode from 'vscode';
import { UserError } from '../../common/index.ts';
import { BEST_EFFORT, type ExportReport, exportCorrections } from '../../corrections/index.ts';
import type { CorrectionsKeeper } from '../corrections/index.ts';
import { askExportChoices } from './export-choices.ts';

/**
 * Asks what to export, writes it, and says what was written and what was left out.
 *
 * @throws UserError when there is nothing to export or the file cannot be written.
 */
export async function exportDecisions(corrections: CorrectionsKeeper, log: vscode.LogOutputChannel): Promise<void> {
  const store = await corrections.openExisting();
  if (store === undefined || store.count() === 0) {
    throw new UserError('There are no decisions in this workspace yet; accept or correct a note first.');
  }
  const choices = await askExportChoices(store, BEST_EFFORT);
  if (choices === undefined) return;
  const { file, ...options } = choices;
  const report = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: `Exporting to ${basename(file)}` },
    (progress) =>
      exportCorrections(store, file, {
        ...options,
        onProgress: (written) => progress.report({ message: `${written} decisions` }),
      }),
  );
  logReport(report, log);
  const openFile = 'Open File';
  const answer = await vscode.window.showInformationMessage(summaryOf(report), openFile);
  if (answer === openFile) await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file));
}

function summaryOf({ file, written, leftOut, deidentification }: ExportReport): string {
  const sentences = [`Exported ${counted(written, 'decision')} to ${basename(file)}.`];
  if (leftOut.withoutLabel > 0) sentences.push(`${counted(leftOut.withoutLabel, 'note')} without a label left out.`);
  if (leftOut.tooLong > 0) sentences.push(`${counted(leftOut.tooLong, 'note')} too long for a line left out.`);
  if (deidentification !== null) {
    const total = Object.values(deidentification.replaced).reduce((sum, count) => sum + count, 0);
    sentences.push(`${counted(total, 'identifier')} replaced. ${deidentification.statement}`);
  }
  return sentences.join(' ');
}

function logReport({ written, leftOut, deidentification }: ExportReport, log: vscode.LogOutputChannel): void {
  log.info(`export: ${written} written, left out ${JSON.stringify(leftOut)}`);
  if (deidentification !== null) log.info(`export: replaced ${JSON.stringify(deidentification.replaced)}`);
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
