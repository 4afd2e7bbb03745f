import * as vscode from 'vscode';
import { UserError } from '../../common/index.ts';
import { EngineError } from '../../engine/index.ts';
import { describeForLog } from '../log.ts';
import { warn } from '../messages.ts';
import { Refusal } from '../review/refusal.ts';

/** Tells the reviewer why something did not work, in one sentence; what nobody foresaw goes to the log as well. */
export async function showFailure(error: unknown, log: vscode.LogOutputChannel): Promise<void> {
  const isCancelled = (Refusal.is(error) || EngineError.is(error)) && error.reason === 'cancelled';
  if (isCancelled) return;
  if (UserError.is(error) || Refusal.is(error) || EngineError.is(error)) {
    warn(error.message);
    return;
  }
  log.error(describeForLog(error));
  const showLog = 'Show log';
  const answer = await vscode.window.showErrorMessage('That did not work, for a reason that the log tells.', showLog);
  if (answer === showLog) log.show();
}
