import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { errorCode, UserError } from '../common/index.ts';

const weightsFile = 'model.safetensors';

/**
 * SHA-256 of a file's bytes, in hexadecimal.
 *
 * @throws UserError when there is no such file.
 */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const part of createReadStream(path)) hash.update(part);
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') {
      throw new UserError(`${path}: there is no such file.`);
    }
    throw error;
  }
  return hash.digest('hex');
}

/** What tells a model from every other, whatever it is called: the SHA-256 of its weights. */
export async function modelFingerprint(folder: string): Promise<string> {
  return hashFile(join(folder, weightsFile));
}
