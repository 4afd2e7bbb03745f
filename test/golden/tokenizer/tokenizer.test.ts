import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Tokenizer } from '../../../src/t5/tokenizer.ts';
import { tokenizerFiles, trainTokenizer } from '../../../src/t5/tokenizer-trainer.ts';

interface Expected {
  readonly ids: number[];
  /** Without that of `</s>`; null where only the ids are compared. */
  readonly offsets: [number, number][] | null;
  readonly decoded: string;
}
const kinds = ['byte-level', 'unigram-nfkc', 'unigram-precompiled'] as const;
type Golden = { readonly texts: string[] } & Readonly<Record<(typeof kinds)[number], Expected[]>>;

const here = import.meta.dirname;
const golden: Golden = JSON.parse(await readFile(join(here, 'golden.json'), 'utf8'));

describe.each(kinds)('%s tokenizer, beside Hugging Face tokenizers', (kind) => {
  const cases = golden.texts.map((text, index) => ({ text, expected: golden[kind][index] }));

  test.each(cases)('$text', async ({ text, expected }) => {
    const tokenizer = await Tokenizer.load(join(here, kind));
    const encoding = tokenizer.encode(text);
    expect(encoding.ids).toEqual(expected?.ids);
    expect(tokenizer.encodeIds(text)).toEqual(expected?.ids);
    if (expected?.offsets !== null) expect(encoding.offsets.slice(0, -1)).toEqual(expected?.offsets);
    expect(encoding.offsets.at(-1)).toEqual([text.length, text.length]);
    expect(tokenizer.decode(encoding.ids)).toBe(expected?.decoded);
  });
});

test('the byte-level decoding that Hugging Face gives is the text itself', () => {
  expect(golden['byte-level'].map(({ decoded }) => decoded)).toEqual(golden.texts);
});

test('training on the corpus again gives the committed tokenizer to the last byte', async () => {
  const corpus = await readFile(join(here, 'corpus.txt'), 'utf8');
  for (const [name, content] of tokenizerFiles(trainTokenizer(corpus.split('\n'), { vocabularySize: 900 }))) {
    expect(content).toBe(await readFile(join(here, 'byte-level', name), 'utf8'));
  }
});
