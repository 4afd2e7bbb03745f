import { createReadStream } from 'node:fs';
import { TextDecoder } from 'node:util';
import { errorCode, UserError } from '../../common/index.ts';

/** A line of a file, with its number from 1. */
export interface Line {
  readonly number: number;
  readonly text: string;
}

/** The longest line that is read, in bytes: a note is a few kilobytes, so that more is not a file of notes. */
export const LONGEST_LINE = 16 * 1024 * 1024;

const NEW_LINE = 0x0a;

/**
 * Reads a UTF-8 text file line by line, in memory of one chunk and one line. A byte order mark and carriage returns are
 * dropped.
 *
 * @throws UserError, naming file and line, for a missing file, bytes that are not UTF-8, a binary file, an endless line.
 */
export async function* readLines(path: string): AsyncGenerator<Line, void, undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let number = 1;
  let held: Buffer[] = [];
  let heldBytes = 0;
  const take = (last: Buffer): Line => {
    const bytes = held.length === 0 ? last : Buffer.concat([...held, last]);
    held = [];
    heldBytes = 0;
    return { number: number++, text: decodeLine(decoder, bytes, path, number - 1) };
  };
  for await (const chunk of chunksOf(path)) {
    let start = 0;
    for (let end = chunk.indexOf(NEW_LINE); end >= 0; end = chunk.indexOf(NEW_LINE, start)) {
      yield take(chunk.subarray(start, end));
      start = end + 1;
    }
    if (start < chunk.length) {
      held.push(chunk.subarray(start));
      heldBytes += chunk.length - start;
    }
    if (heldBytes > LONGEST_LINE) {
      throw new UserError(
        `${path}, line ${number}: is longer than ${LONGEST_LINE / 1024 / 1024} MB; give a file with one example a line.`,
      );
    }
  }
  if (heldBytes > 0) yield take(Buffer.alloc(0));
}

/** The bytes of a file, chunk by chunk; a system error becomes a sentence. */
export async function* chunksOf(path: string): AsyncGenerator<Buffer, void, undefined> {
  try {
    for await (const chunk of createReadStream(path)) yield chunk as Buffer;
  } catch (error) {
    throw asReadError(path, error);
  }
}

/** Turns the system's refusal to read into a sentence; any other error passes unchanged. */
export function asReadError(path: string, error: unknown): unknown {
  switch (errorCode(error)) {
    case 'ENOENT':
      return new UserError(`${path}: there is no such file; check its name and folder.`);
    case 'EISDIR':
      return new UserError(`${path}: is a folder; give a file.`);
    case 'EACCES':
    case 'EPERM':
      return new UserError(`${path}: may not be read; check its permissions.`);
    default:
      return error;
  }
}

function decodeLine(decoder: TextDecoder, bytes: Buffer, path: string, number: number): string {
  if (bytes.includes(0)) throw notText(path, number);
  try {
    const text = decoder.decode(bytes);
    return text.endsWith('\r') ? text.slice(0, -1) : text;
  } catch {
    throw notUtf8(path, number);
  }
}

export function notText(path: string, line: number): UserError {
  return new UserError(`${path}, line ${line}: holds binary data; give a text file of examples (.jsonl or .csv).`);
}

export function notUtf8(path: string, line: number): UserError {
  return new UserError(`${path}, line ${line}: is not UTF-8 text; save the file as UTF-8 and try again.`);
}
