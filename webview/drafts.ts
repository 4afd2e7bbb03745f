import type { Draft } from '../src/extension/sidebar/messages.ts';

/** Where drafts go. `save` is at once and local; `keep` and `drop` reach the extension. */
export interface DraftStorage {
  load(): unknown;
  save(state: unknown): void;
  keep(draft: Draft): void;
  drop(noteId: string, noteHash: string): void;
}

/** The page's own storage holds this many; the extension holds them all. */
const mostInPage = 30;

/** One typing pause: shorter would send every word, longer would lose more to a crash. */
const pauseMilliseconds = 300;

/**
 * What the reviewer has typed and not saved, for each text of each note. Every change is kept by the page at once and by
 * the extension after a short pause, so that it outlives the page, and the page's own copy outlives a crash of either.
 */
export class Drafts {
  readonly #storage: DraftStorage;
  readonly #drafts = new Map<string, Draft>();
  /** When each was dropped: a state that the extension sent earlier must not bring it back. */
  readonly #dropped = new Map<string, number>();
  readonly #unsent = new Map<string, Draft>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(storage: DraftStorage) {
    this.#storage = storage;
    for (const draft of readDrafts(storage.load())) this.#drafts.set(key(draft), draft);
  }

  /** Takes in what the extension keeps; of two drafts for the same text the later one stays. */
  merge(kept: readonly Draft[]): void {
    for (const draft of kept) {
      const own = this.#drafts.get(key(draft));
      const droppedAt = this.#dropped.get(key(draft)) ?? Number.NEGATIVE_INFINITY;
      if (draft.editedAt > droppedAt && draft.editedAt > (own?.editedAt ?? Number.NEGATIVE_INFINITY)) {
        this.#drafts.set(key(draft), draft);
      }
    }
  }

  find(noteId: string, noteHash: string): Draft | undefined {
    return this.#drafts.get(key({ noteId, noteHash }));
  }

  /** The latest draft with text in it for another text of the same note. */
  findEarlier(noteId: string, noteHash: string): Draft | undefined {
    return [...this.#drafts.values()]
      .filter((draft) => draft.noteId === noteId && draft.noteHash !== noteHash)
      .filter((draft) => (draft.rationale ?? '').trim() !== '' || draft.comment.trim() !== '')
      .sort((left, right) => right.editedAt - left.editedAt)[0];
  }

  put(draft: Draft): void {
    this.#drafts.set(key(draft), draft);
    this.#save();
    this.#unsent.set(key(draft), draft);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), pauseMilliseconds);
  }

  drop({ noteId, noteHash }: Pick<Draft, 'noteId' | 'noteHash'>): void {
    const draftKey = key({ noteId, noteHash });
    this.#dropped.set(draftKey, this.#drafts.get(draftKey)?.editedAt ?? Date.now());
    this.#drafts.delete(draftKey);
    this.#unsent.delete(draftKey);
    this.#save();
    this.#storage.drop(noteId, noteHash);
  }

  /** Sends what the extension does not have yet. */
  flush(): void {
    clearTimeout(this.#timer);
    for (const draft of this.#unsent.values()) this.#storage.keep(draft);
    this.#unsent.clear();
  }

  #save(): void {
    const latest = [...this.#drafts.values()]
      .sort((left, right) => right.editedAt - left.editedAt)
      .slice(0, mostInPage);
    this.#storage.save({ drafts: latest });
  }
}

function key({ noteId, noteHash }: Pick<Draft, 'noteId' | 'noteHash'>): string {
  return JSON.stringify([noteId, noteHash]);
}

/** What the page kept may come from another version of it: what is no draft is left out. */
function readDrafts(state: unknown): Draft[] {
  const drafts = typeof state === 'object' && state !== null && 'drafts' in state ? state.drafts : undefined;
  return Array.isArray(drafts) ? drafts.filter(isDraft) : [];
}

function isDraft(value: unknown): value is Draft {
  if (typeof value !== 'object' || value === null) return false;
  const draft: Partial<Record<keyof Draft, unknown>> = value;
  return (
    typeof draft.noteId === 'string' &&
    typeof draft.noteHash === 'string' &&
    (draft.labelId === null || typeof draft.labelId === 'string') &&
    (draft.rationale === null || typeof draft.rationale === 'string') &&
    typeof draft.comment === 'string' &&
    typeof draft.editedAt === 'number'
  );
}
