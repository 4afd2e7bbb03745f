import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
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
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      if (size > largestNote) throw tooLarge(path, size);
      return decodeNote(await file.readFile(), path);
    } finally {
      await file.close();
    }
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
 * The text of a note's bytes.
 *
 * @param name names the note in the error; never its text.
 * @throws UserError as `readNote`.
 */
export function decodeNote(bytes: Buffer, name: string): string {
  if (bytes.length > largestNote) throw tooLarge(name, bytes.length);
  if (bytes.includes(0))
    throw new UserError(`${name}: this is a binary file, not a note; save the note as plain text.`);
  if (!isUtf8(bytes)) throw new UserError(`${name}: this is not valid UTF-8; save the note as UTF-8 text.`);
  const text = new TextDecoder().decode(bytes);
  return requireNote(text, name);
}

/** @throws UserError when the note holds nothing but space. */
export function requireNote(text: string, name: string): string {
  if (text.trim() === '') throw new UserError(`${name}: the note is empty; write the complaint and findings first.`);
  return text;
}

const tooLarge = (name: string, bytes: number) =>
  new UserError(
    `${name}: the note has ${(bytes / 1e6).toFixed(1)} MB, more than the ${(largestNote / 1e6).toFixed(1)} MB that can be ` +
      'triaged; keep only the note of this visit.',
  );
