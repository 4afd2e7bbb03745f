import { access, constants } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import { asWriteError, UserError, writeFileAtomically } from '../common/index.ts';
import { compareEvaluations, evaluateFolder, readEvaluation, writeEvaluation } from '../evaluation/index.ts';
import { parseDeviceRequest } from '../onnx/index.ts';
import { renderReport } from '../report/index.ts';
import { readArguments, required } from './arguments.ts';
import { modelInUse } from './default-model.ts';
import { describeComparison, describeEvaluation } from './evaluation-text.ts';
import { ProgressLine } from './progress.ts';

export const evaluateUsage =
  'evaluate --data FILE [--model DIR] [--save FILE.json] [--report FILE.html] [--against FILE.json] [--bert-score DIR] [--idf] [--device auto|gpu|cpu|NAME] [--json]';

/**
 * Measures a model on examples. `--save` keeps the evaluation, `--against` compares with a kept one, and `--report` draws them;
 * `--bert-score` names the encoder for BERTScore, instead of the model's own.
 */
export async function evaluateCommand(argv: readonly string[]): Promise<boolean> {
  const names = {
    values: ['data', 'model', 'device', 'save', 'report', 'against', 'bert-score'],
    flags: ['json', 'idf'],
  } as const;
  const { values, flags } = readArguments(argv, names, evaluateUsage);
  const data = required(values.data, 'data', evaluateUsage);
  const device = parseDeviceRequest(values.device ?? 'auto');
  const { save, report, against, 'bert-score': encoder } = values;
  if (save !== undefined) await requireOutput(save, 'save', '.json');
  if (report !== undefined) await requireOutput(report, 'report', '.html');
  const other = against === undefined ? undefined : await readEvaluation(against);
  const line = new ProgressLine();
  const started = performance.now();
  let deviceExplanation = '';
  try {
    const evaluation = await evaluateFolder(values.model ?? (await modelInUse()), data, {
      device,
      idf: flags.idf,
      ...(encoder === undefined ? {} : { encoder }),
      onDevice: (explanation) => {
        deviceExplanation = explanation;
      },
      onExample: (done) =>
        line.show(`${done} examples, ${((1000 * done) / (performance.now() - started)).toFixed(1)} a second`),
      onBertScore: (done, total) => line.show(`BERTScore: ${done} of ${total} rationales`),
    });
    line.clear();
    // First of all, so that nothing that comes after can lose the work.
    if (save !== undefined) await writeEvaluation(save, evaluation);
    if (report !== undefined) {
      const page = renderReport({ evaluations: other === undefined ? [evaluation] : [other, evaluation] });
      await writeFileAtomically(report, (file) => file.writeFile(page));
    }
    const { metrics } = evaluation;
    if (!flags.json) console.log(describeEvaluation(metrics, deviceExplanation));
    const comparison = other === undefined ? undefined : compareEvaluations(other, evaluation);
    if (flags.json) console.log(JSON.stringify(comparison === undefined ? metrics : { ...metrics, comparison }));
    else if (comparison !== undefined && other !== undefined) console.log(describeComparison(comparison, other.model));
  } finally {
    line.clear();
  }
  return true;
}

/** Asked before the work is begun: a slip of the keyboard must not cost it, nor write over the data. */
async function requireOutput(path: string, option: string, ending: string): Promise<void> {
  if (extname(path).toLowerCase() !== ending) {
    throw new UserError(`${path}: give --${option} a name that ends in ${ending}.`);
  }
  await access(dirname(path), constants.W_OK).catch((error: unknown) => {
    throw asWriteError(path, error);
  });
}
