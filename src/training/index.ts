export { readTrainingConfiguration, type TrainingConfiguration } from './configuration.ts';
export type { LogRecord } from './run-log.ts';
export { type TrainingOptions, type TrainingOutcome, train } from './train.ts';
