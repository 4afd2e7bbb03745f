import { readdir, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, matchesGlob, relative, sep } from 'node:path';
import { noteIdOfPath } from './note-id.ts';

/** A note's file as the disk lists it. */
export interface FoundNote {
  readonly id: string;
  readonly path: string;
  /** Milliseconds since 1970, with their fraction. */
  readonly modified: number;
  /** Bytes. */
  readonly size: number;
}

/** Where the notes are, and which files are notes. */
export interface NotePlaces {
  /** Absolute paths of the workspace's folders; the first gives the notes their ids. */
  readonly roots: readonly string[];
  /** Which files are notes, relative to their folder. */
  readonly pattern: string;
  /** Which files and folders are hidden, relative to their folder. */
  readonly excluded: readonly string[];
}

/** So many files are looked at together: enough to keep the disk busy. */
const together = 64;

/**
 * All notes, in no certain order. Hidden folders and `node_modules` are left out, and so are links to folders, which may
 * lead in circles. A folder that cannot be read counts as empty.
 */
export async function listNotes(places: NotePlaces): Promise<FoundNote[]> {
  const found = new Map<string, FoundNote>();
  for (const root of places.roots) {
    const folders = [root];
    for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
      const candidates: string[] = [];
      for (const entry of await entriesOf(folder)) {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) {
          if (!isHidden(entry.name) && !isExcluded(places, relative(root, path))) folders.push(path);
        } else if (isNamedAsNote(places, relative(root, path))) candidates.push(path);
      }
      for (let start = 0; start < candidates.length; start += together) {
        const part = candidates.slice(start, start + together);
        for (const note of await Promise.all(part.map((path) => statNote(places, path)))) {
          if (note !== undefined) found.set(note.id, note);
        }
      }
    }
  }
  return [...found.values()];
}

/** The note that a file is; undefined when it is none, or gone. */
export async function findNote(places: NotePlaces, path: string): Promise<FoundNote | undefined> {
  return isNote(places, path) ? statNote(places, path) : undefined;
}

/** Whether a file at this path is a note. */
export function isNote(places: NotePlaces, path: string): boolean {
  return places.roots.some((root) => isVisibleIn(root, dirname(path)) && path !== root && isNoteIn(places, root, path));
}

/** Whether notes may lie at this path or below it: in the workspace, and in no hidden folder. */
export function mayHoldNotes({ roots }: NotePlaces, path: string): boolean {
  return roots.some((root) => isVisibleIn(root, path));
}

function isVisibleIn(root: string, folder: string): boolean {
  const way = relative(root, folder);
  if (way === '') return true;
  const parts = way.split(sep);
  return parts[0] !== '..' && !isAbsolute(way) && !parts.some(isHidden);
}

/** Whether a folder's notes are left out: hidden folders stand beside the notes, not among them. */
function isHidden(folderName: string): boolean {
  return folderName.startsWith('.') || folderName === 'node_modules';
}

function isNoteIn(places: NotePlaces, root: string, path: string): boolean {
  const parts = relative(root, path).split(sep);
  if (!isNamedAsNote(places, join(...parts))) return false;
  // A folder that is excluded takes with it what is in it.
  return !parts.slice(0, -1).some((_, i) => isExcluded(places, join(...parts.slice(0, i + 1))));
}

/** Whether the path itself is one of a note, not looking at the folders above it. */
function isNamedAsNote(places: NotePlaces, way: string): boolean {
  return matchesGlob(way, places.pattern) && !isExcluded(places, way);
}

function isExcluded({ excluded }: NotePlaces, way: string): boolean {
  return excluded.some((pattern) => matchesGlob(way, pattern));
}

async function statNote({ roots }: NotePlaces, path: string): Promise<FoundNote | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() !== true) return undefined;
  return { id: noteIdOfPath(roots[0] ?? '', path), path, modified: found.mtimeMs, size: found.size };
}

async function entriesOf(folder: string) {
  return readdir(folder, { withFileTypes: true }).catch(() => []);
}
