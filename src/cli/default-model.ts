import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ModelRegistry } from '../registry/index.ts';

/** The shipped model's folder: `models/triage-small` of the folder that holds this program. */
export function defaultModelFolder(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'models')) && dirname(folder) !== folder) folder = dirname(folder);
  return join(folder, 'models', 'triage-small');
}

/** The registry in a folder, or in the folder of the shipped model. */
export function openRegistry(folder: string | undefined): ModelRegistry {
  const shipped = defaultModelFolder();
  return ModelRegistry.open(folder === undefined ? dirname(shipped) : resolve(folder), shipped);
}

/** The folder of the model in use: the version that was promoted last, or the shipped model. */
export async function modelInUse(): Promise<string> {
  return (await openRegistry(undefined).current()).folder;
}
