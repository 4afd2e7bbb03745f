import type { DeviceRequest } from '../onnx/index.ts';
import type { ModelLabel } from '../triage/index.ts';

/** An opened model, as the reviewer and the decisions' records know it. */
export interface ModelStatus {
  readonly id: string;
  readonly version: string;
  /** SHA-256 of the weights file, in hexadecimal. */
  readonly fingerprint: string;
  readonly labels: readonly ModelLabel[];
  readonly device: string;
  /** One line: which device it runs on, and why not another. */
  readonly deviceExplanation: string;
}

export interface TriagePrediction {
  readonly label: ModelLabel;
  /** One entry per label, in the model's order; they sum to 1. */
  readonly probabilities: readonly { readonly labelId: string; readonly probability: number }[];
  /** Whether the note was longer than the model can read, and its end was left out. */
  readonly truncated: boolean;
}

/** What is under way while a model opens; `fraction`, from 0 to 1, tells how much of the weights has been hashed. */
export type OpenProgress = { readonly step: 'graphs' } | { readonly step: 'fingerprint'; readonly fraction: number };

/** The prediction comes first, then the whole rationale so far at every token. */
export type TriageProgress = { readonly prediction: TriagePrediction } | { readonly rationale: string };

export interface TriageAnswer {
  readonly prediction: TriagePrediction;
  readonly rationale: string;
  /** Wall-clock milliseconds. */
  readonly milliseconds: { readonly predict: number; readonly explain: number };
}

/** The engine's contract: each request's parameters, what is told while it is worked on, and its result. */
export interface EngineContract {
  /** Opens a model folder in the place of the one opened before, which stays when this one cannot be opened. */
  openModel: {
    parameters: { readonly folder: string; readonly device: DeviceRequest };
    progress: OpenProgress;
    result: ModelStatus;
  };
  /** Predicts the note's label, then explains it. */
  triage: { parameters: { readonly note: string }; progress: TriageProgress; result: TriageAnswer };
  /** Writes the rationale for a label that need not be the predicted one. */
  explain: {
    parameters: { readonly note: string; readonly labelId: string };
    progress: { readonly rationale: string };
    result: { readonly rationale: string };
  };
}

/** What the engine tells without being asked. */
export interface EngineNotices {
  /** The model runs on another device than before: the first one failed. */
  deviceChanged: ModelStatus;
}

export type Method = keyof EngineContract;
export type ParametersOf<M extends Method> = EngineContract[M]['parameters'];
export type ProgressOf<M extends Method> = EngineContract[M]['progress'];
export type ResultOf<M extends Method> = EngineContract[M]['result'];

/** What accompanies a request on the side that works on it. */
export interface RequestContext<M extends Method> {
  readonly signal: AbortSignal;
  progress(value: ProgressOf<M>): void;
}

/** What the engine's process implements. */
export type EngineService = {
  readonly [M in Method]: (parameters: ParametersOf<M>, context: RequestContext<M>) => Promise<ResultOf<M>>;
};

/** What accompanies a request on the side that makes it. */
export interface CallOptions<M extends Method> {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((value: ProgressOf<M>) => void) | undefined;
}

/** What the engine's client can call. */
export type EngineCall = <M extends Method>(
  method: M,
  parameters: ParametersOf<M>,
  options?: CallOptions<M>,
) => Promise<ResultOf<M>>;
