import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { UserError } from '../../common/index.ts';
import type { FileRecord } from './json-lines.ts';
import { chunksOf, LONGEST_LINE, notText, notUtf8 } from './lines.ts';

/** What csv-parse adds to a record when asked for `info`. */
interface ParsedRecord {
  readonly record: Readonly<Record<string, string>>;
  readonly info: { readonly lines: number };
}

/**
 * Reads a CSV file with a header line, record by record. The line of a record is the one on which it ends, as an editor
 * counts them, since a quoted field may hold line breaks.
 *
 * @throws UserError, naming file and line, for what is not well-formed CSV in UTF-8.
 */
export async function* readCsv(path: string, delimiter = ','): AsyncGenerator<FileRecord, void, undefined> {
  const parser = parse({
    delimiter,
    columns: true,
    bom: true,
    info: true,
    max_record_size: LONGEST_LINE,
    skip_empty_lines: true,
  });
  // A failure reaches the loop below through the parser, which the pipeline destroys with it.
  const reading = pipeline(Readable.from(utf8Chunks(path)), parser).catch(() => undefined);
  try {
    for await (const parsed of parser as AsyncIterable<ParsedRecord>) {
      yield { line: parsed.info.lines, fields: parsed.record };
    }
  } catch (error) {
    throw asCsvError(path, error);
  } finally {
    parser.destroy();
    await reading;
  }
}

/** The text of a file, chunk by chunk, checked to be UTF-8 without NUL. */
async function* utf8Chunks(path: string): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  const decode = (bytes: Buffer | undefined): string => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
    } catch {
      throw notUtf8(path, line + lineOfInvalidByte(bytes));
    }
  };
  for await (const chunk of chunksOf(path)) {
    const nul = chunk.indexOf(0);
    if (nul >= 0) throw notText(path, line + countLines(chunk.subarray(0, nul)));
    yield decode(chunk);
    line += countLines(chunk);
  }
  yield decode(undefined);
}

function countLines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) count++;
  return count;
}

/** How many lines into a chunk the first line stands that is not UTF-8. */
function lineOfInvalidByte(bytes: Buffer | undefined): number {
  if (bytes === undefined) return 0;
  const replaced = bytes.toString('utf8').indexOf('\ufffd');
  return bytes.toString('utf8').slice(0, Math.max(0, replaced)).split('\n').length - 1;
}

function asCsvError(path: string, error: unknown): unknown {
  if (!(error instanceof CsvError)) return error;
  const line = typeof error.lines === 'number' ? error.lines : 1;
  return new UserError(
    `${path}, line ${line}: is not well-formed CSV (${csvFault(error.code)}); correct that line and try again.`,
  );
}

function csvFault(code: string): string {
  switch (code) {
    case 'CSV_RECORD_INCONSISTENT_COLUMNS':
    case 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH':
      return 'it has another number of fields than the header';
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'a quoted field is not closed';
    case 'CSV_MAX_RECORD_SIZE':
      return 'the record is too long';
    default:
      return 'a quotation mark stands where none may';
  }
}
