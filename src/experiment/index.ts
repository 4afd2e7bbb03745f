export { type Experiment, type PlannedRun, readExperiment } from './configuration.ts';
export { reportExperiment } from './report.ts';
export { type ExperimentOptions, type RunResult, runExperiment } from './run.ts';
