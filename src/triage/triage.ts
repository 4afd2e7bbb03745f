import type { ModelLabel } from './manifest.ts';
import type { ExplainOptions, LabelProbability, Prediction, TriageModel } from './triage-model.ts';

/** What a model says of one note. */
export interface TriageResult {
  readonly label: ModelLabel;
  readonly probabilities: readonly LabelProbability[];
  readonly rationale: string;
  /** Whether the end of the note was left out for its length. */
  readonly truncated: boolean;
  /** Wall-clock milliseconds. */
  readonly milliseconds: { readonly predict: number; readonly explain: number };
}

export interface TriageOptions extends ExplainOptions {
  /** Called with the prediction before the rationale is begun. */
  readonly onPrediction?: (prediction: Prediction) => void;
}

/** Predicts a note's label, then explains it conditioned on that label: the method's inference. */
export async function triageNote(model: TriageModel, note: string, options: TriageOptions = {}): Promise<TriageResult> {
  const start = performance.now();
  const prediction = await model.predict(note);
  const { label, probabilities, truncated } = prediction;
  const predicted = performance.now();
  options.signal?.throwIfAborted();
  options.onPrediction?.(prediction);
  const rationale = await model.explain(note, label, options);
  const milliseconds = { predict: predicted - start, explain: performance.now() - predicted };
  return { label, probabilities, rationale, truncated, milliseconds };
}
