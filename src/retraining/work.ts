import type { DeviceRequest } from '../onnx/index.ts';
import type { ModelRegistry, ModelVersion } from '../registry/index.ts';
import type { Plan } from './plan.ts';
import type { ProgressReport } from './progress-report.ts';
import type { RetrainingProgress, RunFolder } from './run-folder.ts';

export interface RetrainingOptions {
  readonly device: DeviceRequest;
  /** Told once what will be learnt, before the first step. */
  readonly onPlan?: (plan: Plan) => void;
  readonly onProgress?: (progress: RetrainingProgress) => void;
  readonly onDevice?: (explanation: string) => void;
  /** Stops at the next step or example; all but the last few steps is kept, to go on with by `resumeRetraining`. */
  readonly signal?: AbortSignal;
}

/** What a retraining that has been planned works with. */
export interface RetrainingWork {
  readonly registry: ModelRegistry;
  readonly run: RunFolder;
  readonly plan: Plan;
  readonly parent: ModelVersion;
  readonly report: ProgressReport;
  readonly options: RetrainingOptions;
}
