import { UserError } from '../common/index.ts';
import { ACUITY_TEXTS, type Example, generateSynthetic, type SyntheticOptions } from '../dataset/index.ts';
import { readTrainingConfiguration } from '../training/index.ts';
import type { ModelLabel } from '../triage/index.ts';

/** What a model's synthetic training notes were like: sources, each with its share of the notes. */
export type Recipe = readonly SyntheticOptions[];

/**
 * The synthetic sources of a model's training configuration.
 *
 * @param path undefined for all that the generator can write.
 * @throws UserError when it cannot be read or has none.
 */
export async function readRecipe(path: string | undefined): Promise<Recipe> {
  if (path === undefined) return [{ count: 1, seed: 1 }];
  const { data } = await readTrainingConfiguration(path);
  const sources = data.training.flatMap((source) => ('synthetic' in source ? [source.synthetic] : []));
  if (sources.length === 0) {
    throw new UserError(`${path}: has no synthetic notes to replay; name another recipe.`);
  }
  return sources;
}

/** Notes as the recipe has them, drawn anew with another seed, each source in its share. */
export function cook(recipe: Recipe, count: number, seed: number): Example[] {
  const total = recipe.reduce((sum, source) => sum + source.count, 0);
  let before = 0;
  return recipe.flatMap((source, index) => {
    const start = Math.round((count * before) / total);
    before += source.count;
    const wanted = Math.round((count * before) / total) - start;
    if (wanted === 0) return [];
    // Sources may share a seed, and would then begin with the same notes.
    return [...generateSynthetic({ ...source, count: wanted, seed: seed + index })];
  });
}

/** Whether the generator writes notes for a model's labels. */
export function isAcuity(labels: readonly ModelLabel[]): boolean {
  return labels.length === ACUITY_TEXTS.length && labels.every(({ text }) => ACUITY_TEXTS.includes(text));
}

/** @throws UserError when the generator writes no notes for the model's labels. */
export function requireAcuity(labels: readonly ModelLabel[], instead: string): void {
  if (!isAcuity(labels)) throw new UserError(`This model has other labels than the synthetic notes; ${instead}.`);
}
