import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';

/**
 * SHA-256 of a file, in hexadecimal.
 *
 * @param onProgress called with the fraction read so far, from 0 to 1.
 */
export async function fingerprintFile(path: string, onProgress: (fraction: number) => void): Promise<string> {
  const { size } = await stat(path);
  const hash = createHash('sha256');
  let read = 0;
  for await (const part of createReadStream(path, { highWaterMark: 4 * 1024 * 1024 })) {
    hash.update(part);
    read += part.length;
    onProgress(Math.min(1, read / size));
  }
  return hash.digest('hex');
}
