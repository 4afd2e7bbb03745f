import type { ModelLabel } from './manifest.ts';
import type { ExplainOptions, LabelProbability, TriageModel } from './triage-model.ts';

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

/** Predicts a note's label, then explains it conditioned on that label: the method's inference. */
export async function triageNote(
  model: TriageModel,
  note: string,
  options: ExplainOptions = {},
): Promise<TriageResult> {
  const start = performance.now();
  const { label, probabilities, truncated } = await model.predict(note);
  const predicted = performance.now();
  options.signal?.throwIfAborted();
  const rationale = await model.explain(note, label, options);
  const milliseconds = { predict: predicted - start, explain: performance.now() - predicted };
  return { label, probabilities, rationale, truncated, milliseconds };
}
