import { join } from 'node:path';
import * as vscode from 'vscode';
import { inform } from '../messages.ts';
import { saveModelFolder } from '../settings.ts';
import type { ModelVersion, RegistryProcess } from './model-registry.ts';

interface VersionItem extends vscode.QuickPickItem {
  readonly model: ModelVersion;
}

/** Shows the versions of the model that were trained here, to take one into use, to look at its report or to delete it. */
export async function showTrainedModels(registry: RegistryProcess, shippedModel: string): Promise<void> {
  const versions = await registry.list();
  const picked = await vscode.window.showQuickPick(versions.map(itemOf), {
    title: 'Trained Models',
    placeHolder: 'Choose a version to use it, to roll back to it, to see its report or to delete it',
    matchOnDescription: true,
  });
  if (picked === undefined) return;
  const { model } = picked;
  const use = '$(check) Use this version';
  const report = '$(graph) Show its report';
  const remove = '$(trash) Delete it…';
  const actions = [
    ...(model.current ? [] : [use]),
    ...(model.provenance === undefined ? [] : [report]),
    ...(model.current || model.shipped ? [] : [remove]),
  ];
  if (actions.length === 0) {
    inform(`${titleOf(model)} comes with the extension and is in use.`);
    return;
  }
  const action = await vscode.window.showQuickPick(actions, { title: titleOf(model) });
  if (action === use) {
    await registry.promote(model.name);
    await saveModelFolder(model.shipped ? shippedModel : model.folder, shippedModel);
    inform(`Notes are now triaged with ${titleOf(model)}.`);
  } else if (action === report) {
    await vscode.commands.executeCommand(
      'reason2decide.showReport',
      vscode.Uri.file(join(model.folder, 'report.html')),
    );
  } else if (action === remove) await deleteVersion(registry, model);
}

/** The version that was in use before, as the registry remembers it. */
export async function rollBack(registry: RegistryProcess, shippedModel: string): Promise<void> {
  await registry.rollBack();
  const current = (await registry.list()).find((version) => version.current);
  if (current === undefined) return;
  await saveModelFolder(current.shipped ? shippedModel : current.folder, shippedModel);
  inform(`Notes are triaged with ${titleOf(current)} again.`);
}

async function deleteVersion(registry: RegistryProcess, { name }: ModelVersion): Promise<void> {
  const sure = 'Delete';
  const answer = await vscode.window.showWarningMessage(
    `Delete ${name}?`,
    { modal: true, detail: 'Its weights and its report are removed. The decisions that it learnt from stay.' },
    sure,
  );
  if (answer === sure) await registry.delete(name);
}

function itemOf(model: ModelVersion): VersionItem {
  const { provenance } = model;
  return {
    model,
    label: `${model.current ? '$(check) ' : ''}${titleOf(model)}`,
    description:
      provenance === undefined
        ? 'comes with the extension'
        : [
            provenance.createdAt.slice(0, 10),
            `from ${provenance.parent.name}`,
            `${provenance.decisions.taught} corrections`,
            provenance.verdict.offered ? 'proved better' : 'not proved better',
          ].join(' · '),
  };
}

/** The registry calls the shipped model so, whatever its version; people know it by its name. */
const titleOf = ({ shipped, name, id, version }: ModelVersion) => (shipped ? `${id} ${version}` : name);
