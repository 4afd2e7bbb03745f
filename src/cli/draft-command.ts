import { UserError } from '../common/index.ts';
import { readExamples } from '../dataset/index.ts';
import { groundedNumbers } from '../evaluation/index.ts';
import { type DraftingReport, draftRationales, rejectedFile } from '../language-model/index.ts';
import { readArguments, required } from './arguments.ts';
import {
  concurrencyFrom,
  languageModelFrom,
  languageModelOptions,
  languageModelUsage,
} from './language-model-arguments.ts';
import { ProgressLine } from './progress.ts';

export const draftUsage =
  'draft --data FILE --out FILE.jsonl --endpoint URL --language-model NAME [--copy-others] [--ungrounded reject|flag] ' +
  languageModelUsage;

/** Has a language model draft the rationales that examples lack. */
export async function draftCommand(argv: readonly string[]): Promise<boolean> {
  const names = {
    values: ['data', 'out', 'language-model', 'ungrounded', ...languageModelOptions.values],
    flags: ['copy-others', ...languageModelOptions.flags],
  } as const;
  const { values, flags } = readArguments(argv, names, draftUsage);
  const data = required(values.data, 'data', draftUsage);
  const out = required(values.out, 'out', draftUsage);
  const name = required(values['language-model'], 'language-model', draftUsage);
  const ungrounded = ungroundedNamed(values.ungrounded ?? 'reject');
  const model = languageModelFrom(values, flags['notes-may-leave-this-machine'], name, draftUsage);
  const line = new ProgressLine();
  try {
    const report = await draftRationales(model, readExamples(data), {
      out,
      ungrounded,
      groundedNumbers,
      concurrency: concurrencyFrom(values),
      copyOthers: flags['copy-others'],
      onProgress: (so) => line.show(`${so.drafted + so.flagged} drafted, ${so.rejected} rejected`),
    });
    line.clear();
    console.error(describe(report, out));
    return report.unanswered === 0;
  } finally {
    line.clear();
  }
}

function ungroundedNamed(text: string): 'reject' | 'flag' {
  if (text === 'reject' || text === 'flag') return text;
  throw new UserError(`--ungrounded must be reject or flag, not "${text}".`);
}

function describe(
  { drafted, flagged, rejected, alreadyDone, needless, unanswered }: DraftingReport,
  out: string,
): string {
  return [
    `Drafted ${drafted} into ${out}; ${alreadyDone} done before, ${needless} with a rationale of their own.`,
    ...(flagged > 0 ? [`${flagged} more have numbers that do not stand in their notes: see grounded_numbers.`] : []),
    ...(rejected > 0 ? [`${rejected} rejected for their faults, listed in ${rejectedFile(out)}.`] : []),
    ...(unanswered > 0 ? [`${unanswered} were not answered; run this again to ask for them.`] : []),
    "They are a machine's words: have a clinician read a sample before training on them.",
  ].join('\n');
}
