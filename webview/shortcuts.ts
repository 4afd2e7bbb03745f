import type { ReviewState } from '../src/extension/sidebar/messages.ts';

/**
 * What every key of the page begins with, such as `Ctrl+Alt+R` of `Ctrl+Alt+R A`: it is said once, and the rest stands beside
 * what it does. Null when the keys have nothing in common.
 */
export function commonStroke(shortcuts: ReviewState['shortcuts'] | undefined): string | null {
  const keys = Object.values(shortcuts ?? {}).flatMap((key) => (key === null ? [] : [key.split(' ')]));
  const [first = ''] = keys[0] ?? [];
  const areAlike = keys.length > 1 && keys.every((strokes) => strokes.length === 2 && strokes[0] === first);
  return areAlike ? first : null;
}
