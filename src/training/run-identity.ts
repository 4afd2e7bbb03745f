import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode, UserError, writeFileAtomically } from '../common/index.ts';
import type { TrainingConfiguration } from './configuration.ts';
import type { TrainingData } from './data.ts';
import { makeFolder } from './folders.ts';

/**
 * Makes sure that a run may go on in its folder: that the folder holds none yet, or this very one.
 *
 * @throws UserError when it holds a run and none is to be resumed, or another run.
 */
export async function requireSameRun(
  configuration: TrainingConfiguration,
  data: TrainingData,
  resume: boolean,
): Promise<void> {
  const { run } = configuration;
  let before: string;
  try {
    before = await readFile(pathOf(run), 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return;
    throw error;
  }
  if (!resume) {
    throw new UserError(`${run}: holds a run already; go on with it by --resume, or remove the folder.`);
  }
  if (before !== identityOf(configuration, data)) {
    throw new UserError(`${run}: the configuration or its data changed since this run began; use another run folder.`);
  }
}

/** Records what the run is. Done once all that can be refused has been, so that a mistake leaves no run behind. */
export async function recordRun(configuration: TrainingConfiguration, data: TrainingData): Promise<void> {
  await makeFolder(configuration.run);
  await writeFileAtomically(pathOf(configuration.run), (file) => file.writeFile(identityOf(configuration, data)));
}

const pathOf = (run: string): string => join(run, 'run.json');

function identityOf({ run: _, output: __, ...settings }: TrainingConfiguration, data: TrainingData): string {
  const hash = createHash('sha256').update(JSON.stringify(settings)).digest('hex');
  return JSON.stringify({ settings: hash, data: data.hash });
}
