import { describe, expect, test } from 'vitest';
import {
  keepsToNumbers,
  namedNumbers,
  withoutCutNumber,
  writtenNumbers,
} from '../../../src/triage/grounded-numbers.ts';

describe('numbers of a note', () => {
  test('are found where they are run together with words', () => {
    expect([...writtenNumbers('56F HR128 BT 38.6, x3d')]).toEqual(['56', '128', '38.6', '3']);
  });
});

describe('numbers of a rationale', () => {
  test('do not include the figures of a name', () => {
    expect(namedNumbers('SpO2 91% and BP 92/60.')).toEqual(['91', '92', '60']);
  });
});

describe('a rationale in the making', () => {
  const note = writtenNumbers('HR 118, BP 92/60, BT 38.6');
  const mayBegin = (text: string) => keepsToNumbers(text, note, false);

  test('may name numbers of the note', () => {
    expect(mayBegin('HR 118, BP 92/60, temperature 38.6: ')).toBe(true);
  });

  test('may begin a number that the note goes on with', () => {
    for (const begun of ['HR 1', 'HR 11', 'temperature 38', 'temperature 38.'])
      expect(mayBegin(begun), begun).toBe(true);
  });

  test('may not begin a number that the note never has', () => {
    for (const begun of ['HR 12', 'HR 1189', 'temperature 38.7', 'BP 9/']) expect(mayBegin(begun), begun).toBe(false);
  });

  test('may not leave a number unfinished', () => {
    expect(mayBegin('HR 11 is')).toBe(false);
    expect(keepsToNumbers('HR 11', note, true)).toBe(false);
    expect(keepsToNumbers('HR 118', note, true)).toBe(true);
  });

  test('may end a sentence with a number', () => {
    expect(mayBegin('the rate is 118.')).toBe(true);
    expect(keepsToNumbers('the rate is 118.', note, true)).toBe(true);
    expect(keepsToNumbers('the rate is 38.', note, true)).toBe(false);
  });

  test('names none where the note has none', () => {
    expect(keepsToNumbers('Age 4', writtenNumbers('chest pain'), false)).toBe(false);
  });
});

describe('a rationale that was cut off', () => {
  const inNote = writtenNumbers('HR 118, T 38.6');

  test('loses a number of which only the beginning is there', () => {
    expect(withoutCutNumber('HR 118 is fast, T 3', inNote)).toBe('HR 118 is fast, T');
    expect(withoutCutNumber('HR 118 is fast, T 38.', inNote)).toBe('HR 118 is fast, T');
  });

  test('stays as it is when its last number is whole, or it ends in words', () => {
    for (const text of ['HR 118', 'HR 118 is fast, T 38.6', 'HR 118 is fa']) {
      expect(withoutCutNumber(text, inNote)).toBe(text);
    }
  });
});
