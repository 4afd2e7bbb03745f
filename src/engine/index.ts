export type { DeviceRequest } from '../onnx/index.ts';
export type { ModelLabel } from '../triage/index.ts';
export {
  EngineClient,
  type RequestOptions,
  type TriageOutcome,
  type TriageRequestOptions,
} from './client.ts';
export { EngineError, type EngineErrorReason } from './engine-error.ts';
export type { EngineOptions } from './engine-process.ts';
export type { Priority } from './fair-queue.ts';
export type { Disposable } from './listeners.ts';
export type { ModelStatus, OpenProgress, TriagePrediction } from './protocol.ts';
export type { EngineState } from './supervisor.ts';
