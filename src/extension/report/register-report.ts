import { basename, dirname, extname, join } from 'node:path';
import * as vscode from 'vscode';
import { ReportPanels } from './report-panels.ts';

/** Registers the commands that show an evaluation report and save it. */
export function registerReport(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): vscode.Disposable {
  const panels = new ReportPanels();
  const register = (name: string, work: (values: readonly unknown[]) => Promise<void>) =>
    vscode.commands.registerCommand(`reason2decide.${name}`, async (...values: readonly unknown[]) => {
      try {
        await work(values);
      } catch (error) {
        const { showFailure } = await import('../commands/failure.ts');
        await showFailure(error, log);
      }
    });
  return vscode.Disposable.from(
    panels,
    register('showReport', async (values) => {
      const { reportFiles } = await import('./report-files.ts');
      const files = (await reportFiles(values)) ?? [];
      const isSaved = (file: string) => extname(file).toLowerCase() === '.html';
      for (const file of files.filter(isSaved)) {
        const { readSavedReport } = await import('./saved-report.ts');
        panels.show(await readSavedReport(file), `Report: ${basename(dirname(file))}/${basename(file)}`);
      }
      const sources = files.filter((file) => !isSaved(file));
      const [first, ...others] = sources;
      if (first === undefined) return;
      const { renderInProcess } = await import('./report-process.ts');
      const page = await vscode.window.withProgress(
        { location: vscode.ProgressLocation.Window, title: 'Making the evaluation report' },
        () => renderInProcess(context.asAbsolutePath(join('dist', 'cli.js')), sources),
      );
      panels.show(page, others.length === 0 ? `Report: ${basename(first)}` : 'Evaluation report');
    }),
    register('saveReport', async () => {
      const { saveReport } = await import('./save-report.ts');
      await saveReport(panels.activePage);
    }),
  );
}
