import { describe, expect, test } from 'vitest';
import { bothWords, keepsToWords, NoteWords, OwnWords, rationaleWordsOf } from '../../../src/triage/grounded-words.ts';

describe('the words that rationales have of their own', () => {
  const examples = ['icterus', 'chest pain', 'a lump'].map((complaint, i) => ({
    question: `CC: ${complaint}. HR ${i}`,
    rationale: `Given ${complaint} alone: urgent.`,
  }));

  test('are those that are not in the note, in three examples at least, as they are written', () => {
    expect(rationaleWordsOf(examples)).toEqual({ own: ['Given', 'alone', 'urgent'], closing: ['alone'] });
    expect(rationaleWordsOf(examples.slice(1))).toEqual({ own: [], closing: [] });
  });

  test('count an example once that is shown several times, and none without a rationale', () => {
    const [first] = examples;
    if (first === undefined) throw new Error('no example');
    const shown = [
      first,
      first,
      first,
      ...examples.map(({ question }) => ({ question: `${question}.`, rationale: '' })),
    ];
    expect(rationaleWordsOf(shown)).toEqual({ own: [], closing: [] });
  });

  test('of two trainings are those of both', () => {
    const other = { own: ['because', 'Given'], closing: [] };
    expect(bothWords(rationaleWordsOf(examples), other)).toEqual({
      own: ['Given', 'alone', 'because', 'urgent'],
      closing: ['alone'],
    });
  });
});

describe('a rationale in the making', () => {
  const own = new OwnWords({ own: ['Given', 'possible', 'pain', 'alone', 'red'], closing: ['alone'] }, ['less urgent']);
  const note = new NoteWords('78M. CC: Crushing chest pain, rad to L arm. LEG rash');
  const mayBegin = (text: string) => keepsToWords(text, note, own, false);
  const isWhole = (text: string) => keepsToWords(text, note, own, true);

  test('may have words of its own kind, of the labels and of the note', () => {
    expect(isWhole('Given Crushing chest pain alone: less urgent')).toBe(true);
  });

  test('may write the note’s words small', () => {
    expect(isWhole('Given crushing chest pain, leg rash')).toBe(true);
    expect(isWhole('Given CRUSHING')).toBe(false);
  });

  test('may begin a word that goes on so, and not end there', () => {
    for (const begun of ['Giv', 'Given Cru', 'Given rad to L ar', 'poss']) {
      expect(mayBegin(begun), begun).toBe(true);
      expect(isWhole(begun), begun).toBe(false);
      expect(mayBegin(`${begun}, `), begun).toBe(false);
    }
  });

  test('may not begin a word that nobody has', () => {
    for (const begun of ['Given crux', 'Given viper', 'Possible']) expect(mayBegin(begun), begun).toBe(false);
  });

  test('quotes the note in its order, as far as nothing parts the words', () => {
    expect(mayBegin('Given Crushing arm')).toBe(false);
    expect(mayBegin('Given Crushing, arm')).toBe(true);
    expect(mayBegin('Given arm')).toBe(true);
  });

  test('goes on after a quotation only with what closes one', () => {
    expect(mayBegin('Given rad alone')).toBe(true);
    expect(mayBegin('Given rad possible')).toBe(false);
    expect(mayBegin('Given rad: possible')).toBe(true);
  });

  test('has no word twice in a row', () => {
    expect(mayBegin('red red')).toBe(false);
    expect(mayBegin('red, red')).toBe(true);
  });
});
