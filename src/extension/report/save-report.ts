import * as vscode from 'vscode';
import { UserError, writeFileAtomically } from '../../common/index.ts';

/**
 * Saves the report on screen as a file, to be printed from a browser or sent on.
 *
 * @throws UserError when none is on screen or the file cannot be written.
 */
export async function saveReport(page: string | undefined): Promise<void> {
  if (page === undefined) throw new UserError('There is no report on screen; show one first.');
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri;
  const target = await vscode.window.showSaveDialog({
    title: 'Save the report',
    filters: { 'Web page': ['html'] },
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, 'evaluation-report.html') }),
  });
  if (target === undefined) return;
  if (target.scheme !== 'file')
    throw new UserError('The report can be saved on this machine only; choose a folder here.');
  await writeFileAtomically(target.fsPath, (file) => file.writeFile(page));
  const open = 'Open in browser';
  const answer = await vscode.window.showInformationMessage('The report is saved.', open);
  if (answer === open) await vscode.env.openExternal(target);
}
