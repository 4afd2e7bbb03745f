import { compareEvaluations, type EvaluationFile, type ModelComparison } from '../evaluation/index.ts';
import type { ModelRegistry } from '../registry/index.ts';
import { frozenSetOf } from './frozen-set.ts';
import { frozenFile, type MeasureOptions, measureFrozen } from './measure.ts';

/** Two versions on the registry's frozen evaluation set. */
export interface VersionComparison {
  readonly first: EvaluationFile;
  readonly second: EvaluationFile;
  readonly comparison: ModelComparison;
}

/**
 * Compares two versions on the registry's frozen evaluation set; each is measured where it was not yet.
 *
 * @throws UserError when there is no such version, or no frozen set yet.
 */
export async function compareVersions(
  registry: ModelRegistry,
  names: readonly [string, string],
  options: MeasureOptions,
): Promise<VersionComparison> {
  const [first, second] = [await registry.find(names[0]), await registry.find(names[1])];
  const frozen = { ...(await frozenSetOf(registry.folder)), file: frozenFile(registry.folder) };
  const evaluations = {
    first: await measureFrozen(registry.folder, first.folder, frozen, options),
    second: await measureFrozen(registry.folder, second.folder, frozen, options),
  };
  return { ...evaluations, comparison: compareEvaluations(evaluations.first, evaluations.second) };
}
