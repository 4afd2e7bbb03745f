export {
  type CachedPrediction,
  type PredictedLabel,
  type PredictingModel,
  type PredictionSummary,
  predictionId,
  summaryOf,
  type TriagedNote,
  toCachedPrediction,
} from './prediction.ts';
export { type Log, PredictionCache } from './prediction-cache.ts';
export type { KnownFile } from './stored-rows.ts';
