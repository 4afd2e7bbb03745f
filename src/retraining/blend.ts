import { cp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { asWriteError } from '../common/index.ts';
import { modelFiles, readConfig, readSafetensors, type Weights, writeModelFolder } from '../t5/index.ts';

interface Blend {
  /** The folder that training made from the parent. */
  readonly trained: string;
  /** The folder of the model that it began with. */
  readonly parent: string;
  /** How much of the parent's weights stays, from 0 to 1. */
  readonly parentShare: number;
}

/**
 * Writes the model between parent and trained one: what was learnt last gives way a little to what was known before, which costs the
 * corrections less than it saves elsewhere (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models").
 *
 * @param finish done to the folder before it gets its name, so that a folder of that name is whole.
 * @throws UserError when the disk is full or a model's file is damaged.
 */
export async function writeBlend(
  output: string,
  { trained, parent, parentShare }: Blend,
  finish: (folder: string) => Promise<void>,
): Promise<void> {
  const unfinished = `${output}.unfinished`;
  const before = await readSafetensors(join(parent, modelFiles.weights));
  const after = await readSafetensors(join(trained, modelFiles.weights));
  try {
    await rm(unfinished, { recursive: true, force: true });
    await cp(trained, unfinished, { recursive: true });
    await writeModelFolder(unfinished, await readConfig(trained), between(after, before, parentShare));
    await finish(unfinished);
    await rename(unfinished, output);
  } catch (error) {
    throw asWriteError(output, error);
  }
}

function between(weights: Weights, others: Weights, share: number): Weights {
  return new Map(
    [...weights].map(([name, { shape, data }]) => {
      const other = others.get(name)?.data;
      const value = (x: number, i: number) => (1 - share) * x + share * (other?.[i] ?? x);
      return [name, { shape, data: data.map(value) }];
    }),
  );
}
