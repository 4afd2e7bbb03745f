export { type ReportFiles, readReport } from './read-report.ts';
export { type Report, renderReport } from './render-report.ts';
export type { Verdict } from './sections/verdict.ts';
export { readTrainingLog, type TrainingLog, type TrainingRecord } from './training-log.ts';
