import { UserError } from '../../common/index.ts';
import type { KnownFile, PredictionCache } from '../predictions/index.ts';
import type { FoundNote } from './note-files.ts';
import { type ReadNote, readNoteFile } from './note-text.ts';

/**
 * The hashes of the notes' files. A file whose time of change and size are those of the last reading is taken for
 * unchanged, also by the next window.
 */
export class NoteHashes {
  readonly #cache: PredictionCache;
  #known: Map<string, KnownFile> | undefined;
  /** Read, but not yet in the cache: many go there in one transaction. */
  #fresh: KnownFile[] = [];

  constructor(cache: PredictionCache) {
    this.#cache = cache;
  }

  /** The hash of the file as it is now; undefined when it was not read since it changed. */
  of({ id, modified, size }: FoundNote): string | undefined {
    const known = this.#files().get(id);
    return known?.modified === modified && known.size === size ? known.noteHash : undefined;
  }

  /**
   * Reads a note and keeps its hash.
   *
   * @throws UserError as `readNoteFile`.
   */
  async read(file: FoundNote): Promise<ReadNote> {
    // The time and size are from before the reading, so that a change during it shows.
    const note = await readNoteFile(file.path, file.id, file.size);
    const known = { noteId: file.id, modified: file.modified, size: file.size, noteHash: note.hash };
    this.#files().set(file.id, known);
    this.#fresh.push(known);
    return note;
  }

  /** The hash of a note, read if need be; undefined for a file that is no note. */
  async hash(file: FoundNote): Promise<string | undefined> {
    try {
      return this.of(file) ?? (await this.read(file)).hash;
    } catch (error) {
      if (UserError.is(error)) return undefined;
      throw error;
    }
  }

  /** Writes what was read since the last time. */
  save(): void {
    if (this.#fresh.length > 0) this.#cache.rememberFiles(this.#fresh);
    this.#fresh = [];
  }

  /** Forgets the files that are gone. */
  retain(isThere: (noteId: string) => boolean): void {
    const gone = [...this.#files().keys()].filter((id) => !isThere(id));
    if (gone.length === 0) return;
    for (const id of gone) this.#files().delete(id);
    this.#cache.forgetFiles(gone);
  }

  #files(): Map<string, KnownFile> {
    this.#known ??= this.#cache.knownFiles();
    return this.#known;
  }
}
