import { join } from 'node:path';
import { UserError } from '../common/index.ts';
import {
  initialWeights,
  modelFiles,
  parseConfig,
  readConfig,
  readSafetensors,
  saveTokenizer,
  sharedEmbedding,
  type T5Config,
  Tokenizer,
  trainTokenizer,
  type Weights,
  wholeNumberTokens,
} from '../t5/index.ts';
import { reason2DecidePrompts } from '../triage/index.ts';
import type { TrainingConfiguration } from './configuration.ts';
import type { TrainingData } from './data.ts';
import { makeFolder } from './folders.ts';
import { startNumberEmbeddings } from './number-features.ts';

/** The tokenizer of the run: that of the model it starts from, or one trained on its training texts. */
export async function prepareTokenizer(
  { model }: TrainingConfiguration,
  data: TrainingData,
  folder: string,
): Promise<Tokenizer> {
  if (model.from !== undefined) return Tokenizer.load(model.from);
  const trained = trainTokenizer(trainingTexts(data), { vocabularySize: model.tokenizer?.vocabularySize ?? 4096 });
  await makeFolder(folder);
  await saveTokenizer(folder, trained);
  return Tokenizer.load(folder);
}

function* trainingTexts({ training, labels }: TrainingData): Generator<string> {
  // The prompts' own words must be whole tokens however small the data is.
  for (let i = 0; i < 100; i++) {
    for (const prompt of Object.values(reason2DecidePrompts)) yield prompt;
    for (const { text } of labels) yield text;
  }
  for (const { question, rationale } of training) {
    yield question;
    if (rationale !== '') yield rationale;
  }
}

/**
 * The architecture and the weights that the first step changes.
 *
 * @throws UserError when the model to start from is not whole, or the architecture lacks a field.
 */
export async function startingPoint(
  { model, seed, dropout }: TrainingConfiguration,
  tokenizer: Tokenizer,
): Promise<{ readonly config: T5Config; readonly weights: Weights }> {
  if (model.from !== undefined) {
    const config = await readConfig(model.from);
    if (tokenizer.vocabularySize > config.vocabularySize) {
      throw new UserError(
        `${model.from}: tokenizer.json belongs to another model; restore the one this model was trained with.`,
      );
    }
    const weights = await readSafetensors(join(model.from, modelFiles.weights));
    return { config: { ...config, dropoutRate: dropout ?? config.dropoutRate }, weights };
  }
  const json = { model_type: 't5', ...model.architecture, vocab_size: tokenizer.vocabularySize };
  const config = parseConfig(json, 'model.architecture');
  const weights = initialWeights(config, seed);
  const embedding = weights.get(sharedEmbedding);
  if (model.numberFeatures && embedding !== undefined) {
    startNumberEmbeddings(embedding, wholeNumberTokens(tokenizer));
  }
  return { config: { ...config, dropoutRate: dropout ?? config.dropoutRate }, weights };
}
