import { Random } from '../../src/common/index.ts';
import type { Example } from '../../src/dataset/index.ts';

/** Parts of about the same size, drawn at random from a fixed seed; examples with the same note stay together. */
export function foldsOf(examples: readonly Example[], count: number): Example[][] {
  const groups = Map.groupBy(examples, ({ question }) => question);
  const folds = Array.from({ length: count }, (): Example[] => []);
  for (const group of new Random(1).shuffle([...groups.values()])) {
    const smallest = folds.reduce((least, fold) => (fold.length < least.length ? fold : least));
    smallest.push(...group);
  }
  return folds;
}
