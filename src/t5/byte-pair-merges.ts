/** A distinct pre-token of the training text as vocabulary ids, and how often it occurs. */
export interface CountedWord {
  ids: number[];
  readonly count: number;
}

/** Room for both ids of a pair in one exact number. */
const idRange = 2 ** 24;

interface Pair {
  count: number;
  /** Indices of the words that hold the pair, or held it once. */
  readonly words: Set<number>;
}

/**
 * Learns byte-pair merges: again and again the most frequent pair of neighbouring tokens becomes a token of its own.
 * Among equally frequent pairs the one with the smaller left id, then the smaller right id, comes first, so that the
 * result depends on nothing but the words. Counts are kept up to date word by word instead of being taken anew.
 *
 * @param words consumed: their ids are merged in place.
 * @param vocabulary the tokens by id, to which the merged tokens are added.
 * @param size stop when the vocabulary has this many tokens.
 * @param leastCount stop when no pair occurs this often.
 */
export function learnMerges(
  words: readonly CountedWord[],
  vocabulary: string[],
  { size, leastCount }: { readonly size: number; readonly leastCount: number },
): [left: string, right: string][] {
  const idOf = new Map(vocabulary.map((token, id) => [token, id]));
  const pairs = new Map<number, Pair>();
  for (const [index, word] of words.entries()) countPairs(pairs, word, index);
  const queue = new PairQueue();
  for (const [key, pair] of pairs) queue.push(pair.count, key);

  const merges: [left: string, right: string][] = [];
  while (vocabulary.length < size) {
    const top = queue.pop();
    if (top === undefined || top.count < leastCount) break;
    const pair = pairs.get(top.key);
    if (pair === undefined || pair.count !== top.count) {
      // The count has changed since the entry was made: queue it again with the present one.
      if (pair !== undefined && pair.count > 0 && pair.count < top.count) queue.push(pair.count, top.key);
      continue;
    }
    const left = Math.floor(top.key / idRange);
    const right = top.key % idRange;
    const names: [string, string] = [vocabulary[left] ?? '', vocabulary[right] ?? ''];
    const token = names.join('');
    let merged = idOf.get(token);
    if (merged === undefined) {
      merged = vocabulary.length;
      vocabulary.push(token);
      idOf.set(token, merged);
    }
    merges.push(names);
    const raised = new Set<number>();
    for (const index of pair.words) {
      const word = words[index];
      if (word !== undefined) mergeInWord(word, index, { left, right, merged }, pairs, raised);
    }
    pairs.delete(top.key);
    for (const key of raised) queue.push(pairs.get(key)?.count ?? 0, key);
  }
  return merges;
}

function countPairs(pairs: Map<number, Pair>, word: CountedWord, index: number): void {
  for (let at = 0; at + 1 < word.ids.length; at++) {
    raise(pairs, pairKey(word.ids[at], word.ids[at + 1]), word.count, index);
  }
}

function pairKey(left = 0, right = 0): number {
  return left * idRange + right;
}

function raise(pairs: Map<number, Pair>, key: number, count: number, index: number): void {
  const pair = pairs.get(key);
  if (pair === undefined) {
    pairs.set(key, { count, words: new Set([index]) });
  } else {
    pair.count += count;
    pair.words.add(index);
  }
}

function mergeInWord(
  word: CountedWord,
  index: number,
  merge: { readonly left: number; readonly right: number; readonly merged: number },
  pairs: Map<number, Pair>,
  raised: Set<number>,
): void {
  const before = word.ids;
  const after: number[] = [];
  for (let at = 0; at < before.length; at++) {
    const id = before[at] ?? 0;
    if (id === merge.left && before[at + 1] === merge.right) {
      after.push(merge.merged);
      at++;
    } else {
      after.push(id);
    }
  }
  if (after.length === before.length) return;
  for (let at = 0; at + 1 < before.length; at++) {
    const pair = pairs.get(pairKey(before[at], before[at + 1]));
    if (pair !== undefined) pair.count -= word.count;
  }
  for (let at = 0; at + 1 < after.length; at++) {
    const key = pairKey(after[at], after[at + 1]);
    raise(pairs, key, word.count, index);
    if (after[at] === merge.merged || after[at + 1] === merge.merged) raised.add(key);
  }
  word.ids = after;
}

interface QueuedPair {
  readonly count: number;
  readonly key: number;
}

/** A binary heap: the highest count first, then the smallest key. */
class PairQueue {
  readonly #heap: QueuedPair[] = [];

  push(count: number, key: number): void {
    const entry = { count, key };
    let at = this.#heap.length;
    this.#heap.push(entry);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = this.#heap[parent];
      if (above === undefined || !precedes(entry, above)) break;
      this.#heap[at] = above;
      at = parent;
    }
    this.#heap[at] = entry;
  }

  pop(): QueuedPair | undefined {
    const top = this.#heap[0];
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return top;
    let at = 0;
    for (;;) {
      const leftAt = 2 * at + 1;
      const left = this.#heap[leftAt];
      if (left === undefined) break;
      const right = this.#heap[leftAt + 1];
      const [childAt, child] = right !== undefined && precedes(right, left) ? [leftAt + 1, right] : [leftAt, left];
      if (!precedes(child, last)) break;
      this.#heap[at] = child;
      at = childAt;
    }
    this.#heap[at] = last;
    return top;
  }
}

function precedes(a: QueuedPair, b: QueuedPair): boolean {
  return a.count > b.count || (a.count === b.count && a.key < b.key);
}
