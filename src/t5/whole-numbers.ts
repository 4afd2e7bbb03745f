/**
 * Numbers that the tokenizer keeps whole. A network that sees 128 as one token learns clinical thresholds far sooner than
 * one that sees digits, so counts and vital signs (0 to 300) and body temperatures in °C (30.0 to 43.9) are tokens.
 */
export const wholeNumbers: readonly string[] = [
  ...Array.from({ length: 301 }, (_, value) => String(value)),
  ...Array.from({ length: 140 }, (_, tenths) => ((300 + tenths) / 10).toFixed(1)),
];

/**
 * Byte-pair merges, in order, that make each of the numbers one token whenever it is a pre-token by itself.
 *
 * Byte-pair encoding always applies the earliest merge it can. So a number is encoded with the merges found so far and,
 * where pieces are left over, the last two are merged by a new, later one, until one piece is left. Later merges wait
 * for earlier ones, hence they cannot undo a number that is already whole.
 */
export function wholeNumberMerges(numbers: readonly string[]): [left: string, right: string][] {
  const ranks = new Map<string, number>();
  const merges: [left: string, right: string][] = [];
  for (const number of numbers) {
    for (;;) {
      const pieces = applyMerges([...number], ranks);
      const [left, right] = pieces.slice(-2);
      if (left === undefined || right === undefined) break;
      ranks.set(pairKey(left, right), merges.length);
      merges.push([left, right]);
    }
  }
  return merges;
}

function applyMerges(symbols: readonly string[], ranks: ReadonlyMap<string, number>): string[] {
  const pieces = [...symbols];
  for (;;) {
    let best = -1;
    let bestRank = Number.POSITIVE_INFINITY;
    for (let at = 0; at + 1 < pieces.length; at++) {
      const rank = ranks.get(pairKey(pieces[at] ?? '', pieces[at + 1] ?? ''));
      if (rank !== undefined && rank < bestRank) {
        best = at;
        bestRank = rank;
      }
    }
    if (best < 0) return pieces;
    pieces.splice(best, 2, pieces.slice(best, best + 2).join(''));
  }
}

function pairKey(left: string, right: string): string {
  return `${left} ${right}`;
}

/**
 * The tokens that are a number, and its value: `128` → 128, `38.6` → 38.6. Leading zeros and SentencePiece's "▁" do not
 * count.
 */
export function wholeNumberTokens(tokenizer: {
  readonly vocabularySize: number;
  tokenOf(id: number): string | undefined;
}): Map<number, number> {
  const values = new Map<number, number>();
  for (let id = 0; id < tokenizer.vocabularySize; id++) {
    const token = tokenizer.tokenOf(id);
    if (token !== undefined && /^(0|[1-9][0-9]*)(\.[0-9]+)?$/.test(token)) values.set(id, Number(token));
  }
  return values;
}
