import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { UserError } from './errors.ts';
import { errorCode } from './files.ts';

const partBytes = 4 * 1024 * 1024;

/**
 * SHA-256 of a file's bytes, in hexadecimal.
 *
 * @param onProgress called with the fraction read so far, from 0 to 1.
 * @throws UserError when there is no such file.
 */
export async function hashFile(path: string, onProgress?: (fraction: number) => void): Promise<string> {
  const hash = createHash('sha256');
  try {
    const { size } = await stat(path);
    let read = 0;
    for await (const part of createReadStream(path, { highWaterMark: partBytes })) {
      hash.update(part);
      read += part.length;
      onProgress?.(Math.min(1, read / size));
    }
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') {
      throw new UserError(`${path}: there is no such file.`);
    }
    throw error;
  }
  return hash.digest('hex');
}
