import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename, join } from 'node:path';
import { readExamples } from '../dataset/index.ts';
import type { DeviceRequest } from '../onnx/index.ts';
import { modelFiles } from '../t5/index.ts';
import { TriageModel } from '../triage/index.ts';
import { type EvaluateOptions, evaluateExamples } from './evaluate.ts';
import type { EvaluationFile } from './evaluation-file.ts';
import { openEncoder } from './onnx-encoder.ts';

export interface EvaluateFolderOptions extends Pick<EvaluateOptions, 'onExample' | 'onBertScore' | 'signal' | 'idf'> {
  readonly device: DeviceRequest;
  /** The folder of the encoder for BERTScore; the model's own encoder where absent. */
  readonly encoder?: string;
  /** Told on which device the model runs, and why. */
  readonly onDevice?: (explanation: string) => void;
}

/**
 * Evaluates a model folder on a file of examples.
 *
 * @throws UserError when the model, the encoder or the data cannot be used.
 * @throws the signal's reason when aborted.
 */
export async function evaluateFolder(
  folder: string,
  data: string,
  { device, encoder: encoderFolder, onDevice, ...options }: EvaluateFolderOptions,
): Promise<EvaluationFile> {
  const model = await TriageModel.open(folder, device);
  try {
    const encoder = await openEncoder(encoderFolder ?? folder);
    try {
      onDevice?.(model.deviceExplanation);
      const { id, version, labels } = model.manifest;
      const evaluated = {
        labels,
        predict: (note: string) => model.predict(note),
        explain: (...[note, label]: Parameters<TriageModel['explain']>) => model.explain(note, label),
      };
      const examples = readExamples(data, { labels: labels.map(({ text }) => text) });
      const result = await evaluateExamples(evaluated, examples, { ...options, encoder });
      return {
        format: 1,
        createdAt: new Date().toISOString(),
        model: { id, version, fingerprint: await sha256(join(folder, modelFiles.weights)) },
        data: { name: basename(data), sha256: await sha256(data), examples: result.examples.length },
        labels: labels.map(({ text, level }) => ({ text, level })),
        ...result,
      };
    } finally {
      await encoder.release();
    }
  } finally {
    await model.release();
  }
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(path)) hash.update(part);
  return hash.digest('hex');
}
