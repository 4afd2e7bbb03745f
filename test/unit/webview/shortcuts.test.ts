import { expect, test } from 'vitest';
import { commonStroke } from '../../../webview/shortcuts.ts';
import { reviewState } from './builders.ts';

const { shortcuts } = reviewState();

test('what all keys begin with is said once', () => {
  expect(commonStroke(shortcuts)).toBe('Ctrl+Alt+R');
  expect(commonStroke({ ...shortcuts, reject: null })).toBe('Ctrl+Alt+R');
});

test('keys that differ, or have one stroke alone, have nothing in common', () => {
  expect(commonStroke({ ...shortcuts, accept: 'Alt+A' })).toBeNull();
  expect(commonStroke({ ...shortcuts, accept: 'Ctrl+K A' })).toBeNull();
  const none = Object.fromEntries(Object.keys(shortcuts).map((command) => [command, null])) as typeof shortcuts;
  expect(commonStroke({ ...none, accept: 'Ctrl+Alt+R A' })).toBeNull();
  expect(commonStroke(undefined)).toBeNull();
});
