import { existsSync } from 'node:fs';
import { copyFile, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { asWriteError, errorCode, UserError, writeFileAtomically } from '../common/index.ts';
import { type T5Config, type Tokenizer, type Weights, writeModelFolder } from '../t5/index.ts';
import {
  bothWords,
  type Manifest,
  manifestFile,
  type Prompts,
  rationaleWordsOf,
  readManifest,
  reason2DecidePrompts,
  storedWords,
  wordsFromStore,
  writeManifest,
} from '../triage/index.ts';
import type { TrainingConfiguration } from './configuration.ts';
import type { TrainingData } from './data.ts';
import { makeFolder } from './folders.ts';

const cardFile = 'README.md';

/** What training made, and the tokenizer it was made with. */
export interface TrainedModel {
  readonly config: T5Config;
  readonly weights: Weights;
  readonly tokenizer: Tokenizer;
  readonly tokenizerFolder: string;
  readonly metrics: Readonly<Record<string, number>>;
}

/**
 * Makes sure, before any work is done, that the model can take its place: what it replaces may only be a model.
 *
 * @throws UserError when the output holds other files, holds the run itself, or its folder cannot be made.
 */
export async function requireOutput({ output, run }: TrainingConfiguration): Promise<void> {
  const path = relative(output, run);
  if (!isAbsolute(path) && path.split(sep)[0] !== '..') {
    throw new UserError(`${run}: the run lies in the output folder, which the model will replace; keep them apart.`);
  }
  await makeFolder(dirname(output));
  const names = await readdir(output).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return [];
    if (errorCode(error) === 'ENOTDIR') return [output];
    throw error;
  });
  if (names.length > 0 && !names.includes(manifestFile)) {
    throw new UserError(
      `${output}: holds something else than a model, which would be lost; name another output folder.`,
    );
  }
}

/**
 * Writes the model's folder under another name and then gives it its own, so that no half of a model is ever there.
 *
 * @throws UserError when the disk is full; a model that was there before is then still whole.
 */
export async function writeModel(
  configuration: TrainingConfiguration,
  data: TrainingData,
  trained: TrainedModel,
): Promise<void> {
  const { output } = configuration;
  const temporary = `${output}.unfinished`;
  try {
    await rm(temporary, { recursive: true, force: true });
    await makeFolder(temporary);
    await writeModelFolder(temporary, trained.config, trained.weights);
    for (const [name, content] of await tokenizerFilesOf(configuration.model.from ?? trained.tokenizerFolder)) {
      await writeFileAtomically(join(temporary, name), (file) => file.writeFile(content));
    }
    const rationaleWords = await rationaleWordsIn(configuration, data);
    await writeManifest(temporary, {
      ...manifestOf(configuration, data, trained),
      ...(rationaleWords && { rationaleWords }),
    });
    await keepCard(output, temporary);
    await rm(output, { recursive: true, force: true });
    await rename(temporary, output);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw asWriteError(output, error);
  }
}

/** What people wrote about the model that is replaced is theirs: it stays, to be brought up to date. */
async function keepCard(from: string, to: string): Promise<void> {
  await copyFile(join(from, cardFile), join(to, cardFile)).catch((error: unknown) => {
    if (errorCode(error) !== 'ENOENT') throw error;
  });
}

function manifestOf(configuration: TrainingConfiguration, data: TrainingData, trained: TrainedModel): Manifest {
  const { model, seed, objective, inputTokens, rationaleTokens } = configuration;
  return {
    id: model.id,
    version: model.version,
    labels: [...data.labels],
    prompts: promptsOf(objective),
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
}

/** The own words of the rationales that were taught, and of those that were before; undefined where none were. */
async function rationaleWordsIn(
  { model: { from } }: TrainingConfiguration,
  { training }: TrainingData,
): Promise<Manifest['rationaleWords']> {
  const taught = rationaleWordsOf(training);
  // A T5 that is no model of this program has no manifest.
  const before =
    from !== undefined && existsSync(join(from, manifestFile)) ? (await readManifest(from)).rationaleWords : undefined;
  const words = bothWords(taught, wordsFromStore(before));
  return words.own.length === 0 ? undefined : storedWords(words);
}

/** Distilling step by step never gives the rationale a label, so it cannot be asked with one. */
function promptsOf(objective: TrainingConfiguration['objective']): Prompts {
  const { rationale } = reason2DecidePrompts;
  return objective === 'dss' ? { ...reason2DecidePrompts, explain: rationale } : reason2DecidePrompts;
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
