const SENTENCES = /(?<=[.!?])\s+/;
const WORD = /[\p{L}\p{M}\d]+/gu;

/** Two sentences that begin with so many equal words say the same. */
const SAME_BEGINNING = 5;
/** So many words do not stand twice in one sentence. */
const RUN = 4;

/**
 * Whether the last sentence of a text, as far as it is there, says what an earlier one said, or the same words twice. A model that
 * does not know how to go on does so until its tokens are used up.
 */
export function repeatsItself(text: string): boolean {
  const sentences = text.split(SENTENCES).map((sentence) => sentence.toLowerCase().match(WORD) ?? []);
  const last = sentences.pop() ?? [];
  const runs = last.map((_, i) => last.slice(i, i + RUN).join(' ')).slice(0, Math.max(0, last.length - RUN + 1));
  if (new Set(runs).size < runs.length) return true;
  if (last.length < SAME_BEGINNING) return false;
  const beginning = last.slice(0, SAME_BEGINNING).join(' ');
  return sentences.some((sentence) => sentence.slice(0, SAME_BEGINNING).join(' ') === beginning);
}

/** A text that was cut off or repeats itself, without its last sentence where that is why, unless it is the only one. */
export function wholeSentences(text: string): string {
  const sentences = text.split(SENTENCES);
  const isWhole = /[.!?]$/.test(text) && !repeatsItself(text);
  return isWhole || sentences.length === 1 ? text : text.slice(0, text.lastIndexOf(sentences.at(-1) ?? '')).trimEnd();
}
