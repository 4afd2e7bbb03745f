import { readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import * as untypedTokenizers from '@huggingface/tokenizers';
import * as v from 'valibot';
import { errorCode, UserError } from '../common/index.ts';
import { integers, openSession, type Session, type Tensors } from '../onnx/index.ts';
import { Tokenizer } from '../t5/index.ts';
import type { TokenEncoder } from './token-encoder.ts';

/** Where an encoder's graph lies: this program's T5 folders, and Hugging Face's ways of exporting to ONNX. */
const graphFiles = ['encoder.onnx', 'encoder_model.onnx', 'model.onnx', join('onnx', 'model.onnx')];
/** The output that holds the tokens' vectors, [1, tokens, width]. */
const outputs = ['last_hidden_state', 'encoder_output'];
/** Where a model says nothing of its limit. */
const usualLimit = 512;

const configSchema = v.object({
  model_type: v.string(),
  max_position_embeddings: v.optional(v.number()),
  pad_token_id: v.optional(v.nullable(v.number())),
});

const tokenizerSchema = v.looseObject({
  pre_tokenizer: v.optional(v.nullable(v.looseObject({ type: v.string(), add_prefix_space: v.optional(v.boolean()) }))),
});

/** The part of the package that is used here; its own declarations cannot be resolved. */
interface TokenizersLibrary {
  readonly Tokenizer: new (tokenizerJson: object, config: object) => { encode(text: string): { ids: number[] } };
}
const tokenizersLibrary = untypedTokenizers as unknown as TokenizersLibrary;

/**
 * Opens the encoder of a model folder on the CPU: a T5 of this program, or any encoder with a Hugging Face `config.json` and
 * `tokenizer.json` that was exported to ONNX with the output `last_hidden_state`, such as RoBERTa. The vectors are those of
 * the graph's last layer: where bert_score takes an earlier one (the 17th of roberta-large), export the model cut there.
 *
 * @throws UserError when a file is missing or of another kind.
 */
export async function openEncoder(folder: string): Promise<TokenEncoder> {
  const config = parse(configSchema, await readRequired(folder, 'config.json'), folder, 'config.json');
  const tokens = config.model_type === 't5' ? await t5Tokens(folder) : await otherTokens(folder, config);
  const session = await openGraph(folder);
  return {
    ...tokens,
    name: basename(resolve(folder)),
    async embed(text) {
      const ids = tokens.tokenize(text);
      const { vectors, width } = await run(session, ids, folder);
      return { ids, vectors, width };
    },
    release: () => session.release(),
  };
}

type Tokens = Pick<TokenEncoder, 'tokenize' | 'weightless' | 'specialTokens'>;

async function t5Tokens(folder: string): Promise<Tokens> {
  const tokenizer = await Tokenizer.load(folder);
  return {
    tokenize: (text) => tokenizer.encodeIds(text.trim(), { maxLength: usualLimit }),
    weightless: new Set(),
    specialTokens: 1,
  };
}

async function otherTokens(folder: string, config: v.InferOutput<typeof configSchema>): Promise<Tokens> {
  const json = parse(tokenizerSchema, await readRequired(folder, 'tokenizer.json'), folder, 'tokenizer.json');
  const encode = libraryEncoder(folder, json);
  const frame = encode('');
  const { pre_tokenizer: split } = json;
  // GPT-2's tokens differ for a word behind a space; bert_score puts one before the first word too.
  const prefix = split?.type === 'ByteLevel' && split.add_prefix_space === false ? ' ' : '';
  // RoBERTa numbers its positions from behind the padding token's.
  const reserved = /roberta|camembert/.test(config.model_type) ? (config.pad_token_id ?? 1) + 1 : 0;
  const limit = (config.max_position_embeddings ?? usualLimit) - reserved;
  return {
    tokenize(text) {
      const trimmed = text.trim();
      if (trimmed === '') return frame;
      const ids = encode(prefix + trimmed);
      return ids.length <= limit ? ids : [...ids.slice(0, limit - 1), ...ids.slice(-1)];
    },
    weightless: new Set(frame.length > 1 ? frame : []),
    specialTokens: frame.length,
  };
}

function libraryEncoder(folder: string, json: object): (text: string) => number[] {
  try {
    const tokenizer = new tokenizersLibrary.Tokenizer(json, {});
    return (text) => tokenizer.encode(text).ids;
  } catch {
    throw new UserError(
      `${join(folder, 'tokenizer.json')} is of a kind that is not known here; use an encoder such as RoBERTa or BERT.`,
    );
  }
}

async function openGraph(folder: string): Promise<Session> {
  for (const file of graphFiles) {
    const path = join(folder, file);
    if (!(await isThere(path))) continue;
    try {
      return await openSession(path, 'cpu');
    } catch {
      throw new UserError(`${path}: this graph is damaged or lacks its weights; export the encoder again.`);
    }
  }
  throw new UserError(
    `${folder} holds no encoder in ONNX; put one of ${graphFiles.join(', ')} there, with config.json and tokenizer.json.`,
  );
}

async function run(session: Session, ids: readonly number[], folder: string) {
  const shape = [1, ids.length];
  const all: Tensors = {
    input_ids: integers(ids, shape),
    attention_mask: integers(new Uint8Array(ids.length).fill(1), shape),
    token_type_ids: integers(new Uint8Array(ids.length), shape),
  };
  const results = await session.run(
    Object.fromEntries(Object.entries(all).filter(([name]) => session.inputs.includes(name))),
  );
  const tensor = outputs.map((name) => results[name]).find((found) => found !== undefined);
  const width = tensor?.dims.at(-1) ?? 0;
  if (!(tensor?.data instanceof Float32Array) || tensor.data.length !== ids.length * width) {
    throw new UserError(
      `${folder}: the encoder's graph has no float32 output ${outputs.join(' or ')} with one vector per token; export it as ` +
        'a feature extractor.',
    );
  }
  return { vectors: tensor.data, width };
}

async function readRequired(folder: string, file: string): Promise<string> {
  const path = join(folder, file);
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) throw error;
    throw new UserError(`${path} is missing; an encoder's folder needs config.json, tokenizer.json and an ONNX graph.`);
  }
}

function parse<Schema extends v.GenericSchema>(
  schema: Schema,
  text: string,
  folder: string,
  file: string,
): v.InferOutput<Schema> {
  try {
    return v.parse(schema, JSON.parse(text));
  } catch {
    throw new UserError(`${join(folder, file)} is damaged or of another kind; copy the encoder again.`);
  }
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
