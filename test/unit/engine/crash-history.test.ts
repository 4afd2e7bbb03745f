import { expect, test } from 'vitest';
import { CrashHistory } from '../../../src/engine/crash-history.ts';

const second = 1000;

test('a request is refused after three crashes within a minute, and others are not', () => {
  const history = new CrashHistory();
  for (const time of [0, 10, 20]) {
    expect(history.refusalOf('a', time * second)).toBeUndefined();
    history.crashed('a', time * second);
  }
  expect(history.refusalOf('a', 21 * second)).toMatch(/3 times within a minute/);
  expect(history.refusalOf('b', 21 * second)).toBeUndefined();
});

test('it may be tried again when the first of the three is a minute old', () => {
  const history = new CrashHistory();
  for (const time of [0, 10, 20]) history.crashed('a', time * second);
  expect(history.refusalOf('a', 59 * second)).toBeDefined();
  expect(history.refusalOf('a', 60 * second)).toBeUndefined();
  history.crashed('a', 61 * second);
  expect(history.refusalOf('a', 62 * second)).toBeDefined();
});

test('three crashes in more than a minute are no reason to refuse', () => {
  const history = new CrashHistory();
  for (const time of [0, 40, 80]) history.crashed('a', time * second);
  expect(history.refusalOf('a', 81 * second)).toBeUndefined();
});

test('after five crashes in a row everything is refused for a minute', () => {
  const history = new CrashHistory();
  for (const name of ['a', 'b', 'c', 'd']) history.crashed(name, 0);
  expect(history.refusal(0)).toBeUndefined();
  history.crashed('e', second);
  expect(history.refusalOf('f', 2 * second)).toMatch(/5 times in a row/);
  expect(history.refusalOf('f', 61 * second)).toBeUndefined();
  history.crashed('f', 62 * second);
  expect(history.refusalOf('g', 63 * second)).toMatch(/6 times in a row/);
});

test('an answer in between ends the row', () => {
  const history = new CrashHistory();
  for (const name of ['a', 'b', 'c', 'd']) history.crashed(name, 0);
  history.answered();
  history.crashed('e', 0);
  expect(history.refusal(0)).toBeUndefined();
});
