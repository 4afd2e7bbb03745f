import { copyFile, mkdir, open, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Copies a folder's files, and others beside them, and forces all to disk.
 *
 * @param companions names in the copy, and where those files are.
 */
export async function copyFolder(
  from: string,
  to: string,
  companions: Readonly<Record<string, string>>,
): Promise<void> {
  await rm(to, { recursive: true, force: true });
  const own = (await readdir(from, { withFileTypes: true })).filter((file) => file.isFile());
  const files = [...own.map(({ name }) => [name, join(from, name)] as const), ...Object.entries(companions)];
  for (const [name, source] of files) {
    const path = join(to, name);
    await mkdir(dirname(path), { recursive: true });
    await copyFile(source, path);
    const file = await open(path, 'r+');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
  }
}
