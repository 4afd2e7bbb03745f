import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Parts } from '../parts.ts';
import type { RegistryProcess } from './model-registry.ts';

/** Registers the commands that retrain the model and keep its versions. What they do is loaded when it is first asked for. */
export function registerRetraining(
  context: vscode.ExtensionContext,
  load: () => Promise<Parts>,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const shippedModel = context.asAbsolutePath(join('models', 'triage-small'));
  const register = (name: string, work: (registry: RegistryProcess) => Promise<void>) =>
    vscode.commands.registerCommand(`reason2decide.${name}`, async () => {
      try {
        const { RegistryProcess } = await import('./model-registry.ts');
        await work(
          new RegistryProcess(
            context.asAbsolutePath(join('dist', 'cli.js')),
            join(context.globalStorageUri.fsPath, 'models'),
          ),
        );
      } catch (error) {
        const { showFailure } = await import('../commands/failure.ts');
        await showFailure(error, log);
      }
    });
  return vscode.Disposable.from(
    register('retrain', async (registry) => {
      const { retrain } = await import('./retrain.ts');
      const { corrections } = await load();
      await retrain(registry, corrections.file, shippedModel);
    }),
    register('trainedModels', async (registry) => {
      const { showTrainedModels } = await import('./trained-models.ts');
      await showTrainedModels(registry, shippedModel);
    }),
    register('rollBackModel', async (registry) => {
      const { rollBack } = await import('./trained-models.ts');
      await rollBack(registry, shippedModel);
    }),
  );
}
