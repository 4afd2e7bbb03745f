import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode, writeFileAtomically } from '../common/index.ts';
import { type T5Config, type Tokenizer, type Weights, writeModelFolder } from '../t5/index.ts';
import { type Manifest, reason2DecidePrompts, writeManifest } from '../triage/index.ts';
import type { TrainingConfiguration } from './configuration.ts';
import type { TrainingData } from './data.ts';

/** What training made, and the tokenizer it was made with. */
export interface TrainedModel {
  readonly config: T5Config;
  readonly weights: Weights;
  readonly tokenizer: Tokenizer;
  readonly tokenizerFolder: string;
  readonly metrics: Readonly<Record<string, number>>;
}

/** Writes the model's folder under another name and then gives it its own, so that no half of a model is ever there. */
export async function writeModel(
  configuration: TrainingConfiguration,
  data: TrainingData,
  trained: TrainedModel,
): Promise<void> {
  const { output, model, seed, objective, inputTokens, rationaleTokens } = configuration;
  const temporary = `${output}.unfinished`;
  await rm(temporary, { recursive: true, force: true });
  await mkdir(temporary, { recursive: true });
  await writeModelFolder(temporary, trained.config, trained.weights);
  for (const [name, content] of await tokenizerFilesOf(model.from ?? trained.tokenizerFolder)) {
    await writeFileAtomically(join(temporary, name), (file) => file.writeFile(content));
  }
  const manifest: Manifest = {
    id: model.id,
    version: model.version,
    labels: [...data.labels],
    prompts: reason2DecidePrompts,
    limits: { inputTokens, rationaleTokens },
    tokenizer: trained.tokenizer.fingerprint,
    training: {
      objective,
      seed,
      data: data.hash,
      examples: data.training.length,
      stage1Steps: configuration.stage1?.maxSteps ?? 0,
      stage2Steps: configuration.stage2.maxSteps,
    },
    metrics: { validation: trained.metrics },
  };
  await writeManifest(temporary, manifest);
  await rm(output, { recursive: true, force: true });
  await mkdir(dirname(output), { recursive: true });
  await rename(temporary, output);
}

async function tokenizerFilesOf(folder: string): Promise<[string, string][]> {
  const files: [string, string][] = [];
  for (const name of ['tokenizer.json', 'tokenizer_config.json', 'special_tokens_map.json']) {
    try {
      files.push([name, await readFile(join(folder, name), 'utf8')]);
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
    }
  }
  return files;
}
