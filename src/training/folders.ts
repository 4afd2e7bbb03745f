import { mkdir } from 'node:fs/promises';
import { asWriteError, errorCode, UserError } from '../common/index.ts';

/**
 * Makes a folder and those above it.
 *
 * @throws UserError when the disk is full or the folder cannot be made there.
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    switch (errorCode(error)) {
      case 'EEXIST':
      case 'ENOTDIR':
        throw new UserError(
          `${path}: this folder cannot be made, for a file stands in its place; name another folder.`,
        );
      // What Node says where a folder above the wanted one cannot be made either.
      case 'ENOENT':
        throw new UserError(`${path}: cannot be written; check the permissions of the folder above it.`);
      default:
        throw asWriteError(path, error);
    }
  }
}
