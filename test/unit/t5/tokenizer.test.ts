import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Random, UserError } from '../../../src/common/index.ts';
import { Tokenizer } from '../../../src/t5/tokenizer.ts';

const goldenFolder = join(import.meta.dirname, '../../golden/tokenizer');
const byteLevel = await Tokenizer.load(join(goldenFolder, 'byte-level'));
const unigram = await Tokenizer.load(join(goldenFolder, 'unigram-nfkc'));

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokenizer-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Texts of characters from everywhere in Unicode, without the surrogates, which no UTF-8 file can hold. */
function randomTexts(count: number): string[] {
  const random = new Random(20);
  const character = () => {
    const highest = random.pick([0x7f, 0x24f, 0x3ff, 0xd7ff, 0x1ffff, 0x10ffff]);
    const code = random.integer(0, highest);
    return String.fromCodePoint(code >= 0xd800 && code <= 0xdfff ? 0x20 : code);
  };
  const familiar = () =>
    random.pick([' ', '  ', '\n', '\r\n', '128', ' 38.6', '/76', 'pain', ' Pain', "'s", '</s>', '👩‍⚕️']);
  return Array.from({ length: count }, () =>
    Array.from({ length: random.integer(0, 30) }, () => (random.chance(0.5) ? character() : familiar())).join(''),
  );
}

describe('byte-level tokenizer on random Unicode', () => {
  const texts = randomTexts(2000);

  test('decoding gives back every text exactly, and nothing is unknown', () => {
    for (const text of texts) {
      const ids = byteLevel.encodeIds(text);
      expect(byteLevel.decode(ids)).toBe(text);
      expect(ids).not.toContain(byteLevel.unkId);
    }
  });

  test('spans follow each other without gap, cut no character, and slice to what the token decodes to', () => {
    for (const text of texts) {
      const { ids, offsets } = byteLevel.encode(text);
      expect(ids).toEqual(byteLevel.encodeIds(text));
      let end = 0;
      for (const [index, span] of offsets.entries()) {
        expect(span[0]).toBeLessThanOrEqual(end);
        expect(span[1]).toBeGreaterThanOrEqual(end);
        end = span[1];
        const slice = text.slice(...span);
        expect(slice.isWellFormed()).toBe(true);
        const decoded = byteLevel.decode([ids[index] ?? 0]);
        if (!decoded.includes('\ufffd')) expect(slice).toBe(decoded);
      }
      expect(end).toBe(text.length);
    }
  });
});

test('Unigram spans of random Unicode are ordered and within the text, with and without offsets the same ids', () => {
  for (const text of randomTexts(1000)) {
    const { ids, offsets } = unigram.encode(text);
    expect(offsets).toHaveLength(ids.length);
    expect(ids).toEqual(unigram.encodeIds(text));
    let [start, end] = [0, 0];
    for (const span of offsets) {
      expect(span[0]).toBeGreaterThanOrEqual(start);
      expect(span[1]).toBeGreaterThanOrEqual(end);
      expect(span[1]).toBeGreaterThanOrEqual(span[0]);
      [start, end] = span;
    }
    expect(end).toBe(text.length);
  }
});

describe('truncation', () => {
  const text = 'Chest pain, BP 148/92, HR 112';
  const whole = byteLevel.encode(text);

  test('keeps what fits and ends with </s>', () => {
    const cut = byteLevel.encode(text, { maxLength: 5 });
    expect(cut.ids).toEqual([...whole.ids.slice(0, 4), byteLevel.eosId]);
    expect(cut.offsets).toEqual([...whole.offsets.slice(0, 4), [text.length, text.length]]);
    expect(cut.truncated).toBe(true);
    expect(byteLevel.encodeIds(text, { maxLength: 5 })).toEqual(cut.ids);
  });

  test('leaves alone what fits exactly', () => {
    expect(byteLevel.encode(text, { maxLength: whole.ids.length })).toEqual({ ...whole, truncated: false });
    expect(byteLevel.encode(text, { maxLength: whole.ids.length - 1 }).truncated).toBe(true);
  });
});

describe('special tokens', () => {
  test('have the ids that T5 gives them', () => {
    expect([byteLevel.padId, byteLevel.eosId, byteLevel.unkId]).toEqual([0, 1, 2]);
    expect(byteLevel.vocabularySize).toBe(900);
  });

  test('written out in a note are text for a tokenizer of this program', () => {
    const ids = byteLevel.encodeIds('a </s> b <pad>');
    expect(ids.filter((id) => id < 3)).toEqual([1]);
  });

  test('leave no trace in decoded text, nor do ids that no token has', () => {
    expect(byteLevel.decode([0, ...byteLevel.encodeIds('pain'), 0, 0, 99_999])).toBe('pain');
    expect(byteLevel.decode([])).toBe('');
  });
});

test('the fingerprint is the SHA-256 of tokenizer.json', async () => {
  const content = await readFile(join(goldenFolder, 'byte-level', 'tokenizer.json'));
  expect(byteLevel.fingerprint).toBe(createHash('sha256').update(content).digest('hex'));
  expect(unigram.fingerprint).not.toBe(byteLevel.fingerprint);
});

test('a long text without white space is encoded in parts, and decodes to itself', () => {
  const text = '痛'.repeat(50_000);
  expect(byteLevel.decode(byteLevel.encodeIds(text))).toBe(text);
  expect(unigram.encode(text).offsets.at(-2)?.[1]).toBe(text.length);
});

describe('a damaged or foreign tokenizer is refused in one sentence', () => {
  const refusal = async (change: (json: Record<string, unknown>) => unknown): Promise<unknown> => {
    const json = JSON.parse(await readFile(join(goldenFolder, 'byte-level', 'tokenizer.json'), 'utf8'));
    const changed = change(json);
    await writeFile(join(folder, 'tokenizer.json'), typeof changed === 'string' ? changed : JSON.stringify(changed));
    return Tokenizer.load(folder).catch((error: unknown) => error);
  };
  const expectSentence = (error: unknown, word: RegExp) => {
    expect(error).toBeInstanceOf(UserError);
    if (!(error instanceof Error)) return;
    expect(error.message).toContain(folder);
    expect(error.message).toMatch(word);
    expect(error.message).not.toContain('\n');
  };

  test('missing', async () => {
    const error = await Tokenizer.load(join(folder, 'nowhere')).catch((failure: unknown) => failure);
    expectSentence(error, /is missing/);
  });

  test('cut short', async () => {
    expectSentence(await refusal((json) => JSON.stringify(json).slice(0, 1000)), /not valid JSON/);
  });

  test('another kind of model', async () => {
    expectSentence(await refusal((json) => ({ ...json, model: { type: 'WordPiece', vocab: {} } })), /model\.type/);
  });

  test('another way to cut words', async () => {
    expectSentence(
      await refusal((json) => ({ ...json, pre_tokenizer: { type: 'BertPreTokenizer' } })),
      /BertPreTokenizer/,
    );
  });

  test('no </s> at the end of a text', async () => {
    expectSentence(await refusal((json) => ({ ...json, post_processor: null })), /end-of-sequence/);
  });

  test('not a tokenizer at all', async () => {
    expectSentence(await refusal(() => []), /not a tokenizer/);
  });
});
