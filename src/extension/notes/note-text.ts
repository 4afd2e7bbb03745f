import { readFile } from 'node:fs/promises';
import { errorCode, UserError } from '../../common/index.ts';
import { noteHash } from '../../corrections/index.ts';

/** A file larger than this is no note of one visit; it is not even read. Bytes. */
export const largestNoteFile = 16 * 1024 * 1024;

/**
 * A note's text as it is hashed and triaged. The editor and the file may differ in line ends and in a byte order mark,
 * which are not part of what the note says: without them one note has one hash, wherever it is read.
 */
export function noteTextOf(text: string): string {
  return text.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n');
}

/** A note as it is in its file. */
export interface ReadNote {
  /** As `noteTextOf` gives it. */
  readonly text: string;
  /** `noteHash` of the text. */
  readonly hash: string;
}

/**
 * Reads a note's file.
 *
 * @param name names the note in the error.
 * @throws UserError when it is missing, may not be read, or is too large.
 */
export async function readNoteFile(path: string, name: string, size: number): Promise<ReadNote> {
  if (size > largestNoteFile) {
    throw new UserError(`${name}: the file is too large for a note; keep only the note of this visit.`);
  }
  const bytes = await readFile(path).catch((error: unknown) => {
    throw asReadError(name, error);
  });
  // What is no UTF-8 is replaced, as the editor does it: the hash is that of the text a reviewer would see.
  const text = noteTextOf(bytes.toString('utf8'));
  return { text, hash: noteHash(text) };
}

function asReadError(name: string, error: unknown): unknown {
  switch (errorCode(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new UserError(`${name}: the file is gone; read the notes anew.`);
    case 'EACCES':
    case 'EPERM':
      return new UserError(`${name}: the file cannot be read; check its permissions.`);
    default:
      return error;
  }
}
