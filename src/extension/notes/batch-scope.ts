import { dirname, sep } from 'node:path';
import type { NoteEntry } from './note-entry.ts';

/** A folder that holds notes, in it or below it. */
export interface NoteFolder {
  readonly path: string;
  readonly notes: number;
}

/** The folders with notes below the workspace's own folders, by path. */
export function foldersWithNotes(entries: Iterable<NoteEntry>, roots: readonly string[]): NoteFolder[] {
  const counts = new Map<string, number>();
  for (const { path } of entries) {
    for (let folder = dirname(path); folder !== dirname(folder) && !roots.includes(folder); folder = dirname(folder)) {
      counts.set(folder, (counts.get(folder) ?? 0) + 1);
    }
  }
  return [...counts]
    .map(([path, notes]) => ({ path, notes }))
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** Whether a note lies in one of the folders or below it. */
export function isInFolders(entry: NoteEntry, folders: readonly string[]): boolean {
  return folders.some((folder) => entry.path.startsWith(folder.endsWith(sep) ? folder : folder + sep));
}
