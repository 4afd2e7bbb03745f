export { compareVersions, type VersionComparison } from './compare-versions.ts';
export { type Contradiction, type Gathered, gatherCorrections, textKey } from './gather.ts';
export type { Plan } from './plan.ts';
export type { RetrainingRequest } from './prepare.ts';
export {
  discardRetraining,
  type RetrainingOutcome,
  readRetraining,
  resumeRetraining,
  startRetraining,
} from './retrain.ts';
export type { RetrainingProgress, RetrainingState } from './run-folder.ts';
export { defaultSettings, type RetrainingSettings, readRetrainingSettings } from './settings.ts';
export { splitByNote } from './split.ts';
export type { RetrainingOptions } from './work.ts';
