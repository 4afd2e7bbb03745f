import * as vscode from 'vscode';
import { UserError } from '../common/index.ts';

/**
 * The program's log, in the Output panel and in a file of the editor's. No line holds the text of a note: what is written
 * here are names, times, counts and the kinds of errors.
 */
export function createLog(): vscode.LogOutputChannel {
  return vscode.window.createOutputChannel('Reason2Decide', { log: true });
}

/**
 * An error for the log: our own sentence, or else its kind and where it was thrown. A message that a library made is left
 * out, for it may quote what the library was given.
 */
export function describeForLog(error: unknown): string {
  if (UserError.is(error)) return error.message;
  if (!(error instanceof Error)) return `a thrown ${typeof error}`;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [error.name, ...frames.slice(0, 12)].join('\n');
}
