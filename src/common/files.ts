import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UserError } from './errors.ts';

/** The errno code of a failed system call, or undefined for any other error. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/**
 * Writes a file so that a reader, a crash or a full disk meets either the old content or the whole new one: the bytes go
 * to a temporary file beside it, are forced to disk, and take the name in one rename.
 *
 * @param write receives the open temporary file and writes all of it.
 * @throws UserError when the disk is full or the folder cannot be written.
 */
export async function writeFileAtomically(path: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    const file = await open(temporary, 'w');
    try {
      await write(file);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(temporary, { force: true });
    throw asWriteError(path, error);
  }
}

/** Makes a rename durable; folders cannot be opened for this on Windows, where the rename itself is journalled. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Turns the system's refusal to write into a sentence; any other error passes unchanged. */
export function asWriteError(path: string, error: unknown): unknown {
  switch (errorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new UserError(
        `${path}: the disk is full, so nothing was written there; free some space and run it again.`,
      );
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new UserError(`${path}: cannot be written; check the permissions of its folder.`);
    case 'ENOENT':
      return new UserError(`${path}: its folder does not exist; create it first.`);
    default:
      return error;
  }
}
