import type { HostLink } from './host-link.ts';

/** The model's rationale for a level that the reviewer chose: offered beside the form, never put into it unasked. */
export interface Offer {
  readonly labelId: string;
  readonly text: string;
  readonly state: 'writing' | 'whole';
}

/** Asks for the rationale of another level and holds it until the reviewer takes it or leaves it. */
export class OfferedRationale {
  readonly #link: HostLink;
  readonly #changed: () => void;
  #requestId: number | undefined;
  #offer: Offer | undefined;

  constructor(link: HostLink, changed: () => void) {
    this.#link = link;
    this.#changed = changed;
  }

  get offer(): Offer | undefined {
    return this.#offer;
  }

  /** Gives the whole rationale, one sentence that says why there is none, or undefined when it was left meanwhile. */
  async write(
    noteId: string,
    noteHash: string,
    labelId: string,
  ): Promise<{ readonly text: string } | { readonly error: string } | undefined> {
    this.leave();
    const { id, answer } = this.#link.request('explain', { noteId, noteHash, labelId });
    this.#requestId = id;
    this.#set({ labelId, text: '', state: 'writing' });
    const answered = await answer;
    if (this.#requestId !== id) return undefined;
    if ('ok' in answered) {
      this.#set({ labelId, text: answered.ok.rationale, state: 'whole' });
      return { text: answered.ok.rationale };
    }
    this.#requestId = undefined;
    this.#set(undefined);
    return answered.reason === 'cancelled' ? undefined : { error: answered.error };
  }

  /** The text so far. */
  receive(requestId: number, text: string): void {
    if (this.#requestId !== requestId || this.#offer?.state !== 'writing') return;
    this.#set({ ...this.#offer, text });
  }

  leave(): void {
    if (this.#requestId !== undefined && this.#offer?.state === 'writing') this.#link.cancel(this.#requestId);
    this.#requestId = undefined;
    if (this.#offer !== undefined) this.#set(undefined);
  }

  #set(offer: Offer | undefined): void {
    this.#offer = offer;
    this.#changed();
  }
}
