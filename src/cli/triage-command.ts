import { UserError } from '../common/index.ts';
import { parseDeviceRequest } from '../onnx/index.ts';
import { readNote, readNoteFrom, TriageModel, type TriageResult, triageNote } from '../triage/index.ts';
import { readArguments } from './arguments.ts';
import { modelInUse } from './default-model.ts';
import { describeResult } from './result-text.ts';

export const triageUsage = 'triage [--json] [--model DIR] [--device auto|gpu|cpu|NAME] FILE…|-';

/**
 * Triages notes one after another. A note that cannot be read is told in one line, and the others are triaged all the same.
 *
 * @returns whether every note was triaged.
 */
export async function triageCommand(argv: readonly string[]): Promise<boolean> {
  const { values, flags, positionals } = readArguments(
    argv,
    { values: ['model', 'device'], flags: ['json'] },
    triageUsage,
  );
  if (positionals.length === 0) throw new UserError(`There is no note to triage; use: ${triageUsage}`);
  const request = parseDeviceRequest(values.device ?? 'auto');
  const started = performance.now();
  const model = await TriageModel.open(values.model ?? (await modelInUse()), request);
  const load = performance.now() - started;
  if (!flags.json) {
    const { id, version } = model.manifest;
    console.log(`${id} ${version} on ${model.deviceExplanation}, opened in ${Math.round(load)} ms\n`);
  }
  let triaged = 0;
  for (const file of positionals) {
    try {
      const note = file === '-' ? await readNoteFrom(process.stdin, 'standard input') : await readNote(file);
      const result = await triageNote(model, note);
      triaged++;
      console.log(flags.json ? JSON.stringify(asJson(file, result, model, load)) : describeResult(file, result));
      if (result.truncated) {
        console.error(
          `${file}: the note is longer than the ${model.manifest.limits.inputTokens} tokens this model reads; its end was left out.`,
        );
      }
    } catch (error) {
      if (!UserError.is(error)) throw error;
      console.error(error.message);
    }
  }
  if (!flags.json && triaged > 0)
    console.log('A suggestion for a clinician to review. It has learnt from synthetic notes and one hospital.');
  await model.release();
  return triaged === positionals.length;
}

function asJson(file: string, result: TriageResult, model: TriageModel, load: number) {
  const { id, text, level } = result.label;
  const rounded = (value: number) => Math.round(value * 10) / 10;
  return {
    file,
    label: { id, text, level },
    probabilities: Object.fromEntries(result.probabilities.map(({ label, probability }) => [label.id, probability])),
    rationale: result.rationale,
    truncated: result.truncated,
    model: { id: model.manifest.id, version: model.manifest.version },
    device: model.device,
    milliseconds: {
      load: rounded(load),
      predict: rounded(result.milliseconds.predict),
      explain: rounded(result.milliseconds.explain),
    },
  };
}
