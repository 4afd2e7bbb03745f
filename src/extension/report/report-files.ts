import { extname } from 'node:path';
import * as vscode from 'vscode';

const extensions = ['.json', '.jsonl', '.html'];

/**
 * The files of a report: those that a command was given (a menu gives the one that was clicked, then all that are selected), or
 * else those that the user chooses.
 *
 * @returns absolute paths; undefined when the user chose none.
 */
export async function reportFiles(values: readonly unknown[]): Promise<readonly string[] | undefined> {
  const given = values.flat().filter((value) => value instanceof vscode.Uri && value.scheme === 'file');
  const paths = new Set(given.map((uri) => (uri as vscode.Uri).fsPath));
  const usable = [...paths].filter((path) => extensions.includes(extname(path).toLowerCase()));
  return usable.length > 0 ? usable : await choose();
}

async function choose(): Promise<readonly string[] | undefined> {
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri;
  const chosen = await vscode.window.showOpenDialog({
    title: 'Evaluations, with logs of trainings if you like, or a saved report',
    openLabel: 'Show report',
    canSelectMany: true,
    filters: { 'Evaluations, training logs and reports': extensions.map((extension) => extension.slice(1)) },
    ...(folder === undefined ? {} : { defaultUri: folder }),
  });
  return chosen?.map(({ fsPath }) => fsPath);
}
