import { readExamples } from '../dataset/index.ts';
import { type Evaluation, evaluate } from '../evaluation/index.ts';
import { parseDeviceRequest } from '../onnx/index.ts';
import { TriageModel } from '../triage/index.ts';
import { readArguments, required } from './arguments.ts';
import { defaultModelFolder } from './default-model.ts';
import { ProgressLine } from './progress.ts';

export const evaluateUsage = 'evaluate --data FILE [--model DIR] [--device auto|gpu|cpu|NAME] [--json]';

export async function evaluateCommand(argv: readonly string[]): Promise<boolean> {
  const names = { values: ['data', 'model', 'device'], flags: ['json'] } as const;
  const { values, flags } = readArguments(argv, names, evaluateUsage);
  const data = required(values.data, 'data', evaluateUsage);
  const request = parseDeviceRequest(values.device ?? 'auto');
  const model = await TriageModel.open(values.model ?? defaultModelFolder(), request);
  const line = new ProgressLine();
  const started = performance.now();
  const { labels } = model.manifest;
  const examples = readExamples(data, { labels: labels.map(({ text }) => text) });
  try {
    const evaluation = await evaluate(
      {
        labels,
        predict: (note) => model.predict(note),
        explain: (note, label) => model.explain(note, label),
      },
      examples,
      {
        onExample: (done) =>
          line.show(`${done} examples, ${((1000 * done) / (performance.now() - started)).toFixed(1)} a second`),
      },
    );
    line.clear();
    console.log(flags.json ? JSON.stringify(evaluation) : describeEvaluation(evaluation, model.deviceExplanation));
  } finally {
    line.clear();
    await model.release();
  }
  return true;
}

function describeEvaluation(evaluation: Evaluation, device: string): string {
  const number = (value: number | null) => (value === null ? '  –  ' : value.toFixed(3));
  const row = (title: string, name: keyof Evaluation['intervals']) => {
    const interval = evaluation.intervals[name];
    const range = interval === null ? '' : `  (95 %: ${number(interval.low)} to ${number(interval.high)})`;
    return `${title.padEnd(20)}${number(evaluation[name])}${range}`;
  };
  return [
    `${evaluation.n} examples on ${device}`,
    row('accuracy', 'accuracy'),
    row('macro-F1', 'macroF1'),
    row('under-triage', 'underTriage'),
    row('over-triage', 'overTriage'),
    row('quadratic kappa', 'quadraticKappa'),
    row('recall, levels 1-2', 'urgentRecall'),
    row('calibration error', 'calibrationError'),
    ...(evaluation.consistency === null
      ? []
      : [
          row('consistency', 'consistency'),
          row('sufficiency', 'sufficiency'),
          row('gold robustness', 'goldRobustness'),
        ]),
    `${'BLEU'.padEnd(20)}${number(evaluation.bleu)}`,
    `${'grounded numbers'.padEnd(20)}${number(evaluation.groundedNumbers)}`,
    '',
    'level               support  precision  recall  F1',
    ...evaluation.perLevel.map(({ label, level, support, precision, recall, f1 }) => {
      const name = level === null ? label : `${level} ${label}`;
      return `${name.padEnd(20)}${String(support).padStart(7)}  ${[precision, recall, f1].map((v) => v.toFixed(3)).join('      ')}`;
    }),
  ].join('\n');
}
