export { configText, parseConfig, readConfig, readJson, type T5Config } from './config.ts';
export type { CycleBatch } from './cycle.ts';
export { argmax, type GreedyOptions, generateGreedy, scoreTargets } from './generation.ts';
export { modelFiles, openModelFolder, writeGraphs, writeModelFolder } from './model-folder.ts';
export { initialWeights, listParameters, selectParameters, sharedEmbedding } from './parameters.ts';
export { relativePositionBucket } from './relative-position.ts';
export { type EncodedSources, padRows, T5Runner } from './runner.ts';
export {
  readSafetensors,
  readTensorLocations,
  type Weights,
  type WeightTensor,
  writeSafetensors,
} from './safetensors.ts';
export type { TeacherForcedBatch } from './sequences.ts';
export type { TokenSpan } from './token-offsets.ts';
export { Tokenizer } from './tokenizer.ts';
export { saveTokenizer, tokenizerFiles, trainTokenizer, wholeNumberTokens } from './tokenizer-trainer.ts';
export { type Gradients, TrainableT5 } from './trainable.ts';
