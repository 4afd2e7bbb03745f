import type { NewDecision } from '../../corrections/index.ts';
import type { ModelLabel, ModelStatus, TriagePrediction } from '../../engine/index.ts';
import type { ShownPrediction } from '../sidebar/messages.ts';

/** A prediction with the very text that it is about, so that a decision can never be about another. */
export interface HeldPrediction {
  readonly id: string;
  readonly text: string;
  readonly noteHash: string;
  readonly model: Pick<ModelStatus, 'id' | 'version' | 'fingerprint' | 'labels'>;
  readonly prediction: TriagePrediction;
  readonly rationale: string;
  /** Whether the rationale is all there. */
  readonly whole: boolean;
}

export function shownPrediction(held: HeldPrediction): ShownPrediction {
  const { id, noteHash, model, prediction, rationale } = held;
  return {
    id,
    noteHash,
    labelId: prediction.label.id,
    probabilities: prediction.probabilities,
    rationale,
    truncated: prediction.truncated,
    abstained: null,
    model: `${model.id} ${model.version}`,
  };
}

/** The part of a decision that says what was decided about. */
export function reviewed(
  held: HeldPrediction,
): Pick<NewDecision, 'noteHash' | 'noteText' | 'predictionId' | 'model' | 'predicted'> {
  const { id, text, noteHash, model, prediction, rationale } = held;
  const { label, probabilities } = prediction;
  return {
    noteHash,
    noteText: text,
    predictionId: id,
    model: { id: model.id, version: model.version, fingerprint: model.fingerprint },
    predicted: {
      labelId: label.id,
      labelText: label.text,
      level: label.level,
      probabilities: Object.fromEntries(probabilities.map(({ labelId, probability }) => [labelId, probability])),
      rationale,
    },
  };
}

export function decidedLabel({ id, text, level }: ModelLabel): { id: string; text: string; level: number | null } {
  return { id, text, level };
}
