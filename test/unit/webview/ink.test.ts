import { expect, test } from 'vitest';
import { inkOn, relativeLuminance } from '../../../webview/ink.ts';
import { labels } from './builders.ts';

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [relativeLuminance(one), relativeLuminance(other)].sort((left, right) => left - right);
  return (light + 0.05) / (dark + 0.05);
}

test('luminance follows WCAG: black 0, white 1, and 21 : 1 between them', () => {
  expect(relativeLuminance('#000000')).toBe(0);
  expect(relativeLuminance('#ffffff')).toBeCloseTo(1);
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
});

test('a level’s number reads well on its colour, and on any grey', () => {
  const greys = Array.from({ length: 256 }, (_, value) => `#${value.toString(16).padStart(2, '0').repeat(3)}`);
  for (const colour of [...labels.map((label) => label.colour), ...greys]) {
    expect(contrast(colour, inkOn(colour, 'small'))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colour, inkOn(colour, 'large'))).toBeGreaterThanOrEqual(3);
  }
});
