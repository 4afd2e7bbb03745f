/** The tokens of a text, with the vectors that an encoder gives them. */
export interface EmbeddedTokens {
  readonly ids: readonly number[];
  /** [tokens, width], row by row. */
  readonly vectors: Float32Array;
  readonly width: number;
}

/** What embeds texts for BERTScore. */
export interface TokenEncoder {
  /** What a reader is told of it, such as a model's name. */
  readonly name: string;
  /** The token ids of a text, special tokens included, cut to what the encoder reads. */
  tokenize(text: string): readonly number[];
  embed(text: string): Promise<EmbeddedTokens>;
  /** Tokens that can be matched but weigh nothing. */
  readonly weightless: ReadonlySet<number>;
  /** How many special tokens every text has. */
  readonly specialTokens: number;
  release(): Promise<void>;
}
