import { isAbsolute, relative, resolve, sep } from 'node:path';

/**
 * The id of a note's file: its path relative to the workspace's first folder, with `/`. A file of another folder begins with
 * `../`, so that no two files share an id, and that a folder added to the workspace changes none.
 */
export function noteIdOfPath(root: string, path: string): string {
  const way = relative(root, path);
  return sep === '/' ? way : way.replaceAll(sep, '/');
}

/** The file of such an id. */
export function pathOfNoteId(root: string, noteId: string): string {
  return isAbsolute(noteId) ? noteId : resolve(root, noteId);
}

/** The id of a note's part, by its first character and the one behind its last. */
export function partId(noteId: string, start: number, end: number): string {
  return `${noteId}#${start}-${end}`;
}

/** The note that a part's id belongs to; undefined for the id of a whole note. */
export function wholeNoteId(id: string): string | undefined {
  return id.match(/^(.+)#\d+-\d+$/s)?.[1];
}
