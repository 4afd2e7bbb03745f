import * as vscode from 'vscode';
import type { Parts } from '../parts.ts';

/**
 * Registers the commands. What a command does is loaded when it is first asked for.
 *
 * @param load builds the parts of the extension, once.
 */
export function registerCommands(load: () => Promise<Parts>, log: vscode.LogOutputChannel): vscode.Disposable {
  const register = (name: string, work: (parts: Parts, ...values: readonly unknown[]) => unknown) =>
    vscode.commands.registerCommand(`reason2decide.${name}`, async (...values: readonly unknown[]) => {
      try {
        await work(await load(), ...values);
      } catch (error) {
        const { showFailure } = await import('./failure.ts');
        await showFailure(error, log);
      }
    });
  return vscode.Disposable.from(
    register('triage', ({ desk }, uri) => desk.triage(uri instanceof vscode.Uri ? uri : undefined)),
    register('triageAll', ({ notes }, ...values) => notes.triageAll(...values)),
    register('accept', ({ desk }) => desk.decide('accept')),
    register('correct', ({ desk }) => desk.decide('correct')),
    register('reject', ({ desk }) => desk.decide('reject')),
    register('flag', ({ desk }) => desk.decide('flag')),
    register('undo', ({ desk }) => desk.undo()),
    register('nextNote', ({ desk }) => desk.step('next', { preserveFocus: false })),
    register('previousNote', ({ desk }) => desk.step('previous', { preserveFocus: false })),
    register('export', async ({ corrections }) => {
      const { exportDecisions } = await import('./export.ts');
      await exportDecisions(corrections, log);
    }),
    register('chooseModel', async ({ engine, knownModels }) => {
      const { chooseModel } = await import('./choose-model.ts');
      await chooseModel(engine, knownModels);
    }),
    register('judgeRationale', async ({ desk }) => {
      const { judgeOnScreen } = await import('../language-model/index.ts');
      await judgeOnScreen(desk.session.prediction);
    }),
    register('checkAudit', async ({ corrections }) => {
      const { checkAudit } = await import('./check-audit.ts');
      await checkAudit(corrections, log);
    }),
    vscode.commands.registerCommand('reason2decide.showLog', () => log.show()),
    vscode.commands.registerCommand('reason2decide.changeKeys', () =>
      vscode.commands.executeCommand('workbench.action.openGlobalKeybindings', '@command:reason2decide'),
    ),
  );
}
