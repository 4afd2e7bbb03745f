import { join } from 'node:path';
import { generateSynthetic } from '../../../src/dataset/index.ts';
import { ModelRegistry } from '../../../src/registry/index.ts';
import { defaultSettings, type RetrainingRequest, type RetrainingSettings } from '../../../src/retraining/index.ts';
import { train } from '../../../src/training/index.ts';
import { onCpu, tinyConfiguration } from '../training/tiny.ts';
import { asDecided, storeOf } from './corrections.ts';

/** Trains the smallest model that can be retrained; it knows next to nothing. */
export async function trainTinyModel(folder: string): Promise<string> {
  const { stage1: _, ...configuration } = tinyConfiguration(folder);
  const { folder: model } = await train({ ...configuration, stage2: { maxSteps: 4, evaluateEvery: 4 } }, onCpu());
  return model;
}

/** So few notes and steps that a retraining takes some seconds. */
export const tinySettings: RetrainingSettings = {
  ...defaultSettings,
  heldOutShare: 0.4,
  replayExamples: 24,
  batchSize: 8,
  stage1Steps: 4,
  stage2Steps: 12,
  mostSteps: 12,
  checkpointEvery: 3,
  frozenExamples: 20,
  frozenRationales: 2,
};

/** A request to learn from 30 decisions on synthetic notes, with a registry under `folder`. */
export function tinyRequest(
  model: string,
  folder: string,
  changes: Partial<RetrainingSettings> = {},
): RetrainingRequest {
  const notes = [...generateSynthetic({ count: 30, seed: 77 })];
  return {
    registry: ModelRegistry.open(join(folder, 'registry'), model),
    store: storeOf(asDecided(notes), folder),
    settings: { ...tinySettings, ...changes },
  };
}
