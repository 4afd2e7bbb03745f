import { describe, expect, test } from 'vitest';
import { repeatsItself, wholeSentences } from '../../../src/triage/repetition.ts';

describe('a text', () => {
  test.each([
    [
      'that begins a sentence as an earlier one',
      'Given silent chest: severe distress. HR 142 is fast. Given silent chest: severe distress',
    ],
    ['that says a run of words twice in a sentence', 'There is raging, quietens when spoken to spoken to spoken to'],
  ])('%s repeats itself', (_, text) => {
    expect(repeatsItself(text)).toBe(true);
  });

  test.each([
    [
      'sentences of one form',
      'HR 112 is fast: urgent. RR 28 is very fast: emergent. Given a lump alone: urgent. Given a lump in pain: urgent.',
    ],
    ['a decimal number', 'Temperature 38.6 is fever. Temperature 38.6'],
    ['nothing', ''],
  ])('with %s does not', (_, text) => {
    expect(repeatsItself(text)).toBe(false);
  });
});

describe('a text that was cut off', () => {
  test('loses the sentence that is not finished', () => {
    expect(wholeSentences('HR 142 is fast. Temperature 38.6 is')).toBe('HR 142 is fast.');
  });

  test('loses the sentence that repeats another', () => {
    const said = 'Given silent chest: severe distress.';
    expect(wholeSentences(`${said} HR 142 is fast. ${said}`)).toBe(`${said} HR 142 is fast.`);
  });

  test('is left as it is where it ends with a sentence, or has but one', () => {
    for (const text of ['HR 142 is fast. It is urgent.', 'HR 142 is', '']) expect(wholeSentences(text)).toBe(text);
  });
});
