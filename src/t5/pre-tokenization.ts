import * as v from 'valibot';
import { tokenizersLibrary } from './tokenizer-library.ts';

/** How a tokenizer cuts a normalised text into the pieces that its model encodes one by one. */
export interface PreTokenization {
  /** The model reads the pieces' UTF-8 bytes as symbols (byte-level BPE) instead of their characters. */
  readonly byteLevel: boolean;
  /** The character written for a space, where there is one (SentencePiece's "▁"). */
  readonly spaceSymbol: string | undefined;
  /** White space between pieces is dropped. */
  readonly skipsWhitespace: boolean;
  /** @param first whether the text begins the whole input, rather than following a special token. */
  pieces(text: string, first: boolean): string[];
}

/** Longer pieces are encoded in parts, so that a file without white space cannot exhaust the memory. */
const longestPiece = 4096;

const Step = v.variant('type', [
  v.looseObject({
    type: v.literal('Split'),
    pattern: v.object({ Regex: v.string() }),
    behavior: v.literal('Isolated'),
    invert: v.optional(v.literal(false)),
  }),
  v.looseObject({ type: v.literal('WhitespaceSplit') }),
  v.looseObject({
    type: v.literal('Metaspace'),
    replacement: v.optional(v.string(), '▁'),
    prepend_scheme: v.optional(v.picklist(['always', 'never', 'first']), 'always'),
    split: v.optional(v.boolean(), true),
  }),
  v.looseObject({
    type: v.literal('ByteLevel'),
    add_prefix_space: v.literal(false),
    use_regex: v.literal(false),
  }),
]);
type Step = v.InferOutput<typeof Step>;

const Sequence = v.looseObject({ type: v.literal('Sequence'), pretokenizers: v.array(v.unknown()) });

/**
 * Reads the `pre_tokenizer` of a tokenizer.json: a regular expression and then bytes, or SentencePiece's way, words
 * and then "▁" for spaces.
 * @throws valibot's ValiError for a step that is not known here.
 */
export function readPreTokenization(config: unknown): PreTokenization {
  const steps = flatten(config);
  const kinds = steps.map((step) => step.type).join(' ');
  if (!/^((Split )*ByteLevel|(WhitespaceSplit )?Metaspace)$/.test(kinds)) {
    throw new SyntaxError(`pre-tokenisation of another kind (${kinds || 'none'})`);
  }
  const cuts = steps.flatMap((step) => (step.type === 'ByteLevel' ? [] : [cutting(step)]));
  return {
    byteLevel: steps.some((step) => step.type === 'ByteLevel'),
    spaceSymbol: steps.find((step) => step.type === 'Metaspace')?.replacement,
    skipsWhitespace: steps.some((step) => step.type === 'WhitespaceSplit'),
    pieces(text, first) {
      let pieces = text === '' ? [] : [text];
      for (const cut of cuts) pieces = pieces.flatMap((piece, index) => cut(piece, first && index === 0));
      return pieces.some((piece) => piece.length > longestPiece) ? pieces.flatMap(shorten) : pieces;
    },
  };
}

function flatten(config: unknown): Step[] {
  const sequence = v.safeParse(Sequence, config);
  return sequence.success ? sequence.output.pretokenizers.flatMap(flatten) : [v.parse(Step, config)];
}

function cutting(step: Exclude<Step, { type: 'ByteLevel' }>): (text: string, first: boolean) => string[] {
  switch (step.type) {
    case 'Split': {
      const { pattern } = new tokenizersLibrary.SplitPreTokenizer({ pattern: step.pattern, invert: false });
      return (text) => isolate(text, pattern);
    }
    case 'WhitespaceSplit':
      return (text) => text.match(/\P{White_Space}+/gu) ?? [];
    case 'Metaspace': {
      const symbol = step.replacement;
      return (text, first) => {
        const spaced = text.replaceAll(' ', symbol);
        const prepends = step.prepend_scheme === 'always' || (step.prepend_scheme === 'first' && first);
        const whole = prepends && !spaced.startsWith(symbol) ? symbol + spaced : spaced;
        return step.split
          ? whole.split(symbol).flatMap((part, index) => (index > 0 ? symbol + part : part || []))
          : [whole];
      };
    }
  }
}

/** Every match is a piece, and so is what lies between two matches. */
function isolate(text: string, pattern: RegExp): string[] {
  const matches: string[] = text.match(pattern) ?? [];
  let length = 0;
  for (const match of matches) length += match.length;
  if (length === text.length && !matches.includes('')) return matches;
  const pieces: string[] = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > from) pieces.push(text.slice(from, match.index));
    if (match[0] !== '') pieces.push(match[0]);
    from = match.index + match[0].length;
  }
  if (from < text.length) pieces.push(text.slice(from));
  return pieces;
}

function shorten(piece: string): string[] {
  const parts: string[] = [];
  for (let from = 0; from < piece.length; ) {
    let to = Math.min(from + longestPiece, piece.length);
    if (to < piece.length && (piece.codePointAt(to - 1) ?? 0) > 0xffff) to--;
    parts.push(piece.slice(from, to));
    from = to;
  }
  return parts;
}
