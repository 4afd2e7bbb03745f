import { readFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  bertScores,
  corpusBleu,
  countForCorpusBleu,
  meanSentenceBleu,
  openEncoder,
  type PairScore,
  type RationalePair,
  rougeL,
  sentenceBleu,
  sentences,
  treebankWords,
} from '../../src/evaluation/index.ts';
import { readConfig, writeGraphs } from '../../src/t5/index.ts';

function golden<Content>(name: string): Content {
  return JSON.parse(readFileSync(new URL(`metrics/${name}.json`, import.meta.url), 'utf8'));
}

const digits = 12;

describe("words are those of NLTK's word_tokenize", () => {
  const { texts } = golden<{
    texts: readonly { text: string; sentences: readonly string[]; words: readonly string[] }[];
  }>('words');

  it('finds the sentences that Punkt finds', () => {
    for (const { text, sentences: expected } of texts) expect(sentences(text)).toEqual(expected);
  });

  it('splits them as the Penn Treebank does', () => {
    for (const { text, words } of texts) expect(treebankWords(text)).toEqual(words);
  });
});

describe('sentence BLEU', () => {
  const { pairs, mean } = golden<{ pairs: readonly (RationalePair & { bleu: number })[]; mean: number }>('bleu');

  it('agrees with NLTK for every pair', () => {
    for (const { reference, hypothesis, bleu } of pairs) {
      expect(sentenceBleu(reference, hypothesis), `${reference} | ${hypothesis}`).toBeCloseTo(bleu, digits);
    }
    expect(meanSentenceBleu(pairs)).toBeCloseTo(mean, digits);
  });

  it('is 1 for the same text of four words or more, and 0 for an empty one', () => {
    expect(sentenceBleu('Heart rate is fast', 'heart rate  is fast')).toBeCloseTo(1, digits);
    expect(sentenceBleu('heart rate is fast', '')).toBe(0);
    expect(sentenceBleu('', '')).toBe(0);
  });

  it('has no mean without a pair', () => {
    expect(meanSentenceBleu([])).toBeNull();
  });
});

describe('corpus BLEU agrees with sacreBLEU', () => {
  const { corpora } = golden<{
    corpora: readonly { name: string; pairs: readonly RationalePair[]; score: number }[];
  }>('corpus-bleu');

  it.each(corpora)('$name', ({ pairs, score }) => {
    const counts = pairs.map(countForCorpusBleu);
    const summed = (counts[0] ?? []).map((_, i) => counts.reduce((sum, row) => sum + (row[i] ?? 0), 0));
    // sacreBLEU prints percent.
    expect(100 * corpusBleu(summed)).toBeCloseTo(score, 10);
  });
});

describe('ROUGE-L agrees with rouge_score', () => {
  const { pairs } = golden<{ pairs: readonly (RationalePair & { rougeL: number })[] }>('rouge');

  it('for every pair', () => {
    for (const { reference, hypothesis, rougeL: expected } of pairs) {
      expect(rougeL(reference, hypothesis), `${reference} | ${hypothesis}`).toBeCloseTo(expected, digits);
    }
  });
});

describe('BERTScore agrees with bert_score', () => {
  const { pairs, encoders } = golden<{
    pairs: readonly RationalePair[];
    encoders: readonly {
      name: string;
      ids: readonly number[];
      plain: readonly PairScore[];
      idf: readonly PairScore[];
    }[];
  }>('bert-score/expected');
  // Both compute in float32, in another order.
  const float32Digits = 5;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bert-score-'));
    await cp(new URL('metrics/bert-score', import.meta.url), folder, { recursive: true });
    await writeGraphs(join(folder, 't5'), await readConfig(join(folder, 't5')));
  });
  afterAll(() => rm(folder, { recursive: true }));

  describe.each(encoders)('with the encoder $name', ({ name, ids, plain, idf }) => {
    it('reads the same tokens, cut to what it can read', async () => {
      const encoder = await openEncoder(join(folder, name));
      expect(encoder.tokenize(pairs[0]?.reference ?? '')).toEqual(ids);
      await encoder.release();
    });

    it.each([
      ['every token alike', plain, false],
      ['rare tokens more', idf, true],
    ] as const)('weighing %s', async (_, expected, weighed) => {
      const encoder = await openEncoder(join(folder, name));
      const scores = await bertScores(pairs, encoder, { idf: weighed });
      await encoder.release();
      expect(scores).toHaveLength(pairs.length);
      for (const [i, score] of scores.entries()) {
        // bert_score measures T5's end token against a text where nothing was written; here that scores 0.
        const nothing = { precision: 0, recall: 0, f1: 0 };
        const { precision, recall, f1 } = (pairs[i]?.hypothesis === '' ? nothing : expected[i]) ?? nothing;
        expect(score?.precision, `pair ${i}`).toBeCloseTo(precision, float32Digits);
        expect(score?.recall, `pair ${i}`).toBeCloseTo(recall, float32Digits);
        expect(score?.f1, `pair ${i}`).toBeCloseTo(f1, float32Digits);
      }
    });
  });
});
