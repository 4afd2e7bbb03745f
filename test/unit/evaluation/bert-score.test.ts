import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { UserError } from '../../../src/common/index.ts';
import { bertScores, openEncoder, type TokenEncoder } from '../../../src/evaluation/index.ts';

const vocabulary = ['<s>', '</s>', 'fast', 'pulse', 'heart', 'rate'];

/** Each word is a direction of its own, but for `pulse`, which lies halfway between `heart` and `rate`. */
const encoder: TokenEncoder = {
  name: 'by hand',
  weightless: new Set([0, 1]),
  specialTokens: 2,
  tokenize: (text) => [0, ...text.split(' ').flatMap((word) => (word === '' ? [] : vocabulary.indexOf(word))), 1],
  embed: async (text) => {
    const ids = encoder.tokenize(text);
    const width = vocabulary.length;
    const vectors = new Float32Array(ids.length * width);
    for (const [row, id] of ids.entries()) {
      if (vocabulary[id] === 'pulse') vectors.set([3, 3], row * width + 4);
      else vectors[row * width + id] = 2;
    }
    return { ids, vectors, width };
  },
  release: async () => undefined,
};

const score = async (reference: string, hypothesis: string) =>
  (await bertScores([{ reference, hypothesis }], encoder))[0];

describe('BERTScore', () => {
  it('matches each token with the closest of the other text, by cosine alone', async () => {
    const halfway = Math.SQRT1_2;
    const result = await score('heart rate fast', 'pulse fast');
    expect(result?.precision).toBeCloseTo((halfway + 1) / 2, 6);
    expect(result?.recall).toBeCloseTo((halfway + halfway + 1) / 3, 6);
  });

  it('is 1 for the same words in another order, and 0 where either says nothing', async () => {
    expect((await score('heart rate fast', 'fast heart rate'))?.f1).toBeCloseTo(1, 6);
    const nothing = { precision: 0, recall: 0, f1: 0 };
    expect(await score('heart rate', '')).toEqual(nothing);
    expect(await score('', 'heart rate')).toEqual(nothing);
    expect(await score('', '')).toEqual(nothing);
  });

  it('weighs a word that all references have as nothing, when asked for rarity', async () => {
    const pairs = [
      { reference: 'fast heart', hypothesis: 'fast rate' },
      { reference: 'fast rate', hypothesis: 'fast rate' },
    ];
    const [first, second] = await bertScores(pairs, encoder, { idf: true });
    expect(first?.precision).toBeCloseTo(0, 6);
    expect(second?.f1).toBeCloseTo(1, 6);
  });

  it('has no score where every word weighs nothing', async () => {
    const same = { reference: 'fast', hypothesis: 'fast' };
    expect(await bertScores([same, same], encoder, { idf: true })).toEqual([null, null]);
  });

  it('stops when it is aborted', async () => {
    const pairs = [{ reference: 'fast', hypothesis: 'fast' }];
    await expect(bertScores(pairs, encoder, { signal: AbortSignal.abort() })).rejects.toThrow();
  });
});

describe('a folder that holds no encoder', () => {
  const golden = new URL('../../golden/metrics/bert-score/', import.meta.url).pathname;
  it.each<[string, (folder: string) => void, RegExp]>([
    ['for want of a configuration', () => undefined, /config\.json is missing/],
    [
      'for a damaged configuration',
      (folder) => writeFileSync(join(folder, 'config.json'), '{'),
      /config\.json is damaged/,
    ],
    [
      'for want of a tokenizer',
      (folder) => writeFileSync(join(folder, 'config.json'), '{"model_type":"roberta"}'),
      /tokenizer\.json is missing/,
    ],
  ])('%s is refused in one sentence', async (_, make, what) => {
    const folder = mkdtempSync(join(tmpdir(), 'encoder-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    make(folder);
    const failure = await openEncoder(folder).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UserError);
    expect(String(failure)).toMatch(what);
  });

  it('for want of a graph is refused', async () => {
    await expect(openEncoder(join(golden, 't5'))).rejects.toThrow(/holds no encoder in ONNX/);
  });
});
