import type { HeldPrediction } from './held-prediction.ts';

/** So many notes' predictions are remembered, and so many offered rationales. */
const most = 100;

/** What was predicted in this window, with its text, so that a note that changed since still shows what it was about. */
export class RememberedPredictions {
  readonly #ofNote = new Map<string, HeldPrediction>();
  readonly #offered = new Map<string, string>();

  find(targetId: string): HeldPrediction | undefined {
    return this.#ofNote.get(targetId);
  }

  keep(targetId: string, held: HeldPrediction): void {
    putLast(this.#ofNote, targetId, held);
  }

  /** What the model wrote for another label of a prediction, when the reviewer asked for it. */
  offered(predictionId: string, labelId: string | null): string | undefined {
    return this.#offered.get(`${predictionId} ${labelId}`);
  }

  keepOffered(predictionId: string, labelId: string, rationale: string): void {
    putLast(this.#offered, `${predictionId} ${labelId}`, rationale);
  }
}

function putLast<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > most && oldest !== undefined) map.delete(oldest);
}
