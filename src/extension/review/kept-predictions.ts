import type { ModelStatus } from '../../engine/index.ts';
import { type CachedPrediction, type PredictionCache, toCachedPrediction } from '../predictions/index.ts';
import type { HeldPrediction } from './held-prediction.ts';
import type { PredictionMemory } from './prediction-on-screen.ts';

/** The workspace's cache of predictions, as the review of one note uses it. */
export function keptPredictions(cache: PredictionCache): PredictionMemory {
  return {
    async find(noteHash, text, model) {
      const cached = cache.get(noteHash, model.fingerprint);
      return cached === undefined ? undefined : fromCache(cached, text, model);
    },
    async keep({ prediction, rationale, noteHash, model }) {
      cache.put(toCachedPrediction({ prediction, rationale }, noteHash, model));
    },
  };
}

/** Undefined where the model does not have the label, which only a foreign row can name. */
function fromCache(cached: CachedPrediction, text: string, model: ModelStatus): HeldPrediction | undefined {
  const label = model.labels.find(({ id }) => id === cached.labelId);
  if (label === undefined) return undefined;
  const probabilities = model.labels.map(({ id }) => ({ labelId: id, probability: cached.probabilities[id] ?? 0 }));
  return {
    id: cached.id,
    text,
    noteHash: cached.noteHash,
    model,
    prediction: { label, probabilities, truncated: cached.truncated },
    rationale: cached.rationale,
    whole: true,
  };
}
