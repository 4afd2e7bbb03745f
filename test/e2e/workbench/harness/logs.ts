import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The log files below a folder that hold these words. */
export function logsWith(folder: string, words: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter((path) => statSync(path).isFile() && readFileSync(path, 'utf8').includes(words));
}
