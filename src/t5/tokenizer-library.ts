import * as untyped from '@huggingface/tokenizers';

/**
 * The part of `@huggingface/tokenizers` that is used here. The package's own declarations import each other without file
 * extensions, so the compiler cannot follow them; these state what its version 0.2 does.
 */
interface TokenizersLibrary {
  /** @throws Error for steps it does not know. */
  readonly Tokenizer: new (
    tokenizerJson: object,
    config: { readonly eos_token: string },
  ) => {
    readonly model: {
      /** The tokens by id, added tokens included. */
      readonly vocab: readonly string[];
      readonly tokens_to_ids: ReadonlyMap<string, number>;
      /** The tokens of some pre-tokens; a Unigram model returns unknown text as it is. */
      _call(pieces: string[]): string[];
    };
    readonly decoder: { decode(tokens: string[]): string };
    encode(text: string): { readonly ids: number[] };
  };
  /** Rewrites the regular expression from Oniguruma's dialect to JavaScript's. */
  readonly SplitPreTokenizer: new (config: {
    readonly pattern: Pattern;
    readonly invert: false;
  }) => {
    readonly pattern: RegExp;
    pre_tokenize_text(text: string): string[];
  };
  readonly ReplaceNormalizer: new (config: { readonly pattern: Pattern }) => { readonly pattern: RegExp };
  readonly NFCNormalizer: new (config: object) => Normalizer;
  readonly NFDNormalizer: new (config: object) => Normalizer;
  readonly NFKCNormalizer: new (config: object) => Normalizer;
  readonly NFKDNormalizer: new (config: object) => Normalizer;
  readonly PrecompiledNormalizer: new (config: object) => Normalizer;
}

export type Pattern = { readonly String: string } | { readonly Regex: string };

export interface Normalizer {
  normalize(text: string): string;
}

export const tokenizersLibrary = untyped as unknown as TokenizersLibrary;
