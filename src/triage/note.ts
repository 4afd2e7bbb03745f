import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { errorCode, UserError } from '../common/index.ts';

/** A note longer than this is a wrong file or a whole record: bytes of UTF-8. */
const largestNote = 1024 * 1024;

/**
 * Reads a note from a text file.
 *
 * @throws UserError when it is missing, a folder, empty, too large, binary or not UTF-8.
 */
export async function readNote(path: string): Promise<string> {
  try {
    return await readNoteFrom(createReadStream(path), path);
  } catch (error) {
    switch (errorCode(error)) {
      case 'ENOENT':
      case 'ENOTDIR':
        throw new UserError(`${path}: there is no such file.`);
      case 'EISDIR':
        throw new UserError(`${path}: this is a folder; name the notes in it, as in ${path}/*.txt.`);
      case 'EACCES':
        throw new UserError(`${path}: cannot be read; check its permissions.`);
      default:
        throw error;
    }
  }
}

/**
 * Reads a note from a stream, no further than a note can be long: a stream may have no end.
 *
 * @param name names the note in the error.
 * @throws UserError as `readNote`.
 */
export async function readNoteFrom(stream: AsyncIterable<Buffer>, name: string): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of stream) {
    parts.push(part);
    length += part.length;
    if (length > largestNote) throw tooLarge(name);
  }
  return decodeNote(Buffer.concat(parts), name);
}

/** The text of a note's bytes. */
function decodeNote(bytes: Buffer, name: string): string {
  if (bytes.includes(0)) {
    throw new UserError(`${name}: this is a binary file, not a note; save the note as plain text.`);
  }
  if (!isUtf8(bytes)) throw new UserError(`${name}: this is not valid UTF-8; save the note as UTF-8 text.`);
  const text = new TextDecoder().decode(bytes);
  if (text.trim() === '') throw new UserError(`${name}: the note is empty; write the complaint and findings first.`);
  return text;
}

const tooLarge = (name: string) =>
  new UserError(
    `${name}: the note has more than the ${(largestNote / 1e6).toFixed(1)} MB that can be triaged; keep only the note of ` +
      'this visit.',
  );
