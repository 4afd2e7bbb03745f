import { diffWords } from 'diff';

/** A run of words that both texts have, or only one of them. */
export interface DifferencePart {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** How long a comparison may take; it runs while the reviewer types. */
const mostMilliseconds = 40;

/** So many words of what did not change are shown on either side of a change. */
const contextWords = 4;

/**
 * What the reviewer's rationale has that the model's has not, and the other way round, word by word. Runs that did not
 * change are shortened to the words beside a change. Empty when only white space differs; undefined when the texts are too
 * long or too different to be compared while typing.
 */
export function wordDifference(model: string, reviewer: string): DifferencePart[] | undefined {
  const changes = diffWords(model, reviewer, { timeout: mostMilliseconds });
  if (changes === undefined) return undefined;
  if (!changes.some(({ added, removed }) => added || removed)) return [];
  return changes.map(({ added, removed, value }, index): DifferencePart => {
    if (added) return { kind: 'added', text: value };
    if (removed) return { kind: 'removed', text: value };
    return { kind: 'same', text: shorten(value, index > 0, index < changes.length - 1) };
  });
}

/** Keeps the words beside the change before it, after it, or both. */
function shorten(text: string, afterChange: boolean, beforeChange: boolean): string {
  // Each word with the white space before it, and the last one also with what follows it.
  const words = text.match(/\s*\S+(?:\s+$)?/gu) ?? [];
  const start = afterChange ? words.slice(0, contextWords) : [];
  const end = beforeChange ? words.slice(-contextWords) : [];
  if (words.length <= start.length + end.length + 1) return text;
  return [...start, afterChange ? ' …' : '…', ...end].join('');
}
