export type { AuditReport, BreakKind, ChainBreak } from './audit.ts';
export {
  DECISION_ACTIONS,
  type DecidedLabel,
  type Decision,
  type DecisionAction,
  type NewDecision,
  noteHash,
  type ReviewedPrediction,
} from './decision.ts';
export { BEST_EFFORT, type Deidentified, deidentify } from './deidentification/deidentify.ts';
export { type IdentifierKind, identifierKinds } from './deidentification/kinds.ts';
export {
  EXPORT_FORMATS,
  type ExportFormat,
  type ExportOptions,
  type ExportReport,
  exportCorrections,
} from './export.ts';
export type { RationaleSource } from './rationale-source.ts';
export type { RecoveryReport } from './recovery.ts';
export type { Recovery, SequenceRange } from './recovery-record.ts';
export { CorrectionsStore, type StoreOptions } from './store.ts';
