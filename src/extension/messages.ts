import * as vscode from 'vscode';

/** Of a message without a button the editor shows one line, some seventy characters, and hides what to do about it. */
const button = 'OK';

/** Tells what could not be done, in the whole of its sentence. */
export function warn(sentence: string): void {
  void vscode.window.showWarningMessage(sentence, button);
}

/** Tells what was done, in the whole of its sentence. */
export function inform(sentence: string): void {
  void vscode.window.showInformationMessage(sentence, button);
}
