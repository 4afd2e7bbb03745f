import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The shipped model's folder: `models/triage-small` of the folder that holds this program. */
export function defaultModelFolder(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'models')) && dirname(folder) !== folder) folder = dirname(folder);
  return join(folder, 'models', 'triage-small');
}
