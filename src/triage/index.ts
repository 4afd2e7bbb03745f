export { modelFingerprint } from './fingerprint.ts';
export { namedNumbers, writtenNumbers } from './grounded-numbers.ts';
export { bothWords, rationaleWordsOf, storedWords, wordsFromStore } from './grounded-words.ts';
export {
  fewestInputTokens,
  type Manifest,
  type ModelLabel,
  manifestFile,
  readManifest,
  writeManifest,
} from './manifest.ts';
export { readNote, readNoteFrom } from './note.ts';
export { fillPrompt, type Prompts, reason2DecidePrompts } from './prompts.ts';
export { type TriageOptions, type TriageResult, triageNote } from './triage.ts';
export { type ExplainOptions, type LabelProbability, type Prediction, TriageModel } from './triage-model.ts';
