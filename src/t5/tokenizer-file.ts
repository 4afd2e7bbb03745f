import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { errorCode, UserError } from '../common/index.ts';

export const AddedToken = v.looseObject({
  id: v.pipe(v.number(), v.integer(), v.minValue(0)),
  content: v.pipe(v.string(), v.nonEmpty()),
  special: v.optional(v.boolean(), false),
  lstrip: v.optional(v.boolean(), false),
  rstrip: v.optional(v.boolean(), false),
});
export type AddedToken = v.InferOutput<typeof AddedToken>;

/** Ids by token. Not v.record, which drops entries such as "constructor", a word like any other in a note. */
const Vocabulary = v.custom<Readonly<Record<string, number>>>(
  (input) =>
    typeof input === 'object' &&
    input !== null &&
    Object.values(input).every((id) => Number.isSafeInteger(id) && id >= 0),
  'Invalid vocabulary',
);

/**
 * The parts of a tokenizer.json that are read here; the steps of `normalizer` and `pre_tokenizer` are checked by their own
 * readers.
 */
export const TokenizerFile = v.looseObject({
  added_tokens: v.array(AddedToken),
  normalizer: v.unknown(),
  pre_tokenizer: v.unknown(),
  post_processor: v.unknown(),
  decoder: v.looseObject({ type: v.string() }),
  model: v.variant('type', [
    v.looseObject({
      type: v.literal('BPE'),
      vocab: Vocabulary,
      merges: v.array(v.union([v.string(), v.tuple([v.string(), v.string()])])),
    }),
    v.looseObject({
      type: v.literal('Unigram'),
      unk_id: v.number(),
      vocab: v.array(v.tuple([v.string(), v.number()])),
    }),
  ]),
});

export type TokenizerFile = v.InferOutput<typeof TokenizerFile>;

/** In tokenizer_config.json a special token is a name or an object that holds it. */
const TokenName = v.optional(v.nullable(v.union([v.string(), v.looseObject({ content: v.string() })])));
export type TokenName = v.InferOutput<typeof TokenName>;

export const ConfigFile = v.looseObject({
  pad_token: TokenName,
  eos_token: TokenName,
  unk_token: TokenName,
  split_special_tokens: v.optional(v.boolean(), false),
});
export type ConfigFile = v.InferOutput<typeof ConfigFile>;

/**
 * The file's text, or undefined where there is no such file.
 * @throws UserError when it cannot be read.
 */
export async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw new UserError(`${path} cannot be read (${errorCode(error) ?? 'unknown cause'}); check the file.`);
  }
}

/** @throws UserError when the text is not JSON. */
export function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UserError(`${name} is not valid JSON; the file is damaged or cut short, so fetch or save it again.`);
  }
}
