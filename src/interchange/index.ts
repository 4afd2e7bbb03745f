export type { FieldNames } from './annotation.ts';
export {
  type AnnotationExportOptions,
  type AnnotationExportReport,
  type DecisionChoice,
  exportAnnotations,
} from './export-annotations.ts';
export { exportReference, type ReferenceExportOptions, type ReferenceExportReport } from './export-reference.ts';
export { INTERCHANGE_FORMATS, type InterchangeFormatName } from './formats.ts';
export {
  type ImportOptions,
  type ImportReport,
  importAnnotations,
  type SkippedAnnotations,
} from './import-annotations.ts';
