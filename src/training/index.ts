export {
  checkSettings,
  checkTrainingConfiguration,
  type DataSource,
  readTrainingConfiguration,
  readYaml,
  resolveSource,
  sourceSchema,
  type TrainingConfiguration,
} from './configuration.ts';
export { loadExamples } from './data.ts';
export { type LogRecord, readRunLog } from './run-log.ts';
export { type TrainingOptions, type TrainingOutcome, train } from './train.ts';
