import { execFileSync } from 'node:child_process';
import { closeSync, openSync, rmSync, truncateSync, writeSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../../../src/common/index.ts';

/** A disk in memory of a few megabytes, which can be filled. */
export interface SmallDisk {
  readonly folder: string;
  /** Takes all room but so many bytes; what a fill before took is given back first. */
  fill(bytesLeft: number): void;
  empty(): void;
  resize(size: string): void;
  unmount(): void;
}

/** @returns undefined where the system does not let this user mount one. */
export async function mountSmallDisk(folder: string, size: string): Promise<SmallDisk | undefined> {
  await mkdir(folder, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  const filler = join(folder, 'filler');
  const empty = () => rmSync(filler, { force: true });
  return {
    folder,
    empty,
    fill(bytesLeft) {
      empty();
      truncateSync(filler, Math.max(0, writeUntilFull(filler) - bytesLeft));
    },
    resize: (wanted) => execFileSync('mount', ['-o', `remount,size=${wanted}`, folder]),
    unmount: () => execFileSync('umount', [folder]),
  };
}

function writeUntilFull(path: string): number {
  const file = openSync(path, 'w');
  const page = Buffer.alloc(4096, 1);
  let written = 0;
  try {
    for (;;) written += writeSync(file, page);
  } catch (error) {
    if (errorCode(error) !== 'ENOSPC') throw error;
    return written;
  } finally {
    closeSync(file);
  }
}

export const mountRefused = 'the system does not let this user mount a small disk';
