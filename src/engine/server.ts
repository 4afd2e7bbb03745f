import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode, UserError } from '../common/index.ts';
import type { DeviceRequest } from '../onnx/index.ts';
import { modelFiles } from '../t5/index.ts';
import { manifestFile, modelFingerprint, type Prediction, TriageModel, triageNote } from '../triage/index.ts';
import type {
  EngineService,
  ModelStatus,
  ParametersOf,
  RequestContext,
  TriageAnswer,
  TriagePrediction,
} from './protocol.ts';

interface OpenedModel {
  readonly model: TriageModel;
  readonly status: ModelStatus;
  readonly folder: string;
  readonly request: DeviceRequest;
  /** Tells whether the folder's files are still those that were opened. */
  readonly stamp: string;
}

/** The engine's side of the contract: holds one model and works on one request after another. */
export class ModelService implements EngineService {
  readonly #onDeviceChange: (status: ModelStatus) => void;
  #opened: OpenedModel | undefined;

  constructor(onDeviceChange: (status: ModelStatus) => void) {
    this.#onDeviceChange = onDeviceChange;
  }

  async openModel(
    { folder, device: request }: ParametersOf<'openModel'>,
    { progress }: RequestContext<'openModel'>,
  ): Promise<ModelStatus> {
    const before = this.#opened;
    const stamp = await stampOf(folder);
    if (before?.folder === folder && before.request === request && before.stamp === stamp) return before.status;
    progress({ step: 'graphs' });
    const model = await TriageModel.open(folder, request).catch((error: unknown) => {
      throw asReadError(folder, error);
    });
    const fingerprint = await modelFingerprint(folder, (fraction) => progress({ step: 'fingerprint', fraction }));
    const { id, version, labels } = model.manifest;
    const { device, deviceExplanation } = model;
    const status = { id, version, fingerprint, labels, device, deviceExplanation };
    this.#opened = { model, status, folder, request, stamp };
    await before?.model.release();
    return status;
  }

  async triage(
    { note }: ParametersOf<'triage'>,
    { signal, progress }: RequestContext<'triage'>,
  ): Promise<TriageAnswer> {
    return await this.#use(async (model) => {
      const result = await triageNote(model, note, {
        signal,
        onPrediction: (prediction) => progress({ prediction: asMessage(prediction) }),
        onText: (rationale) => progress({ rationale }),
      });
      const { rationale, milliseconds } = result;
      return { prediction: asMessage(result), rationale, milliseconds };
    });
  }

  async explain(
    { note, labelId }: ParametersOf<'explain'>,
    { signal, progress }: RequestContext<'explain'>,
  ): Promise<{ readonly rationale: string }> {
    return await this.#use(async (model) => {
      const label = model.manifest.labels.find(({ id }) => id === labelId);
      if (label === undefined) {
        throw new UserError(`The model ${model.manifest.id} has no label "${labelId}"; choose one of its own.`);
      }
      return {
        rationale: await model.explain(note, label, { signal, onText: (rationale) => progress({ rationale }) }),
      };
    });
  }

  async #use<T>(work: (model: TriageModel) => Promise<T>): Promise<T> {
    const opened = this.#opened;
    if (opened === undefined) throw new UserError('No model is open; choose a model first.');
    try {
      return await work(opened.model);
    } finally {
      this.#tellDevice(opened);
    }
  }

  #tellDevice(opened: OpenedModel): void {
    const { device, deviceExplanation } = opened.model;
    if (deviceExplanation === opened.status.deviceExplanation) return;
    const status = { ...opened.status, device, deviceExplanation };
    this.#opened = { ...opened, status };
    this.#onDeviceChange(status);
  }
}

function asMessage({ label, probabilities, truncated }: Prediction): TriagePrediction {
  return {
    label,
    probabilities: probabilities.map(({ label: { id }, probability }) => ({ labelId: id, probability })),
    truncated,
  };
}

/** Sizes and times of the files that make the model; a missing one is told of when the model is opened. */
async function stampOf(folder: string): Promise<string> {
  const files = [...Object.values(modelFiles), manifestFile, 'tokenizer.json'];
  const stamps = files.map((file) =>
    stat(join(folder, file)).then(
      ({ size, mtimeMs }) => `${size}@${mtimeMs}`,
      () => 'missing',
    ),
  );
  return (await Promise.all(stamps)).join(' ');
}

function asReadError(folder: string, error: unknown): unknown {
  if (UserError.is(error) || errorCode(error) === undefined) return error;
  return new UserError(
    `${folder}: the model cannot be read (${errorCode(error)}); check the permissions of its files.`,
  );
}
