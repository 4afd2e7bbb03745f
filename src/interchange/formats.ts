import type { Annotation, FieldNames, LeftOut } from './annotation.ts';
import { readArgilla, writeArgilla } from './argilla.ts';
import type { ExportedDecision, WritingOptions } from './exported-decision.ts';
import { readLabelStudio, writeLabelStudio } from './label-studio.ts';
import { readProdigy, writeProdigy } from './prodigy.ts';
import type { ToolRecord } from './shape.ts';

export interface InterchangeFormat {
  /** One array of JSON, or one object a line. */
  readonly layout: 'array' | 'lines';
  /** What the annotators said in a record. */
  read(record: ToolRecord, names: FieldNames): (Annotation | LeftOut)[];
  write(decision: ExportedDecision, options: WritingOptions): object;
}

export const INTERCHANGE_FORMATS = ['label-studio', 'prodigy', 'argilla'] as const;
export type InterchangeFormatName = (typeof INTERCHANGE_FORMATS)[number];

export const formats: Readonly<Record<InterchangeFormatName, InterchangeFormat>> = {
  'label-studio': { layout: 'array', read: readLabelStudio, write: writeLabelStudio },
  prodigy: { layout: 'lines', read: readProdigy, write: writeProdigy },
  argilla: { layout: 'array', read: readArgilla, write: writeArgilla },
};
