import { UserError } from '../../common/index.ts';
import { readLines } from './lines.ts';

/** A record of a file and the line on which it starts. */
export interface FileRecord {
  readonly line: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

/**
 * Reads a file of one JSON object a line; empty lines are skipped.
 *
 * @throws UserError, naming file and line, for a line that is not a JSON object, and what readLines throws.
 */
export async function* readJsonLines(path: string): AsyncGenerator<FileRecord, void, undefined> {
  for await (const { number, text } of readLines(path)) {
    if (text.trim() === '') continue;
    yield { line: number, fields: parseObject(text, `${path}, line ${number}`) };
  }
}

/** @throws UserError when the text is not one JSON object. */
function parseObject(text: string, where: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UserError(`${where}: is not JSON; each line must be one object such as {"question": …, "label": …}.`);
  }
  if (!isObject(value)) {
    throw new UserError(`${where}: is not a JSON object; each line must be one object with named fields.`);
  }
  return value;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
