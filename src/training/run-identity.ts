import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode, UserError, writeFileAtomically } from '../common/index.ts';
import { modelFingerprint } from '../triage/index.ts';
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
  if (before !== (await identityOf(configuration, data))) {
    throw new UserError(`${run}: the configuration or its data changed since this run began; use another run folder.`);
  }
}

/** Records what the run is. Done once all that can be refused has been, so that a mistake leaves no run behind. */
export async function recordRun(configuration: TrainingConfiguration, data: TrainingData): Promise<void> {
  await makeFolder(configuration.run);
  const identity = await identityOf(configuration, data);
  await writeFileAtomically(pathOf(configuration.run), (file) => file.writeFile(identity));
}

const pathOf = (run: string): string => join(run, 'run.json');

/**
 * What a run reads counts by its content, wherever it lies: it goes on after its folder, its data or the model that it started from
 * was moved, as when an update puts the program elsewhere.
 */
async function identityOf(
  { run: _, output: __, model, data: { labels }, ...settings }: TrainingConfiguration,
  { hash: examples }: TrainingData,
): Promise<string> {
  const from = model.from === undefined ? undefined : await modelFingerprint(model.from);
  const settled = JSON.stringify({ ...settings, model: { ...model, from }, labels });
  return JSON.stringify({ settings: createHash('sha256').update(settled).digest('hex'), data: examples });
}
