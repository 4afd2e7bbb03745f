import type { Example } from '../dataset/index.ts';
import type { ModelLabel } from '../triage/index.ts';
import { readAll } from './examples-file.ts';
import { textKey } from './gather.ts';
import { cook, isAcuity, type Recipe, requireAcuity } from './recipe.ts';

export interface ReplayOptions {
  readonly recipe: Recipe;
  readonly labels: readonly ModelLabel[];
  readonly count: number;
  readonly seed: number;
  /** Files of examples of the user's, shown beside the synthetic notes. */
  readonly files: readonly string[];
  /** `textKey` of the notes that the model will be asked about. */
  readonly held: ReadonlySet<string>;
}

/** Far from the seeds of the recipes, whose notes the model has seen. */
const seedOffset = 3_000_017;

/**
 * Examples of what the model learnt before, so that it does not forget it over the corrections: new notes of its own recipe, and
 * the user's examples. None of them is a note that it will be asked about.
 */
export async function makeReplay({ recipe, labels, count, seed, files, held }: ReplayOptions): Promise<Example[]> {
  if (files.length === 0) requireAcuity(labels, 'name examples to show beside the corrections by --examples FILE');
  const texts = labels.map(({ text }) => text);
  const own = (await Promise.all(files.map((file) => readAll(file, texts)))).flat();
  const synthetic = isAcuity(labels) ? cook(recipe, count, seedOffset + seed) : [];
  return [...synthetic, ...own].filter(({ question }) => !held.has(textKey(question)));
}
