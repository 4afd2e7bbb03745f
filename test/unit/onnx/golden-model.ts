import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateGreedy, readConfig, readSafetensors, type T5Runner, writeModelFolder } from '../../../src/t5/index.ts';

const golden = join(import.meta.dirname, '../../golden/t5/v1_0');

/** A tiny T5 with random weights, in a folder that is removed by `remove`. */
export interface GoldenModel {
  readonly folder: string;
  readonly sources: readonly (readonly number[])[];
  /** The tokens it gives greedily, as transformers computed them; the end token and what follows left out. */
  readonly tokens: readonly (readonly number[])[];
  remove(): Promise<void>;
}

export async function copyGoldenModel(): Promise<GoldenModel> {
  const folder = await mkdtemp(join(tmpdir(), 'golden-model-'));
  const config = await readConfig(golden);
  await writeModelFolder(folder, config, await readSafetensors(join(golden, 'model.safetensors')));
  const expected = JSON.parse(await readFile(join(golden, 'expected.json'), 'utf8'));
  const ids: number[][] = expected.input_ids;
  return {
    folder,
    sources: ids.map((row, i) => row.filter((_, k) => expected.attention_mask[i][k] === 1)),
    tokens: expected.greedyTokens.map((row: number[]) => {
      const end = row.indexOf(config.endId);
      return row.slice(1, end === -1 ? undefined : end);
    }),
    remove: () => rm(folder, { recursive: true }),
  };
}

export interface GreedyRun {
  readonly maxNewTokens?: number;
  readonly onToken?: () => void;
}

export async function greedyTokens(
  runner: T5Runner,
  sources: readonly (readonly number[])[],
  { maxNewTokens = 12, onToken }: GreedyRun = {},
): Promise<number[][]> {
  const options = { maxNewTokens, ...(onToken === undefined ? {} : { onToken }) };
  return generateGreedy(runner, await runner.encode(sources), options);
}
