import { EngineError } from '../../engine/index.ts';
import type { ModelEngine } from '../engine/index.ts';
import { predictionId } from '../predictions/index.ts';
import type { Activity } from '../sidebar/messages.ts';
import type { HeldPrediction } from './held-prediction.ts';

export interface TriageReports {
  readonly activity: (activity: Activity) => void;
  /** The prediction as it grows: first without a rationale, then with all of it so far. */
  readonly growing: (held: HeldPrediction) => void;
}

/** A request whose process ended is made once more by itself; then it is the reviewer's choice. */
const mostAttempts = 2;

/**
 * Predicts a text and explains it, with the model that the settings name.
 *
 * @returns the whole prediction.
 * @throws EngineError or UserError; whatever it throws once the signal is aborted does not matter.
 */
export async function runTriage(
  engine: Pick<ModelEngine, 'ready' | 'state'>,
  { text, noteHash }: { readonly text: string; readonly noteHash: string },
  signal: AbortSignal,
  reports: TriageReports,
): Promise<HeldPrediction> {
  reports.activity({ kind: engine.state === 'ready' ? 'predicting' : 'loading model' });
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptTriage(engine, { text, noteHash }, signal, reports);
    } catch (error) {
      if (signal.aborted || attempt === mostAttempts || !EngineError.is(error) || !wasLost(error)) throw error;
      reports.activity({ kind: 'restarting' });
    }
  }
}

async function attemptTriage(
  engine: Pick<ModelEngine, 'ready'>,
  { text, noteHash }: { readonly text: string; readonly noteHash: string },
  signal: AbortSignal,
  reports: TriageReports,
): Promise<HeldPrediction> {
  const { client } = await engine.ready();
  signal.throwIfAborted();
  if (client.state === 'ready') reports.activity({ kind: 'predicting' });
  let growing: HeldPrediction | undefined;
  const outcome = await client.triage(text, {
    priority: 'visible',
    signal,
    onPrediction: (prediction, model) => {
      const id = predictionId(noteHash, model.fingerprint);
      growing = { id, text, noteHash, model, prediction, rationale: '', whole: false };
      reports.growing(growing);
    },
    onRationale: (rationale) => {
      if (growing === undefined) return;
      growing = { ...growing, rationale };
      reports.growing(growing);
    },
  });
  const { model, prediction, rationale } = outcome;
  const id = predictionId(noteHash, model.fingerprint);
  return { id, text, noteHash, model, prediction, rationale, whole: true };
}

const wasLost = ({ reason, retryable }: EngineError) => retryable && (reason === 'crashed' || reason === 'hung');
