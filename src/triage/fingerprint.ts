import { join } from 'node:path';
import { hashFile } from '../common/index.ts';
import { modelFiles } from '../t5/index.ts';

/**
 * What tells a model from every other, whatever it is called and wherever it lies: the SHA-256 of its weights.
 *
 * @param onProgress called with the fraction read so far, from 0 to 1.
 * @throws UserError when the folder holds no weights.
 */
export async function modelFingerprint(folder: string, onProgress?: (fraction: number) => void): Promise<string> {
  return hashFile(join(folder, modelFiles.weights), onProgress);
}
