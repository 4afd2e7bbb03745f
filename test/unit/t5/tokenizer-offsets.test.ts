import { describe, expect, test } from 'vitest';
import {
  type AlignedText,
  alignIdentity,
  alignNormalized,
  alignPieces,
  alignReplaced,
  spanOf,
  unitsOfByteTokens,
} from '../../../src/t5/token-offsets.ts';

const nfkc = (text: string) => text.normalize('NFKC');

/** The text and, for each code unit, the part of the original that it stands for. */
function places(original: string, aligned: AlignedText): [string, string][] {
  return Array.from({ length: aligned.text.length }, (_, unit) => [
    aligned.text.charAt(unit),
    original.slice(...spanOf(aligned, unit, unit + 1)),
  ]);
}

describe('Unicode normalisation', () => {
  test('a composed letter stands for the letter and its accents', () => {
    const text = 'cafe\u0301 o\u0302';
    expect(places(text, alignNormalized(alignIdentity(text), nfkc))).toEqual([
      ['c', 'c'],
      ['a', 'a'],
      ['f', 'f'],
      ['é', 'e\u0301'],
      [' ', ' '],
      ['ô', 'o\u0302'],
    ]);
  });

  test('letters of a ligature share its place', () => {
    const text = 'aﬁb';
    expect(places(text, alignNormalized(alignIdentity(text), nfkc))).toEqual([
      ['a', 'a'],
      ['f', 'ﬁ'],
      ['i', 'ﬁ'],
      ['b', 'b'],
    ]);
  });

  test('Hangul jamo and half-width voiced kana compose', () => {
    const text = '\u1112\u1161\u11abﾊﾞ';
    expect(places(text, alignNormalized(alignIdentity(text), nfkc))).toEqual([
      ['한', '\u1112\u1161\u11ab'],
      ['バ', 'ﾊﾞ'],
    ]);
  });

  test('where a deleted character parts letter and accent, the whole word is one segment', () => {
    const text = 'le\u0001\u0301 x';
    const deleting = (part: string) => part.replaceAll('\u0001', '').normalize('NFC');
    expect(places(text, alignNormalized(alignIdentity(text), deleting))).toEqual([
      ['l', 'le\u0001\u0301'],
      ['é', 'le\u0001\u0301'],
      [' ', ' '],
      ['x', 'x'],
    ]);
  });
});

test('of collapsed spaces the one before the word remains', () => {
  const aligned = alignReplaced(alignIdentity('a   b'), / {2,}/gu, ' ');
  expect(aligned.text).toBe('a b');
  expect([...aligned.starts]).toEqual([0, 3, 4]);
  expect([...aligned.ends]).toEqual([1, 4, 5]);
});

test('steps compose: collapsed spaces after a ligature', () => {
  const normalized = alignNormalized(alignIdentity('ﬁ  x', 10), nfkc);
  const aligned = alignReplaced(normalized, / {2,}/gu, ' ');
  expect(aligned.text).toBe('fi x');
  expect([...aligned.starts]).toEqual([10, 10, 12, 13]);
});

describe('pieces with a symbol for spaces', () => {
  test('a symbol put before a word shares the place of its first character', () => {
    const aligned = alignPieces(alignIdentity('👍 ok'), ['▁👍', '▁ok'], { spaceSymbol: '▁', skipsWhitespace: true });
    expect(aligned.text).toBe('▁👍▁ok');
    expect([...aligned.starts]).toEqual([0, 0, 0, 3, 3, 4]);
    expect([...aligned.ends]).toEqual([2, 2, 2, 4, 4, 5]);
  });

  test('a symbol that stands for a space has the place of the space', () => {
    const aligned = alignPieces(alignIdentity('a b'), ['▁a', '▁b'], { spaceSymbol: '▁', skipsWhitespace: false });
    expect([...aligned.starts]).toEqual([0, 0, 1, 2]);
  });
});

test('byte tokens that share an emoji each cover all of it', () => {
  // "a" is 1 byte, the emoji 4, "é" 2: tokens of 1+2, 2, 1 and 1 bytes.
  expect(unitsOfByteTokens('a👍é', [3, 2, 1, 1])).toEqual([0, 3, 1, 3, 3, 4, 3, 4]);
});
