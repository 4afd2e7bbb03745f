import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UserError } from '../../common/index.ts';
import type { Registration } from '../listeners.ts';
import type { Log, PredictionCache } from '../predictions/index.ts';
import type { NoteEntry } from './note-entry.ts';
import { type FoundNote, findNote, isNote, listNotes, mayHoldNotes, type NotePlaces } from './note-files.ts';
import { NoteHashes } from './note-hashes.ts';
import { noteIdOfPath } from './note-id.ts';
import { type DecisionSource, NoteKnowledge } from './note-knowledge.ts';
import { NoteList } from './note-list.ts';
import type { ReadNote } from './note-text.ts';

export interface NoteIndexParts {
  /** Asked whenever files are looked for: settings and folders may change. */
  readonly places: () => NotePlaces;
  readonly cache: PredictionCache;
  /** Undefined as long as there is no store. */
  readonly decisions: () => DecisionSource | undefined;
  readonly log: Log;
}

/** Milliseconds for which the file system's events are gathered before they are worked on. */
const gathering = 50;
/** So many files are read together. */
const together = 32;

/**
 * The workspace's notes and the state of each. Files are listed once and then followed. A note is read only when its state
 * depends on its text, and not again while its file is unchanged.
 */
export class NoteIndex extends NoteList {
  readonly #parts: NoteIndexParts;
  readonly #hashes: NoteHashes;
  readonly #knowledge: NoteKnowledge;
  readonly #puts: Registration;
  readonly #files = new Map<string, FoundNote>();
  /** Those that hold notes, and those above them. */
  readonly #folders = new Set<string>();
  #started: Promise<void> | undefined;
  #disposed = false;
  /** Listings and readings wait for each other. */
  #work: Promise<void> = Promise.resolve();
  #eventPaths = new Set<string>();
  #eventTimer: NodeJS.Timeout | undefined;

  constructor(parts: NoteIndexParts) {
    super();
    this.#parts = parts;
    this.#hashes = new NoteHashes(parts.cache);
    this.#knowledge = new NoteKnowledge(parts.cache, parts.decisions);
    this.#puts = parts.cache.onDidPut((prediction) => {
      if (!this.#knowledge.addPrediction(prediction)) return;
      for (const id of this.withHash(prediction.noteHash)) this.#renew(id);
    });
  }

  /** Whether the notes were listed, or are being. */
  get started(): boolean {
    return this.#started !== undefined;
  }

  /** Lists the notes, once: nothing is read before somebody wants to see them. Reading goes on behind it. */
  start(): Promise<void> {
    this.#started ??= this.relist();
    return this.#started;
  }

  /** Lists the notes anew; those that changed are read behind it. */
  relist(): Promise<void> {
    const listed = this.#enqueue(async () => {
      const found = await listNotes(this.#parts.places());
      if (this.#disposed) return;
      this.#knowledge.reload();
      this.#files.clear();
      this.#folders.clear();
      for (const file of found) this.#keep(file);
      this.#hashes.retain((id) => this.#files.has(id));
      this.#renewAll();
    });
    this.#started ??= listed;
    this.#behind(() => this.#readWhatIsNeeded());
    return listed;
  }

  /** Until all that was asked for so far is listed and read. */
  async settled(): Promise<void> {
    let last: Promise<void> | undefined;
    // Work may bring more work.
    while (last !== this.#work) {
      last = this.#work;
      await last;
    }
  }

  /** The note of a file; undefined when the file is none. */
  atPath(path: string): NoteEntry | undefined {
    return this.get(noteIdOfPath(this.#parts.places().roots[0] ?? '', path));
  }

  /** Shows this model's predictions; none without a model. */
  setModel(fingerprint: string | undefined): void {
    if (fingerprint === this.#knowledge.model) return;
    this.#knowledge.setModel(fingerprint);
    if (!this.started) return;
    this.#renewAll();
    this.#behind(() => this.#readWhatIsNeeded());
  }

  /** Looks at the note that the reviewer is at: its decision at once, then its file. Its place in the order is held. */
  async refresh(noteId: string): Promise<void> {
    this.#knowledge.reloadDecision(noteId);
    const entry = this.get(noteId);
    if (entry === undefined) return;
    this.holdPlace(entry);
    this.#renew(noteId);
    await this.#enqueue(() => this.#lookAt(entry.path));
    this.#hashes.save();
  }

  /** Reads what other windows decided and predicted, if they did. */
  refreshFromOthers(): void {
    if (!this.started || !this.#knowledge.changedElsewhere()) return;
    this.#knowledge.reload();
    this.#renewAll();
    this.#behind(() => this.#readWhatIsNeeded());
  }

  /** Says that something came, went or changed at this path; it is looked at soon. */
  fileChanged(path: string): void {
    if (!this.started || this.#disposed || !mayHoldNotes(this.#parts.places(), path)) return;
    this.#eventPaths.add(path);
    this.#eventTimer ??= setTimeout(() => {
      this.#eventTimer = undefined;
      const paths = this.#eventPaths;
      this.#eventPaths = new Set();
      this.#behind(() => this.#lookAtAll(paths));
    }, gathering);
  }

  /** The hash of a note as it is now, if that is known without reading it. */
  async knownHash(noteId: string): Promise<string | undefined> {
    const known = this.#files.get(noteId);
    const file = known && (await findNote(this.#parts.places(), known.path));
    return file && this.#hashes.of(file);
  }

  /**
   * Reads a note as it is now.
   *
   * @throws UserError when it is gone, may not be read, or is too large.
   */
  async read(noteId: string): Promise<ReadNote> {
    const known = this.#files.get(noteId);
    const file = known && (await findNote(this.#parts.places(), known.path));
    if (file === undefined) throw new UserError(`${noteId}: the file is gone; read the notes anew.`);
    const note = await this.#hashes.read(file);
    this.#hashes.save();
    this.#keep(file);
    this.#renew(noteId);
    return note;
  }

  override dispose(): void {
    super.dispose();
    this.#disposed = true;
    this.#puts.dispose();
    clearTimeout(this.#eventTimer);
  }

  async #lookAtAll(paths: ReadonlySet<string>): Promise<void> {
    for (const path of paths) {
      if (await this.#isFolderOfNotes(path)) {
        void this.relist();
        return;
      }
    }
    for (const path of paths) await this.#lookAt(path);
    this.#hashes.save();
  }

  /** A folder that came, went or was renamed brings or takes notes for which there are no events. */
  async #isFolderOfNotes(path: string): Promise<boolean> {
    if (this.#folders.has(path)) return true;
    if (isNote(this.#parts.places(), path)) return false;
    return stat(path).then(
      (found) => found.isDirectory(),
      () => false,
    );
  }

  async #lookAt(path: string): Promise<void> {
    const file = await findNote(this.#parts.places(), path);
    if (this.#disposed) return;
    if (file === undefined) {
      const gone = this.atPath(path);
      if (gone === undefined) return;
      this.#files.delete(gone.id);
      this.removeEntry(gone.id);
      return;
    }
    this.#keep(file);
    await this.#readIfNeeded(file);
    this.#renew(file.id);
  }

  async #readWhatIsNeeded(): Promise<void> {
    const unread = [...this.#files.values()].filter((file) => this.#isReadingNeeded(file));
    for (let start = 0; start < unread.length && !this.#disposed; start += together) {
      const part = unread.slice(start, start + together);
      await Promise.all(part.map((file) => this.#readIfNeeded(file)));
      for (const { id } of part) this.#renew(id);
      // Not at every part, for each is a transaction, nor only at the end, for the window may close before.
      if ((start / together) % 16 === 0) this.#hashes.save();
    }
    this.#hashes.save();
  }

  #isReadingNeeded(file: FoundNote): boolean {
    return this.#knowledge.dependsOnText(file.id) && this.#hashes.of(file) === undefined;
  }

  async #readIfNeeded(file: FoundNote): Promise<void> {
    if (!this.#isReadingNeeded(file)) return;
    try {
      await this.#hashes.read(file);
    } catch (error) {
      // What cannot be read as a note has no hash, and is not triaged; who triages it is told why.
      if (!UserError.is(error)) throw error;
    }
  }

  #keep(file: FoundNote): void {
    this.#files.set(file.id, file);
    for (let folder = dirname(file.path); !this.#folders.has(folder); folder = dirname(folder)) {
      this.#folders.add(folder);
      if (this.#parts.places().roots.includes(folder)) break;
    }
  }

  #renew(noteId: string): void {
    const file = this.#files.get(noteId);
    if (file !== undefined && !this.#disposed) this.putEntry(this.#knowledge.entryOf(file, this.#hashes.of(file)));
  }

  #renewAll(): void {
    const files = [...this.#files.values()];
    this.resetEntries(files.map((file) => this.#knowledge.entryOf(file, this.#hashes.of(file))));
  }

  /** Work that nobody waits for. */
  #behind(work: () => Promise<void>): void {
    this.#enqueue(work).catch((error: unknown) => {
      this.#parts.log(`The notes could not be read: ${error instanceof Error ? error.name : 'unknown'}`);
    });
  }

  #enqueue(work: () => Promise<void>): Promise<void> {
    const done = this.#work.then(() => (this.#disposed ? undefined : work()));
    this.#work = done.catch(() => undefined);
    return done;
  }
}
