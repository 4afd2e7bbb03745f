import { parseDeviceRequest } from '../onnx/index.ts';
import { type LogRecord, readTrainingConfiguration, train } from '../training/index.ts';
import { readArguments, required } from './arguments.ts';
import { ProgressLine, timeLeft } from './progress.ts';

export const trainUsage = 'train --config FILE [--resume] [--device auto|gpu|cpu|NAME]';

export async function trainCommand(argv: readonly string[]): Promise<boolean> {
  const { values, flags } = readArguments(argv, { values: ['config', 'device'], flags: ['resume'] }, trainUsage);
  const configuration = await readTrainingConfiguration(required(values.config, 'config', trainUsage));
  const line = new ProgressLine();
  const pace = new Pace();
  const outcome = await train(configuration, {
    resume: flags.resume,
    device: parseDeviceRequest(values.device ?? 'auto'),
    onDevice: (explanation) => line.keep(`Training on ${explanation}.`),
    onRecord(record, maxSteps) {
      if (record.kind === 'evaluation') line.keep(describeEvaluation(record));
      else line.show(describeStep(record, maxSteps, pace));
    },
  });
  line.clear();
  console.log(`Wrote ${outcome.folder} (validation: ${describeMetrics(outcome.metrics)}).`);
  return true;
}

/** How fast the steps of the running stage go, from those seen since it began or was resumed. */
class Pace {
  #stage = '';
  #first = 0;
  #seconds = 0;

  note({ stage, step, seconds }: { readonly stage: string; readonly step: number; readonly seconds: number }) {
    if (stage !== this.#stage) {
      this.#stage = stage;
      this.#first = step - 1;
      this.#seconds = 0;
    }
    this.#seconds += seconds;
    return { steps: step - this.#first, seconds: this.#seconds };
  }
}

function describeStep(record: Extract<LogRecord, { kind: 'step' }>, maxSteps: number, pace: Pace): string {
  const { steps, seconds } = pace.note(record);
  const left = timeLeft(steps, steps + maxSteps - record.step, seconds);
  return [
    `${record.stage} ${record.step}/${maxSteps}`,
    `loss ${record.loss.toFixed(3)}`,
    ...(record.predictLoss === null ? [] : [`label ${record.predictLoss.toFixed(3)}`]),
    ...(record.explainLoss === null ? [] : [`rationale ${record.explainLoss.toFixed(3)}`]),
    ...(record.samplingRate > 0 ? [`own labels ${Math.round(100 * record.samplingRate)} %`] : []),
    `${(steps / seconds).toFixed(1)} steps/s`,
    left,
  ].join('  ');
}

function describeEvaluation({ stage, step, metrics, best }: Extract<LogRecord, { kind: 'evaluation' }>): string {
  return `${stage} ${step}: ${describeMetrics(metrics)}${best ? ' (best so far)' : ''}`;
}

const describeMetrics = (metrics: Readonly<Record<string, number>>): string =>
  Object.entries(metrics)
    .map(([name, value]) => `${name} ${value.toFixed(3)}`)
    .join(', ');
