import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Random, UserError } from '../../../src/common/index.ts';
import { byteSymbols, toByteSymbols } from '../../../src/t5/byte-level.ts';
import { type CountedWord, learnMerges } from '../../../src/t5/byte-pair-merges.ts';
import { Tokenizer } from '../../../src/t5/tokenizer.ts';
import { saveTokenizer, tokenizerFiles, trainTokenizer, wholeNumberTokens } from '../../../src/t5/tokenizer-trainer.ts';

const notes = [
  'Chest pain, BP 148/92, HR 112, T 38.6 C.',
  'Chest pain and fever, T 39.1 C, HR 98.',
  'No chest pain. Fever, fever, fever.\nPain 7/10.',
];

function parse(tokenizer: ReturnType<typeof trainTokenizer>): Tokenizer {
  const files = tokenizerFiles(tokenizer);
  return Tokenizer.parse(files.get('tokenizer.json') ?? '', files.get('tokenizer_config.json'));
}

const tokenizer = parse(trainTokenizer(notes, { vocabularySize: 760 }));
const tokensOf = (text: string) =>
  tokenizer
    .encodeIds(text)
    .slice(0, -1)
    .map((id) => tokenizer.tokenOf(id));

describe('numbers', () => {
  test('0 to 300 and 30.0 to 43.9 are one token each, with a space before them or not', () => {
    const numbers = [
      ...Array.from({ length: 301 }, (_, value) => `${value}`),
      ...Array.from({ length: 140 }, (_, tenths) => `${30 + Math.floor(tenths / 10)}.${tenths % 10}`),
    ];
    expect(numbers).toHaveLength(441);
    for (const number of numbers) {
      expect(tokensOf(number)).toEqual([number]);
      expect(tokensOf(`(${number})`)).toEqual(['(', number, ')']);
      expect(tokensOf(` ${number}`)).toEqual(['Ġ', number]);
    }
  });

  test('a slash and a unit stand apart from them', () => {
    expect(tokensOf('128/76')).toEqual(['128', '/', '76']);
    expect(tokensOf('38.6C')).toEqual(['38.6', 'C']);
  });

  test('others fall to pieces', () => {
    expect(tokensOf('1234')).toEqual(['12', '34']);
    expect(tokensOf('36.50')).toEqual(['36.5', '0']);
    expect(tokensOf('98.6')).toEqual(['98', '.6']);
    expect(tokensOf('301')).toEqual(['30', '1']);
  });

  test('values of number tokens are found by id', () => {
    const values = wholeNumberTokens(tokenizer);
    expect(values.size).toBe(441);
    expect(values.get(tokenizer.encodeIds('128')[0] ?? -1)).toBe(128);
    expect(values.get(tokenizer.encodeIds('38.6')[0] ?? -1)).toBe(38.6);
    for (const [id, value] of values) expect(Number(tokenizer.tokenOf(id))).toBe(value);
  });
});

describe('learned tokens', () => {
  test('frequent words are whole, with the space that precedes them', () => {
    expect(tokensOf('Chest pain')).toEqual(['Chest', 'Ġpain']);
    expect(tokensOf(' fever, fever')).toEqual(['Ġfever', ',', 'Ġfever']);
  });

  test('never cross a line break or punctuation', () => {
    expect(tokensOf('fever\n\tfever.')).toEqual(['f', 'ever', 'Ċ', 'ĉ', 'f', 'ever', '.']);
    const learned = Array.from({ length: tokenizer.vocabularySize }, (_, id) => tokenizer.tokenOf(id) ?? '').slice(259);
    for (const token of learned) expect(token).toMatch(/^(\.?[0-9]+|[0-9]+\.[0-9]|Ġ?(\p{L}+|[^\p{L}0-9]))$/u);
  });

  test('may be called as properties of every JavaScript object are', () => {
    const words = ['constructor', 'prototype', 'toString'];
    const trained = parse(trainTokenizer(words, { vocabularySize: 1000, leastCount: 1 }));
    for (const word of words) {
      const ids = trained.encodeIds(word);
      expect(ids).toHaveLength(2);
      expect(ids).not.toContain(trained.unkId);
      expect(trained.decode(ids)).toBe(word);
    }
  });

  test('all 256 bytes are in the vocabulary', () => {
    expect(new Set(byteSymbols).size).toBe(256);
    expect(byteSymbols.map((_, byte) => tokenizer.tokenOf(3 + byte))).toEqual(byteSymbols);
  });
});

test('byte symbols are those of GPT-2', () => {
  expect(toByteSymbols(' é\n\u0000~')).toBe('ĠÃ©ĊĀ~');
});

test('the same texts give the same tokenizer', () => {
  expect(JSON.stringify(trainTokenizer(notes, { vocabularySize: 750 }))).toBe(
    JSON.stringify(trainTokenizer([...notes], { vocabularySize: 750 })),
  );
});

test('the vocabulary has the asked size, or fewer tokens where the text has no more pairs', () => {
  expect(tokenizer.vocabularySize).toBeLessThanOrEqual(760);
  expect(parse(trainTokenizer(notes, { vocabularySize: 710 })).vocabularySize).toBe(710);
  expect(parse(trainTokenizer([], { vocabularySize: 5000 })).vocabularySize).toBe(700);
});

test('a vocabulary without room for bytes and numbers is refused', () => {
  expect(() => trainTokenizer(notes, { vocabularySize: 699 })).toThrow(UserError);
});

test('a saved tokenizer is loaded as it was', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tokenizer-'));
  try {
    await saveTokenizer(folder, trainTokenizer(notes, { vocabularySize: 760 }));
    const loaded = await Tokenizer.load(folder);
    expect(loaded.fingerprint).toBe(tokenizer.fingerprint);
    expect(loaded.encodeIds('Fever </s> 128')).toEqual(tokenizer.encodeIds('Fever </s> 128'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

describe('byte-pair merges', () => {
  /** The definition, counting all pairs anew before every merge. */
  function mergesByDefinition(words: CountedWord[], vocabulary: string[], size: number, leastCount: number) {
    const merges: [string, string][] = [];
    while (vocabulary.length < size) {
      const counts = new Map<string, number>();
      for (const { ids, count } of words) {
        for (let at = 0; at + 1 < ids.length; at++) {
          const key = `${ids[at]} ${ids[at + 1]}`;
          counts.set(key, (counts.get(key) ?? 0) + count);
        }
      }
      const pairs = Array.from(counts, ([key, count]) => ({ pair: key.split(' ').map(Number), count }));
      pairs.sort((a, b) => b.count - a.count || sub(a.pair[0], b.pair[0]) || sub(a.pair[1], b.pair[1]));
      const best = pairs[0];
      if (best === undefined || best.count < leastCount) break;
      const [left = 0, right = 0] = best.pair;
      const token = `${vocabulary[left]}${vocabulary[right]}`;
      if (!vocabulary.includes(token)) vocabulary.push(token);
      merges.push([vocabulary[left] ?? '', vocabulary[right] ?? '']);
      for (const word of words) {
        for (let at = 0; at + 1 < word.ids.length; at++) {
          if (word.ids[at] === left && word.ids[at + 1] === right) word.ids.splice(at, 2, vocabulary.indexOf(token));
        }
      }
    }
    return merges;
  }
  const sub = (a = 0, b = 0) => a - b;

  test('learned incrementally are those of the definition', () => {
    const random = new Random(7);
    for (let round = 0; round < 60; round++) {
      const words = (): CountedWord[] => drawn.map(({ ids, count }) => ({ ids: [...ids], count }));
      const drawn = Array.from({ length: random.integer(1, 25) }, () => ({
        ids: Array.from({ length: random.integer(1, 12) }, () => random.integer(0, 3)),
        count: random.integer(1, 4),
      }));
      const vocabulary = [...'abcd'];
      const expectedVocabulary = [...'abcd'];
      const merges = learnMerges(words(), vocabulary, { size: 30, leastCount: 2 });
      expect(merges).toEqual(mergesByDefinition(words(), expectedVocabulary, 30, 2));
      expect(vocabulary).toEqual(expectedVocabulary);
    }
  });
});
