import { readFile, stat } from 'node:fs/promises';
import { UserError } from '../../common/index.ts';
import { isObject } from './json-lines.ts';
import { asReadError } from './lines.ts';

/** The largest file that is read whole, in bytes. */
const LARGEST_WHOLE_FILE = 256 * 1024 * 1024;

/** The bytes of a small file. @throws UserError for a missing, unreadable or very large one. */
export async function readSmallFile(path: string): Promise<Buffer> {
  try {
    const { size } = await stat(path);
    if (size > LARGEST_WHOLE_FILE) {
      throw new UserError(`${path}: is larger than ${LARGEST_WHOLE_FILE / 1024 / 1024} MB; give the published file.`);
    }
    return await readFile(path);
  } catch (error) {
    throw asReadError(path, error);
  }
}

/** Reads a small file that holds one JSON object. @throws UserError for anything else. */
export async function readJsonObject(path: string): Promise<Record<string, unknown>> {
  const bytes = await readSmallFile(path);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new UserError(`${path}: is not JSON in UTF-8; give the file as published.`);
  }
  if (!isObject(value)) throw new UserError(`${path}: is not a JSON object; give the file as published.`);
  return value;
}
