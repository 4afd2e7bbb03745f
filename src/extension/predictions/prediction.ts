import { createHash } from 'node:crypto';

/** What the model said of one text. It is kept by the text's hash, so that the text itself need not be kept. */
export interface CachedPrediction {
  /** The same for the same text and model, wherever and whenever it was predicted. */
  readonly id: string;
  readonly noteHash: string;
  /** SHA-256 of the model's weights, in hexadecimal. */
  readonly modelFingerprint: string;
  readonly labelId: string;
  readonly labelText: string;
  /** 1 is the most urgent; null where the labels have no order. */
  readonly level: number | null;
  /** In [0, 1], by label id. */
  readonly probabilities: Readonly<Record<string, number>>;
  /** Σ probability · level: tells the more from the less urgent within a level. Null where a label has no level. */
  readonly expectedLevel: number | null;
  /** Whether the note was longer than the model can read. */
  readonly truncated: boolean;
  readonly rationale: string;
  /** ISO 8601, UTC. */
  readonly predictedAt: string;
}

/** What a list of notes needs of a prediction: small enough to hold for every note. */
export interface PredictionSummary {
  readonly labelText: string;
  readonly level: number | null;
  /** The predicted label's probability, in [0, 1]. */
  readonly certainty: number;
  readonly expectedLevel: number | null;
}

/** A label of the model, as far as the cache needs it. */
export interface PredictedLabel {
  readonly id: string;
  readonly text: string;
  readonly level: number | null;
}

/** The engine's answer about one note, as far as the cache needs it. */
export interface TriagedNote {
  readonly prediction: {
    readonly label: PredictedLabel;
    readonly probabilities: readonly { readonly labelId: string; readonly probability: number }[];
    readonly truncated: boolean;
  };
  readonly rationale: string;
}

/** The model that answered. */
export interface PredictingModel {
  readonly fingerprint: string;
  readonly labels: readonly PredictedLabel[];
}

/** The id of a model's prediction for a text. */
export function predictionId(noteHash: string, modelFingerprint: string): string {
  return createHash('sha256').update(`${noteHash}\n${modelFingerprint}`).digest('hex').slice(0, 32);
}

/** The engine's answer in the form in which it is kept. */
export function toCachedPrediction(
  { prediction, rationale }: TriagedNote,
  noteHash: string,
  model: PredictingModel,
): CachedPrediction {
  const levels = new Map(model.labels.map(({ id, level }) => [id, level]));
  let expectedLevel: number | null = 0;
  for (const { labelId, probability } of prediction.probabilities) {
    const level: number | null = levels.get(labelId) ?? null;
    expectedLevel = expectedLevel === null || level === null ? null : expectedLevel + probability * level;
  }
  return {
    id: predictionId(noteHash, model.fingerprint),
    noteHash,
    modelFingerprint: model.fingerprint,
    labelId: prediction.label.id,
    labelText: prediction.label.text,
    level: prediction.label.level,
    probabilities: Object.fromEntries(
      prediction.probabilities.map(({ labelId, probability }) => [labelId, probability]),
    ),
    expectedLevel,
    truncated: prediction.truncated,
    rationale,
    predictedAt: new Date().toISOString(),
  };
}

export function summaryOf({
  labelId,
  labelText,
  level,
  probabilities,
  expectedLevel,
}: Pick<CachedPrediction, 'labelId' | 'labelText' | 'level' | 'probabilities' | 'expectedLevel'>): PredictionSummary {
  return { labelText, level, certainty: probabilities[labelId] ?? 0, expectedLevel };
}
