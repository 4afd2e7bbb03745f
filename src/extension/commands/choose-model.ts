import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import { UserError } from '../../common/index.ts';
import type { KnownModels, ModelEngine } from '../engine/index.ts';
import { inform } from '../messages.ts';
import { modelFolder, refuseUntrustedFolder, saveModelFolder } from '../settings.ts';

interface ModelItem extends vscode.QuickPickItem {
  /** Undefined for the item that asks for a folder. */
  readonly folder: string | undefined;
}

/**
 * Lets the reviewer choose a model folder, opens it to see that it is one, and keeps the choice in the settings.
 *
 * @throws UserError, or EngineError when the folder is no model that can be used.
 */
export async function chooseModel(engine: ModelEngine, known: KnownModels): Promise<void> {
  const picked = await vscode.window.showQuickPick(items(engine.shippedModel, known), {
    title: 'Choose the Triage Model',
    placeHolder: 'Predictions so far stay with the model that made them',
    matchOnDescription: true,
  });
  if (picked === undefined) return;
  const folder = picked.folder ?? (await askFolder());
  if (folder === undefined) return;
  refuseUntrustedFolder(folder);
  if (!existsSync(join(folder, 'reason2decide.json'))) {
    throw new UserError(`${folder} is not a model folder, for it has no reason2decide.json; choose another folder.`);
  }
  const model = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: `Opening the model ${basename(folder)}…` },
    () => engine.tryModel(folder),
  );
  await saveModelFolder(folder, engine.shippedModel);
  inform(`Notes are now triaged with ${model.id} ${model.version} on ${model.device}.`);
}

function items(shippedModel: string, known: KnownModels): ModelItem[] {
  const current = currentFolder(shippedModel);
  const folders = [...new Set([shippedModel, ...(current === undefined ? [] : [current]), ...known.folders])];
  const models = folders.filter(isModel).map((folder) => ({
    label: `${folder === current ? '$(check) ' : ''}${basename(folder)}`,
    description: folder === shippedModel ? 'comes with the extension' : folder,
    folder,
  }));
  return [
    ...models,
    { label: '', kind: vscode.QuickPickItemKind.Separator, folder: undefined },
    { label: '$(folder-opened) Browse…', description: 'a folder that holds a reason2decide.json', folder: undefined },
  ];
}

function currentFolder(shippedModel: string): string | undefined {
  try {
    return modelFolder(shippedModel);
  } catch {
    return undefined;
  }
}

const isModel = (folder: string) => existsSync(join(folder, 'reason2decide.json'));

async function askFolder(): Promise<string | undefined> {
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: 'Choose a Model Folder',
      openLabel: 'Use This Model',
      canSelectFiles: false,
      canSelectFolders: true,
    })) ?? [];
  return uri?.fsPath;
}
