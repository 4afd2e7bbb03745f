import { extname } from 'node:path';
import { UserError, writeFileAtomically } from '../common/index.ts';
import { BEST_EFFORT, noReplacements } from './deidentification/deidentify.ts';
import type { IdentifierKind } from './deidentification/kinds.ts';
import { type ExportFilter, exportFilter } from './export-filter.ts';
import {
  EXPORT_COLUMNS,
  type ExportRow,
  type LabelledDecision,
  toExportRow,
  withoutIdentifiers,
} from './export-row.ts';
import type { CorrectionsStore } from './store.ts';

/** `jsonl` and `csv` have all columns; `reference` is JSON Lines of the reference code's question, label and rationale. */
export const EXPORT_FORMATS = ['jsonl', 'reference', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportOptions extends ExportFilter {
  readonly format: ExportFormat;
  /** Whether to replace identifiers, at best effort: see `deidentify`. */
  readonly deidentify?: boolean;
  /** Called now and then with the number of decisions written. */
  readonly onProgress?: (written: number) => void;
}

export interface ExportReport {
  readonly file: string;
  readonly written: number;
  readonly leftOut: {
    /** Decisions that the filter did not ask for. */
    readonly filtered: number;
    /** Decisions that were asked for but give no label: they teach nothing. */
    readonly withoutLabel: number;
    /** Notes so long that the data set's reader would refuse their line. */
    readonly tooLong: number;
  };
  /** What was replaced, and what that is worth; null where nothing was to be. */
  readonly deidentification: {
    readonly replaced: Readonly<Record<IdentifierKind, number>>;
    readonly statement: string;
  } | null;
}

/** Characters held before they are written. */
const BATCH = 1 << 16;
/** How many decisions are written between two reports of progress, and two turns of whatever else this process does. */
const STRIDE = 500;

/**
 * Writes the decision that stands on each note as training data, oldest first, each note once. The filter is put to that
 * decision alone: one that was superseded or undone is never exported. A decision without a label, such as a rejection, is
 * counted and left out. The file appears only when it is complete.
 *
 * @throws UserError for a filter or file that makes no sense, where nothing is left to export, and for a full disk.
 */
export async function exportCorrections(
  store: CorrectionsStore,
  file: string,
  options: ExportOptions,
): Promise<ExportReport> {
  checkExtension(file, options.format);
  const passes = exportFilter(options);
  const leftOut = { filtered: 0, withoutLabel: 0, tooLong: 0 };
  const replaced = noReplacements();

  // The data set's room is large, and most of those who keep decisions never export any.
  const { LONGEST_LINE, writeExamples } = await import('../dataset/index.ts');
  const write = options.format === 'csv' ? csvRow : jsonRow;
  async function* rows(): AsyncGenerator<ExportRow, void, undefined> {
    let written = 0;
    for (const decision of store.latestOfAll()) {
      if (!passes(decision)) leftOut.filtered++;
      else if (!isLabelled(decision)) leftOut.withoutLabel++;
      else {
        const row =
          options.deidentify === true ? withoutIdentifiers(toExportRow(decision), replaced) : toExportRow(decision);
        if (isLonger(row, write, LONGEST_LINE)) leftOut.tooLong++;
        else {
          yield row;
          if (++written % STRIDE === 0) {
            options.onProgress?.(written);
            await new Promise((resume) => setImmediate(resume));
          }
        }
      }
    }
    if (written === 0) throw nothingLeft(leftOut);
  }

  const written =
    options.format === 'reference'
      ? await writeExamples(file, rows(), { columns: 'reference' })
      : await writeRows(file, options.format === 'csv' ? `${EXPORT_COLUMNS.join(',')}\n` : '', rows(), write);
  return {
    file,
    written,
    leftOut,
    deidentification: options.deidentify === true ? { replaced, statement: BEST_EFFORT } : null,
  };
}

/** Whether a row takes more bytes than that, without writing each to see it. */
function isLonger(row: ExportRow, write: (row: ExportRow) => string, most: number): boolean {
  const characters = row.question.length + row.rationale.length + row.comment.length + row.predicted_rationale.length;
  // No character takes more than the six bytes of its escape.
  return 6 * characters > most / 2 && Buffer.byteLength(write(row)) > most;
}

async function writeRows(
  path: string,
  header: string,
  rows: AsyncIterable<ExportRow>,
  write: (row: ExportRow) => string,
): Promise<number> {
  let count = 0;
  await writeFileAtomically(path, async (file) => {
    let pending = header;
    for await (const row of rows) {
      pending += write(row);
      count++;
      if (pending.length >= BATCH) {
        await file.appendFile(pending);
        pending = '';
      }
    }
    await file.appendFile(pending);
  });
  return count;
}

function checkExtension(file: string, format: ExportFormat): void {
  if (!EXPORT_FORMATS.includes(format)) {
    throw new UserError(`There is no format "${format}"; use one of ${EXPORT_FORMATS.join(', ')}.`);
  }
  const wanted = format === 'csv' ? '.csv' : '.jsonl';
  if (extname(file).toLowerCase() !== wanted) {
    throw new UserError(`${file}: an export as ${format} needs a name that ends in ${wanted}.`);
  }
}

const isLabelled = (decision: { readonly label: unknown }): decision is LabelledDecision => decision.label !== null;

function nothingLeft({ withoutLabel, filtered }: ExportReport['leftOut']): UserError {
  if (withoutLabel > 0) return new UserError('None of the decisions asked for gives a label, so nothing was exported.');
  return new UserError(
    filtered > 0
      ? 'No decision is in the states, by the reviewers and of the dates asked for, so nothing was exported; ask for more.'
      : 'There is no decision to export yet.',
  );
}

function jsonRow(row: ExportRow): string {
  return `${JSON.stringify(Object.fromEntries(EXPORT_COLUMNS.map((name) => [name, row[name]])))}\n`;
}

function csvRow(row: ExportRow): string {
  return `${EXPORT_COLUMNS.map((name) => csvField(String(row[name] ?? ''))).join(',')}\n`;
}

function csvField(value: string): string {
  // A text file holds no NUL, and the data set's reader takes one for binary data.
  const text = value.replaceAll('\0', '\ufffd');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
