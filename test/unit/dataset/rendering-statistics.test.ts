import { describe, expect, it } from 'vitest';
import { generateSynthetic } from '../../../src/dataset/index.ts';
import { describeExamples } from '../../../src/dataset/synthetic/statistics.ts';

const example = (question: string, more = {}) => ({ question, label: 'urgent', rationale: 'Pain 7: urgent.', ...more });

describe('statistics of examples', () => {
  it('count labels, styles and complaints, the most frequent first', () => {
    const { count, labels, styles, complaints } = describeExamples([
      example('one', { style: 'line', complaint: 'cough' }),
      example('two', { style: 'soap', label: 'emergent', complaint: 'cough' }),
      example('three', { style: 'soap', label: 'emergent' }),
    ]);
    expect(count).toBe(3);
    expect(Object.entries(labels)).toEqual([
      ['emergent', 2],
      ['urgent', 1],
    ]);
    expect(Object.entries(styles)).toEqual([
      ['soap', 2],
      ['line', 1],
    ]);
    expect(complaints).toEqual({ cough: 2 });
  });

  it('measure lengths in words', () => {
    const { noteWords, rationaleWords } = describeExamples([example('a'), example('a b'), example('a b c d e')]);
    expect(noteWords).toEqual({ least: 1, median: 2, nearlyAll: 5, most: 5 });
    expect(rationaleWords.most).toBe(3);
  });

  it('tell a repeated note from one that differs in its numbers only', () => {
    const statistics = describeExamples([
      example('67F, CP. HR 88', { id: 'a' }),
      example('67F, CP. HR 88', { id: 'b' }),
      example('45f CP, HR 102', { id: 'c' }),
      example('67F, cough. HR 88', { id: 'd' }),
    ]);
    expect(statistics.duplicates).toBe(1);
    expect(statistics.nearDuplicates).toBe(1);
    expect(statistics.nearDuplicatePairs).toEqual([['a', 'c']]);
  });

  it('of nothing are zero', () => {
    expect(describeExamples([])).toMatchObject({ count: 0, duplicates: 0, noteWords: { least: 0, most: 0 } });
  });

  it('of synthetic notes show hardly any near-duplicates', () => {
    const { duplicates, nearDuplicates, count } = describeExamples(generateSynthetic({ count: 5000, seed: 2 }));
    expect(duplicates).toBe(0);
    expect(nearDuplicates / count).toBeLessThan(0.03);
  });
});
