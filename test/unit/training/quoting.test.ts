import { describe, expect, test } from 'vitest';
import { quotingExamples } from '../../../src/training/quoting.ts';
import { syntheticExamples } from './tiny.ts';

const notes = syntheticExamples(200);
const examples = quotingExamples(notes, 400, 7);

describe('examples of quoting', () => {
  test('ask for the note itself', () => {
    for (const { question, rationale } of examples) expect(rationale).toBe(`Said: ${question}`);
  });

  test('are never the same, and do not say what the level is', () => {
    expect(new Set(examples.map(({ question }) => question)).size).toBe(examples.length);
    expect(new Set(examples.map(({ label }) => label))).toEqual(new Set(['']));
  });

  test('are mostly of the words of the notes, with numbers and words that no note has', () => {
    const known = new Set(notes.flatMap(({ question }) => question.toLowerCase().match(/[a-z]{2,}/g) ?? []));
    const words = examples.flatMap(({ question }) => question.toLowerCase().match(/[a-z0-9]+/g) ?? []);
    const share = (accept: (word: string) => boolean) => words.filter(accept).length / words.length;
    const isNumber = (word: string) => /^\d+$/.test(word);
    expect(share((word) => known.has(word))).toBeGreaterThan(0.7);
    expect(share(isNumber)).toBeGreaterThan(0.05);
    expect(share((word) => !known.has(word) && !isNumber(word))).toBeGreaterThan(0.1);
  });

  test('are the same for the same seed, and others for another', () => {
    expect(quotingExamples(notes, 400, 7)).toEqual(examples);
    expect(quotingExamples(notes, 400, 8)).not.toEqual(examples);
  });

  test('can be had of notes without a word', () => {
    const [example] = quotingExamples([{ question: '12/34', label: 'urgent', rationale: '' }], 1, 7);
    expect(example?.rationale).toMatch(/^Said: [a-z]/);
  });
});
