import { expect, test } from 'vitest';
import { wordDifference } from '../../../webview/difference.ts';

test('names the words that were removed and those that were added', () => {
  expect(wordDifference('The calf is red and warm.', 'The calf is swollen and warm.')).toEqual([
    { kind: 'same', text: 'The calf is ' },
    { kind: 'removed', text: 'red' },
    { kind: 'added', text: 'swollen' },
    { kind: 'same', text: ' and warm.' },
  ]);
});

test('says nothing where only white space differs', () => {
  expect(wordDifference('The calf is red.', 'The  calf\nis red.')).toEqual([]);
});

test('gives back the reviewer’s text when nothing is shortened and the removed words are left out', () => {
  const reviewer = 'Pulmonary embolism until excluded, SpO₂ 89 %.';
  const parts = wordDifference('Raises pulmonary embolism, SpO₂ 89 %.', reviewer) ?? [];
  const kept = parts.filter(({ kind }) => kind !== 'removed').map(({ text }) => text);
  expect(kept.join('').toLowerCase()).toBe(reviewer.toLowerCase());
});

test('shortens what did not change to the words beside a change', () => {
  const words = 'one two three four five six seven eight nine ten eleven twelve';
  const parts = wordDifference(`before ${words} after`, `first ${words} last`);
  expect(parts?.[2]).toEqual({ kind: 'same', text: ' one two three four … nine ten eleven twelve ' });
});

test('holds text that looks like HTML as plain text', () => {
  expect(wordDifference('fever', 'fever <script>alert(1)</script>')?.[1]?.text).toContain('<script>');
});

test('gives up on texts that take too long to compare while typing', () => {
  const text = (seed: number) => Array.from({ length: 40_000 }, (_, index) => `w${(index * seed) % 39_989}`).join(' ');
  expect(wordDifference(text(7), text(11))).toBeUndefined();
});
