import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { errorCode, UserError, writeFileAtomically } from '../common/index.ts';

export const stateFile = 'registry.json';

const stateSchema = v.object({
  format: v.literal(1),
  /** The name of the version in use. */
  current: v.string(),
  /** Those in use before, oldest first: where rolling back leads. */
  earlier: v.array(v.string()),
  /** What was done, oldest first. */
  log: v.array(
    v.object({
      at: v.string(),
      action: v.picklist(['promoted', 'promoted against the verdict', 'rolled back', 'deleted']),
      version: v.string(),
    }),
  ),
});

/** Which version is in use, and how it came to that: one small file, so that one rename changes it. */
export type RegistryState = v.InferOutput<typeof stateSchema>;

/** @throws UserError when the file is damaged. */
export async function readState(folder: string, shipped: string): Promise<RegistryState> {
  const path = join(folder, stateFile);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    // Nothing was promoted yet.
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') {
      return { format: 1, current: shipped, earlier: [], log: [] };
    }
    throw error;
  }
  try {
    return v.parse(stateSchema, JSON.parse(text));
  } catch {
    throw new UserError(
      `${path}: is damaged, so it does not say which model is in use; restore it, or remove it to use ${shipped} again.`,
    );
  }
}

export async function writeState(folder: string, state: RegistryState): Promise<void> {
  await writeFileAtomically(join(folder, stateFile), (file) =>
    file.writeFile(`${JSON.stringify(state, undefined, 2)}\n`),
  );
}
