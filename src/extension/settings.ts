import { homedir } from 'node:os';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import * as vscode from 'vscode';
import { UserError } from '../common/index.ts';
import type { DeviceRequest } from '../engine/index.ts';

const section = 'reason2decide';

/** A setting as it counts here: what an untrusted workspace says about it does not. */
function trustedValue<T>(key: string): T | undefined {
  const configuration = vscode.workspace.getConfiguration(section);
  if (vscode.workspace.isTrusted) return configuration.get<T>(key);
  const inspected = configuration.inspect<T>(key);
  return inspected?.globalValue ?? inspected?.defaultValue;
}

/**
 * The folder of the model to use: the setting's, or the shipped one.
 *
 * @throws UserError for a folder that an untrusted workspace holds, or a relative one where no workspace is trusted.
 */
export function modelFolder(shippedModel: string): string {
  const setting = trustedValue<string>('model')?.trim() ?? '';
  if (setting === '') return shippedModel;
  const folder = setting.startsWith('~/') ? join(homedir(), setting.slice(2)) : setting;
  const root = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  if (!isAbsolute(folder)) {
    if (!vscode.workspace.isTrusted || root === undefined) {
      throw new UserError(
        'The setting reason2decide.model is a relative path, which only a trusted workspace can have; give the whole path.',
      );
    }
    return resolve(root, folder);
  }
  refuseUntrustedFolder(folder);
  return folder;
}

/** @throws UserError when the folder lies in a workspace that is not trusted. */
export function refuseUntrustedFolder(folder: string): void {
  if (vscode.workspace.isTrusted) return;
  const inside = (vscode.workspace.workspaceFolders ?? []).some(({ uri }) => contains(uri.fsPath, folder));
  if (inside) {
    throw new UserError(
      'This model lies in a workspace that is not trusted, so it is not used; trust the workspace or choose another model.',
    );
  }
}

function contains(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way));
}

/** Keeps a model for every workspace of this user, or for this one where it has a model of its own. */
export async function saveModelFolder(folder: string, shippedModel: string): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(section);
  const ofWorkspace = vscode.workspace.isTrusted && configuration.inspect('model')?.workspaceValue !== undefined;
  const target = ofWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  const isShipped = folder === shippedModel;
  // An empty value in the workspace still hides the user's own choice, which is what is asked for here.
  await configuration.update('model', isShipped ? (ofWorkspace ? '' : undefined) : folder, target);
}

export function deviceRequest(): DeviceRequest {
  return trustedValue<DeviceRequest>('device') ?? 'auto';
}

/** How long the engine may give no sign while it works, in milliseconds. */
export function hangMilliseconds(): number {
  const seconds = trustedValue<number>('engine.timeoutSeconds');
  return (typeof seconds === 'number' && seconds >= 1 ? seconds : 60) * 1000;
}

export function reviewerSetting(): string {
  return vscode.workspace.getConfiguration(section).get<string>('reviewer')?.trim() ?? '';
}

export async function saveReviewer(name: string): Promise<void> {
  await vscode.workspace.getConfiguration(section).update('reviewer', name, vscode.ConfigurationTarget.Global);
}

/** Which files of the workspace are notes. */
export function notesGlob(): string {
  return vscode.workspace.getConfiguration(section).get<string>('notes')?.trim() || '**/*.{txt,md,note}';
}

/** Whether a change of settings touches one of these. */
export function touches(event: vscode.ConfigurationChangeEvent, ...keys: readonly string[]): boolean {
  return keys.some((key) => event.affectsConfiguration(`${section}.${key}`));
}
