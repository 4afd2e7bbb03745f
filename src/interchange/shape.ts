import { readFile, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { errorCode, UserError } from '../common/index.ts';
import { readJsonLines } from '../dataset/index.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** A record of another tool's file. */
export interface ToolRecord {
  /** Where it stands, as in `line 3`. */
  readonly where: string;
  readonly fields: Fields;
}

/** The largest file that is read whole, in bytes. */
const largestFile = 256 * 1024 * 1024;

/**
 * Reads a file of JSON: one array of objects, or one object a line where its name ends in .jsonl.
 *
 * @throws UserError for a missing file and for any other content. It never quotes the file.
 */
export async function readRecords(path: string): Promise<ToolRecord[]> {
  const records: ToolRecord[] = [];
  if (['.jsonl', '.ndjson'].includes(extname(path).toLowerCase())) {
    for await (const { line, fields } of readJsonLines(path)) records.push({ where: `line ${line}`, fields });
  } else {
    const value = parsed(await bytesOf(path), path);
    if (!Array.isArray(value)) throw new UserError(`${path}: is not a list of records; export it again as JSON.`);
    for (const [index, item] of value.entries()) {
      if (!isObject(item))
        throw new UserError(`${path}, record ${index + 1}: is not an object; export the file again.`);
      records.push({ where: `record ${index + 1}`, fields: item });
    }
  }
  if (records.length === 0) throw new UserError(`${path}: holds no records; export it again with its annotations.`);
  return records;
}

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object, without fields where it is none. */
export function asObject(value: unknown): Fields {
  return isObject(value) ? value : {};
}

/** The objects of a list, none where it is no list. */
export function asObjects(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** A text that is more than white space, or null. */
export function asText(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

/** A moment in ISO 8601, UTC, or null for what is none. */
export function asMoment(value: unknown): string | null {
  const time = typeof value === 'number' ? value * 1000 : typeof value === 'string' ? Date.parse(value) : Number.NaN;
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** The first of the named fields that the record has, and has something in. */
export function firstField(fields: Fields, names: readonly string[]): unknown {
  return names.map((name) => fields[name]).find((value) => value !== undefined && value !== null && value !== '');
}

async function bytesOf(path: string): Promise<Buffer> {
  try {
    const { size } = await stat(path);
    if (size > largestFile) {
      throw new UserError(`${path}: is larger than ${largestFile / 1024 / 1024} MB; export it in parts.`);
    }
    return await readFile(path);
  } catch (error) {
    switch (errorCode(error)) {
      case 'ENOENT':
      case 'ENOTDIR':
        throw new UserError(`${path}: there is no such file; check its name and folder.`);
      case 'EISDIR':
        throw new UserError(`${path}: is a folder; give a file.`);
      case 'EACCES':
      case 'EPERM':
        throw new UserError(`${path}: may not be read; check its permissions.`);
      default:
        throw error;
    }
  }
}

function parsed(bytes: Buffer, path: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new UserError(`${path}: is not JSON in UTF-8; export it again as JSON.`);
  }
}
