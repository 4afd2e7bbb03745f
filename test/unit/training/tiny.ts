import { join } from 'node:path';
import { type Example, generateSynthetic } from '../../../src/dataset/index.ts';
import {
  initialWeights,
  parseConfig,
  Tokenizer,
  TrainableT5,
  tokenizerFiles,
  trainTokenizer,
} from '../../../src/t5/index.ts';
import type { TrainingConfiguration, TrainingOptions } from '../../../src/training/index.ts';
import { Learner, type LearnerLimits } from '../../../src/training/learner.ts';
import { reason2DecidePrompts } from '../../../src/triage/index.ts';

/** A T5 so small that a run of some dozen steps takes less than a second. */
export const tinyArchitecture = {
  d_model: 32,
  d_kv: 8,
  d_ff: 64,
  num_layers: 1,
  num_heads: 2,
  dropout_rate: 0.1,
} as const;

/** A run of both stages on synthetic notes, whose files lie under `folder`. */
export function tinyConfiguration(folder: string): TrainingConfiguration {
  return {
    model: {
      id: 'tiny',
      version: '1',
      architecture: tinyArchitecture,
      tokenizer: { vocabularySize: 1200 },
      numberFeatures: true,
    },
    run: join(folder, 'run'),
    output: join(folder, 'model'),
    seed: 3,
    data: {
      training: [{ synthetic: { count: 200, seed: 1 } }],
      validation: [{ synthetic: { count: 20, seed: 2 } }],
    },
    objective: 'r2d',
    optimizer: {
      kind: 'adafactor',
      learningRate: 0.01,
      warmUpSteps: 4,
      flatFraction: 0.3,
      weightDecay: 0,
      clipNorm: 1,
    },
    batchSize: 8,
    inputTokens: 128,
    rationaleTokens: 64,
    stage1: { maxSteps: 12, evaluateEvery: 6 },
    stage2: { maxSteps: 24, evaluateEvery: 6 },
    checkpointEvery: 5,
  };
}

export function onCpu(options: Partial<TrainingOptions> = {}): TrainingOptions {
  return { resume: false, device: 'cpu', onDevice: () => undefined, onRecord: () => undefined, ...options };
}

/** An untrained model with a tokenizer of the given texts. */
export function tinyLearner(texts: readonly string[], limits: Partial<LearnerLimits> = {}): Learner {
  const files = tokenizerFiles(trainTokenizer(texts, { vocabularySize: 1200 }));
  const tokenizer = Tokenizer.parse(files.get('tokenizer.json') ?? '', files.get('tokenizer_config.json'));
  const config = parseConfig({ model_type: 't5', ...tinyArchitecture, vocab_size: tokenizer.vocabularySize }, 'tiny');
  return new Learner(new TrainableT5(config, initialWeights(config, 5)), tokenizer, reason2DecidePrompts, {
    inputTokens: 128,
    labelTokens: 8,
    rationaleTokens: 64,
    microBatchSize: 32,
    ...limits,
  });
}

export function syntheticExamples(count: number): Example[] {
  return [...generateSynthetic({ count, seed: 11 })];
}

export const textsOf = (examples: readonly Example[]): string[] =>
  examples.flatMap(({ question, label, rationale }) => [question, label, rationale]);
