import { expect, test } from 'vitest';
import { decisionText, percent, stateText } from '../../../webview/text.ts';
import { labels } from './builders.ts';

test('a probability that is not quite none or all is not shown as none or all', () => {
  expect([0, 0.004, 0.005, 0.823, 0.995, 0.9951, 1].map(percent)).toEqual([
    '0 %',
    '< 1 %',
    '1 %',
    '82 %',
    '> 99 %',
    '> 99 %',
    '100 %',
  ]);
});

test('a prediction is never called a review', () => {
  expect(stateText('predicted')).toBe('predicted, not reviewed');
});

test('a decision names its level, also when the label is not one of the model’s any more', () => {
  expect(decisionText({ action: 'corrected', labelId: 'urgent' }, labels)).toBe('corrected to 3 urgent');
  expect(decisionText({ action: 'corrected', labelId: 'gone' }, labels)).toBe('corrected');
});
