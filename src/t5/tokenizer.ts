import { createHash } from 'node:crypto';
import { join } from 'node:path';
import * as v from 'valibot';
import { UserError } from '../common/index.ts';
import { toByteSymbols } from './byte-level.ts';
import { type PreTokenization, readPreTokenization } from './pre-tokenization.ts';
import { type NormalizationStep, readNormalization } from './text-normalization.ts';
import {
  alignIdentity,
  alignPieces,
  spanOf,
  type TokenSpan,
  unitsOfByteTokens,
  unitsOfTextTokens,
} from './token-offsets.ts';
import { type AddedToken, ConfigFile, parseJson, readText, TokenizerFile, type TokenName } from './tokenizer-file.ts';
import { tokenizersLibrary } from './tokenizer-library.ts';

export interface EncodingLimit {
  /** The most tokens to return, `</s>` included; what does not fit is cut off before `</s>`. */
  readonly maxLength?: number;
}

export interface Encoding {
  /** Ends with `</s>`. */
  readonly ids: number[];
  /** Where each token stands in the text, in UTF-16 code units; the empty span at the text's end for `</s>`. */
  readonly offsets: TokenSpan[];
  /** Whether `maxLength` cut some of the text off. */
  readonly truncated: boolean;
}

/** The ids of one pre-token and, for each, the code units [from, to) of the pre-token that it covers, in a flat list. */
interface EncodedPiece {
  readonly ids: readonly number[];
  readonly units: readonly number[];
}

/** A stretch of the input: text to encode, or a token written out in it (`id`). */
interface Section {
  readonly start: number;
  readonly text: string;
  readonly id?: number;
}

const mostCachedPieces = 65_536;
const longestCachedPiece = 64;

/**
 * A T5 model's tokenizer, read from Hugging Face files: SentencePiece Unigram, or byte-level BPE. The library applies the
 * model and decodes; this class adds the places of the tokens in the text, truncation, and a cache of words.
 */
export class Tokenizer {
  /** SHA-256 of tokenizer.json, in hexadecimal: tells whether a model was trained with this very tokenizer. */
  readonly fingerprint: string;
  /** One more than the largest token id. */
  readonly vocabularySize: number;
  readonly padId: number;
  readonly eosId: number;
  readonly unkId: number;
  readonly #model: { readonly vocab: readonly string[]; readonly idOf: ReadonlyMap<string, number> };
  readonly #applyModel: (piece: string) => string[];
  readonly #decodeTokens: (tokens: string[]) => string;
  readonly #normalization: readonly NormalizationStep[];
  readonly #preTokenization: PreTokenization;
  readonly #specialIds: ReadonlySet<number>;
  /** The tokens that are recognised when written out in a text. */
  readonly #writtenTokens: ReadonlyMap<string, AddedToken>;
  readonly #writtenPattern: RegExp | undefined;
  readonly #cache = new Map<string, EncodedPiece>();

  /**
   * Reads `tokenizer.json`, and `tokenizer_config.json` where there is one, from a model's folder.
   * @throws UserError when the file is missing, damaged, or describes a tokenizer of a kind not known here.
   */
  static async load(folder: string): Promise<Tokenizer> {
    const path = join(folder, 'tokenizer.json');
    const text = await readText(path);
    if (text === undefined) {
      throw new UserError(`${path} is missing; a model's folder needs the tokenizer it was trained with.`);
    }
    return Tokenizer.parse(text, await readText(join(folder, 'tokenizer_config.json')), path);
  }

  /**
   * @param text the content of a tokenizer.json.
   * @param configText the content of a tokenizer_config.json.
   * @param name what errors call the tokenizer.
   * @throws UserError as `load` does.
   */
  static parse(text: string, configText?: string, name = 'tokenizer.json'): Tokenizer {
    const json = parseJson(text, name);
    const config = configText === undefined ? {} : parseJson(configText, `the tokenizer_config.json beside ${name}`);
    try {
      const fingerprint = createHash('sha256').update(text).digest('hex');
      return new Tokenizer(v.parse(TokenizerFile, json), v.parse(ConfigFile, config), fingerprint);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const reason = v.isValiError(error)
        ? `${v.getDotPath(error.issues[0]) ?? 'a step'}: ${error.message}`
        : error.message;
      throw new UserError(
        `${name} is not a tokenizer that can be used here (${reason}); use a T5 SentencePiece tokenizer or one made by this program.`,
      );
    }
  }

  private constructor(file: TokenizerFile, config: ConfigFile, fingerprint: string) {
    this.fingerprint = fingerprint;
    this.#normalization = readNormalization(file.normalizer);
    this.#preTokenization = readPreTokenization(file.pre_tokenizer);
    if (this.#preTokenization.byteLevel !== (file.model.type === 'BPE')) {
      throw new SyntaxError('BPE goes with bytes, Unigram with "▁"');
    }
    const library = new tokenizersLibrary.Tokenizer(file, { eos_token: '</s>' });
    const { model, decoder } = library;
    this.#model = { vocab: model.vocab, idOf: model.tokens_to_ids };
    this.#applyModel = (piece) => model._call([piece]);
    this.#decodeTokens = (tokens) => decoder.decode(tokens);
    this.vocabularySize = model.vocab.length;
    this.padId = this.#idOfName(config.pad_token, '<pad>');
    this.eosId = this.#idOfName(config.eos_token, '</s>');
    this.unkId = this.#idOfName(config.unk_token, '<unk>');
    const frame = library.encode('').ids;
    if (frame.length !== 1 || frame[0] !== this.eosId) {
      throw new SyntaxError('its post-processor does not just end every text with the end-of-sequence token');
    }
    this.#specialIds = new Set(file.added_tokens.filter((token) => token.special).map((token) => token.id));
    const written = file.added_tokens.filter((token) => !(token.special && config.split_special_tokens));
    this.#writtenTokens = new Map(written.map((token) => [token.content, token]));
    this.#writtenPattern = writtenPattern(written);
  }

  /**
   * The text's tokens and their places in it.
   * @param maxLength at least 1.
   */
  encode(text: string, { maxLength = Number.POSITIVE_INFINITY }: EncodingLimit = {}): Encoding {
    const ids: number[] = [];
    const offsets: TokenSpan[] = [];
    for (const section of this.#sections(text)) {
      if (ids.length >= maxLength) break;
      if (section.id !== undefined) {
        ids.push(section.id);
        offsets.push([section.start, section.start + section.text.length]);
        continue;
      }
      let normalized = alignIdentity(section.text, section.start);
      for (const step of this.#normalization) normalized = step.align(normalized);
      const pieces = this.#preTokenization.pieces(normalized.text, section.start === 0);
      const aligned = alignPieces(normalized, pieces, this.#preTokenization);
      let start = 0;
      for (const piece of pieces) {
        if (ids.length >= maxLength) break;
        const encoded = this.#encodePiece(piece);
        for (const [index, id] of encoded.ids.entries()) {
          ids.push(id);
          const [from = 0, to = 0] = encoded.units.slice(2 * index, 2 * index + 2);
          offsets.push(spanOf(aligned, start + from, start + to));
        }
        start += piece.length;
      }
    }
    const truncated = this.#close(ids, maxLength);
    offsets.length = ids.length - 1;
    offsets.push([text.length, text.length]);
    return { ids, offsets, truncated };
  }

  /** The text's token ids, ending with `</s>`, without their places: the fast way. */
  encodeIds(text: string, { maxLength = Number.POSITIVE_INFINITY }: EncodingLimit = {}): number[] {
    const ids: number[] = [];
    for (const section of this.#sections(text)) {
      if (section.id !== undefined) {
        ids.push(section.id);
        continue;
      }
      let normalized = section.text;
      for (const step of this.#normalization) normalized = step.apply(normalized);
      for (const piece of this.#preTokenization.pieces(normalized, section.start === 0)) {
        if (ids.length >= maxLength) break;
        for (const id of this.#encodePiece(piece).ids) ids.push(id);
      }
    }
    this.#close(ids, maxLength);
    return ids;
  }

  /** The text of some tokens; special tokens, and ids that no token has, leave no trace. */
  decode(ids: Iterable<number>): string {
    const tokens: string[] = [];
    for (const id of ids) {
      const token = this.#specialIds.has(id) ? undefined : this.#model.vocab[id];
      if (token !== undefined) tokens.push(token);
    }
    return tokens.length === 0 ? '' : this.#decodeTokens(tokens);
  }

  /** The token as it is written in the vocabulary. */
  tokenOf(id: number): string | undefined {
    return this.#model.vocab[id];
  }

  #close(ids: number[], maxLength: number): boolean {
    if (maxLength < 1) throw new RangeError('an encoding needs room for </s>');
    const truncated = ids.length >= maxLength;
    if (truncated) ids.length = maxLength - 1;
    ids.push(this.eosId);
    return truncated;
  }

  #encodePiece(piece: string): EncodedPiece {
    const cached = this.#cache.get(piece);
    if (cached !== undefined) return cached;
    const { byteLevel } = this.#preTokenization;
    const tokens = this.#applyModel(byteLevel ? toByteSymbols(piece) : piece);
    const lengths = tokens.map((token) => token.length);
    const encoded = {
      ids: tokens.map((token) => this.#model.idOf.get(token) ?? this.unkId),
      units: byteLevel ? unitsOfByteTokens(piece, lengths) : unitsOfTextTokens(lengths),
    };
    if (piece.length <= longestCachedPiece) {
      if (this.#cache.size >= mostCachedPieces) this.#cache.clear();
      this.#cache.set(unshared(piece), encoded);
    }
    return encoded;
  }

  #sections(text: string): Section[] {
    if (this.#writtenPattern === undefined) return [{ start: 0, text }];
    const sections: Section[] = [];
    let start = 0;
    for (const match of text.matchAll(this.#writtenPattern)) {
      const end = match.index + match[0].length;
      if (match.index > start) sections.push({ start, text: text.slice(start, match.index) });
      const token = this.#writtenTokens.get(match[0].trim());
      if (token !== undefined) sections.push({ start: match.index, text: match[0], id: token.id });
      start = end;
    }
    if (start < text.length) sections.push({ start, text: text.slice(start) });
    return sections;
  }

  #idOfName(name: TokenName, usual: string): number {
    const token = (typeof name === 'object' ? name?.content : name) ?? usual;
    const id = this.#model.idOf.get(token);
    if (id === undefined) throw new SyntaxError(`the special token ${token} is not in its vocabulary`);
    return id;
  }
}

/** Longest first, so that of two tokens that begin alike the longer one is found. */
function writtenPattern(tokens: readonly AddedToken[]): RegExp | undefined {
  if (tokens.length === 0) return undefined;
  const alternatives = tokens
    .toSorted((a, b) => b.content.length - a.content.length)
    .map((token) => `${token.lstrip ? '\\s*' : ''}${escapePattern(token.content)}${token.rstrip ? '\\s*' : ''}`);
  return new RegExp(alternatives.join('|'), 'gu');
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/** A copy that does not keep alive the whole note from which the piece was cut. */
function unshared(piece: string): string {
  return Array.from(piece).join('');
}
