import { expect, test } from 'vitest';
import { foldsOf } from '../../../bench/ktas/folds.ts';

const examples = Array.from({ length: 23 }, (_, i) => ({ question: `note ${i >> 1}`, label: 'urgent', rationale: '' }));

test('folds are about as large as one another, and together hold every example once', () => {
  const folds = foldsOf(examples, 5);
  expect(folds.flat()).toHaveLength(examples.length);
  expect(new Set(folds.flat())).toEqual(new Set(examples));
  for (const fold of folds) expect(Math.abs(fold.length - examples.length / 5)).toBeLessThan(2);
});

test('the same note never lies in two folds', () => {
  const questions = foldsOf(examples, 5).map((fold) => new Set(fold.map(({ question }) => question)));
  const whole = new Set(examples.map(({ question }) => question));
  expect(questions.reduce((sum, { size }) => sum + size, 0)).toBe(whole.size);
});
