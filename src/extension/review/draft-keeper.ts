import type { Memory } from '../engine/index.ts';
import type { Draft } from '../sidebar/messages.ts';

const key = 'reason2decide.drafts';

/** A draft is let go only when so many newer ones were begun and none of them saved. */
const mostKept = 500;

/** What reviewers typed and did not save yet, for each text of each note. It outlives the page and the window. */
export class DraftKeeper {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  ofNote(noteId: string): readonly Draft[] {
    return this.#all().filter((draft) => draft.noteId === noteId);
  }

  async keep(draft: Draft): Promise<void> {
    const others = this.#all().filter((other) => !isSameText(other, draft));
    await this.#memory.update(key, [...others, draft].slice(-mostKept));
  }

  async drop(text: Pick<Draft, 'noteId' | 'noteHash'>): Promise<void> {
    const others = this.#all().filter((draft) => !isSameText(draft, text));
    await this.#memory.update(key, others);
  }

  #all(): readonly Draft[] {
    return this.#memory.get<readonly Draft[]>(key) ?? [];
  }
}

function isSameText(left: Pick<Draft, 'noteId' | 'noteHash'>, right: Pick<Draft, 'noteId' | 'noteHash'>): boolean {
  return left.noteId === right.noteId && left.noteHash === right.noteHash;
}
