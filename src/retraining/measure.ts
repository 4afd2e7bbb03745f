import { join } from 'node:path';
import { hashFile, UserError } from '../common/index.ts';
import { type EvaluationFile, evaluateFolder, readEvaluation, writeEvaluation } from '../evaluation/index.ts';
import type { DeviceRequest } from '../onnx/index.ts';
import { modelFingerprint } from '../triage/index.ts';
import type { ExamplesFile } from './examples-file.ts';
import { frozenExamples, frozenFolder } from './frozen-set.ts';

export interface MeasureOptions {
  readonly device: DeviceRequest;
  readonly signal?: AbortSignal;
  readonly onExample?: (done: number, total: number) => void;
}

type Asked = ExamplesFile & { readonly file: string };

/** Where the registry's frozen examples are. */
export const frozenFile = (registry: string): string => join(registry, frozenFolder, frozenExamples);

/** A model on the registry's frozen set: measured once, whatever it is compared with later. */
export async function measureFrozen(
  registry: string,
  model: string,
  frozen: Asked,
  options: MeasureOptions,
): Promise<EvaluationFile> {
  const fingerprint = await modelFingerprint(model);
  return measure(model, frozen, join(registry, frozenFolder, `${fingerprint.slice(0, 16)}.json`), options);
}

/**
 * The evaluation of a model on examples: read, where this model was measured on these very examples before, or else measured
 * and kept.
 *
 * @throws UserError when the examples have changed.
 */
export async function measure(
  model: string,
  asked: Asked,
  kept: string,
  { onExample, ...options }: MeasureOptions,
): Promise<EvaluationFile> {
  const fingerprint = await modelFingerprint(model);
  const before = await readEvaluation(kept).catch((error: unknown) => {
    // Missing or damaged, it is measured anew.
    if (UserError.is(error)) return undefined;
    throw error;
  });
  if (before?.model.fingerprint === fingerprint && before.data.sha256 === asked.sha256) return before;
  if ((await hashFile(asked.file)) !== asked.sha256) {
    throw new UserError(`${asked.file}: has changed since it was written; restore it, or discard this retraining.`);
  }
  const evaluation = await evaluateFolder(model, asked.file, {
    ...options,
    onExample: (done) => onExample?.(done, asked.examples),
  });
  await writeEvaluation(kept, evaluation);
  return evaluation;
}
