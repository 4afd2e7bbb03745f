import { join } from 'node:path';
import { UserError, writeFileAtomically } from '../common/index.ts';
import { byteSymbols, toByteSymbols } from './byte-level.ts';
import { type CountedWord, learnMerges } from './byte-pair-merges.ts';
import { tokenizersLibrary } from './tokenizer-library.ts';
import { wholeNumberMerges, wholeNumbers } from './whole-numbers.ts';

export { wholeNumberTokens } from './whole-numbers.ts';

/** T5's special tokens, in the order of their ids. */
const specialTokens = ['<pad>', '</s>', '<unk>'] as const;

/**
 * What a pre-token is, so written that JavaScript and the engines behind Hugging Face read it alike: an English
 * contraction; a number, without the space before it, so that "HR 128" and "HR:128" share a token, and with one decimal,
 * so that 36.50 begins with the token of 36.5; a word with its accents, or one other character, with the space before it;
 * line breaks; other white space, less the space that belongs to a word. The lengths are bounded, so that no input can
 * make one pre-token arbitrarily long.
 */
const preTokenPattern = [
  "['’](?:[sdmt]|ll|ve|re)(?![\\p{L}\\p{M}])",
  '[0-9]{1,32}(?:\\.[0-9])?',
  ' ?[\\p{L}\\p{M}]{1,64}',
  ' ?[^\\s\\p{L}\\p{M}0-9]',
  '[\\r\\n]{1,16}',
  '[^\\S\\r\\n]{1,64}(?!\\S)',
  '[^\\S\\r\\n]',
].join('|');

const split = {
  type: 'Split' as const,
  pattern: { Regex: preTokenPattern },
  behavior: 'Isolated' as const,
  invert: false as const,
};
const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: false, use_regex: false } as const;

/** The content of a byte-level BPE `tokenizer.json`, as Hugging Face's tokenizers library reads it. */
export type TokenizerJson = ReturnType<typeof tokenizerJson>;

export interface TokenizerTraining {
  /** Tokens in all: special ones, the 256 bytes, the whole numbers, and what is learned. Fewer when the text is small. */
  readonly vocabularySize: number;
  /** A pair of tokens is merged only if it occurs at least this often. */
  readonly leastCount?: number;
}

/**
 * Learns a byte-level BPE tokenizer from texts. Any text can be encoded with it and nothing becomes `<unk>`; the numbers
 * in `wholeNumbers` are always one token. The same texts give the same tokenizer.
 * @throws UserError when the vocabulary has no room for the bytes and numbers.
 */
export function trainTokenizer(
  texts: Iterable<string>,
  { vocabularySize, leastCount = 2 }: TokenizerTraining,
): TokenizerJson {
  const vocabulary = [...specialTokens, ...byteSymbols];
  const numberMerges = wholeNumberMerges(wholeNumbers);
  for (const merge of numberMerges) {
    const token = merge.join('');
    if (!vocabulary.includes(token)) vocabulary.push(token);
  }
  if (vocabularySize < vocabulary.length) {
    throw new UserError(
      `A vocabulary of ${vocabularySize} tokens is too small: bytes and whole numbers alone need ${vocabulary.length}; ask for more.`,
    );
  }
  const merges = learnMerges(countWords(texts, vocabulary), vocabulary, { size: vocabularySize, leastCount });
  return tokenizerJson(vocabulary, [...numberMerges, ...merges]);
}

/** Counts the pre-tokens; numbers are left out, for they have their own merges and learn no others. */
function countWords(texts: Iterable<string>, vocabulary: readonly string[]): CountedWord[] {
  const preTokenizer = new tokenizersLibrary.SplitPreTokenizer(split);
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const word of preTokenizer.pre_tokenize_text(text)) {
      if (!/^[0-9]/.test(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  const idOf = new Map(vocabulary.map((token, id) => [token, id]));
  return Array.from(counts, ([word, count]) => ({
    ids: Array.from(toByteSymbols(word), (symbol) => idOf.get(symbol) ?? 0),
    count,
  }));
}

function tokenizerJson(vocabulary: readonly string[], merges: readonly [string, string][]) {
  const [, endOfSequence, unknown] = specialTokens;
  const end = { SpecialToken: { id: endOfSequence, type_id: 0 } };
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: specialTokens.map((content, id) => ({
      id,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: null,
    pre_tokenizer: { type: 'Sequence', pretokenizers: [split, byteLevel] },
    post_processor: {
      type: 'TemplateProcessing',
      single: [{ Sequence: { id: 'A', type_id: 0 } }, end],
      pair: [{ Sequence: { id: 'A', type_id: 0 } }, end, { Sequence: { id: 'B', type_id: 0 } }, end],
      special_tokens: {
        [endOfSequence]: { id: endOfSequence, ids: [specialTokens.indexOf(endOfSequence)], tokens: [endOfSequence] },
      },
    },
    decoder: byteLevel,
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: unknown,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: Object.fromEntries(vocabulary.map((token, id) => [token, id])),
      merges: merges.map((pair) => pair.join(' ')),
    },
  };
}

/** The content of the files that make up a saved tokenizer, by name. */
export function tokenizerFiles(tokenizer: TokenizerJson): ReadonlyMap<string, string> {
  const [pad, endOfSequence, unknown] = specialTokens;
  const names = { pad_token: pad, eos_token: endOfSequence, unk_token: unknown };
  const config = {
    tokenizer_class: 'PreTrainedTokenizerFast',
    ...names,
    clean_up_tokenization_spaces: false,
    // A note in which "</s>" is written is a text like any other and must not end there.
    split_special_tokens: true,
  };
  return new Map([
    ['tokenizer.json', `${JSON.stringify(tokenizer)}\n`],
    ['tokenizer_config.json', `${JSON.stringify(config, null, 2)}\n`],
    ['special_tokens_map.json', `${JSON.stringify(names, null, 2)}\n`],
  ]);
}

/**
 * Writes a trained tokenizer into a model's folder, which must exist, so that `Tokenizer.load` and Hugging Face's
 * `AutoTokenizer.from_pretrained` open it.
 * @throws UserError when the folder cannot be written.
 */
export async function saveTokenizer(folder: string, tokenizer: TokenizerJson): Promise<void> {
  for (const [name, content] of tokenizerFiles(tokenizer)) {
    await writeFileAtomically(join(folder, name), async (file) => {
      await file.writeFile(content);
    });
  }
}
