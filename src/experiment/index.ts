export { type Experiment, type PlannedRun, readExperiment } from './configuration.ts';
export { reportExperiment } from './report.ts';
export { type RunResult, readResults } from './result-file.ts';
export { type ExperimentResults, resultsPage } from './results-page.ts';
export { type ExperimentOptions, runExperiment } from './run.ts';
