import { UserError } from '../common/index.ts';
import { correctionsCommand, correctionsUsages } from './corrections-command.ts';
import { datasetCommand, datasetUsages } from './dataset-command.ts';
import { draftCommand, draftUsage } from './draft-command.ts';
import { evaluateCommand, evaluateUsage } from './evaluate-command.ts';
import { experimentCommand, experimentUsage } from './experiment-command.ts';
import { interchangeCommand, interchangeUsages } from './interchange-command.ts';
import { judgeCommand, judgeUsage } from './judge-command.ts';
import { modelsCommand, modelsUsages } from './models-command.ts';
import { reportCommand, reportUsage } from './report-command.ts';
import { retrainCommand, retrainUsages } from './retrain-command.ts';
import { trainCommand, trainUsage } from './train-command.ts';
import { triageCommand, triageUsage } from './triage-command.ts';

/** Each command says whether all it was asked for was done, or gives its exit code. */
const commands: Readonly<Record<string, (argv: readonly string[]) => Promise<boolean | number>>> = {
  triage: triageCommand,
  train: trainCommand,
  evaluate: evaluateCommand,
  experiment: experimentCommand,
  report: reportCommand,
  dataset: datasetCommand,
  corrections: correctionsCommand,
  interchange: interchangeCommand,
  draft: draftCommand,
  judge: judgeCommand,
  retrain: retrainCommand,
  models: modelsCommand,
};

const help = `reason2decide: triage of clinical notes with rationales, on this machine

  reason2decide ${[triageUsage, trainUsage, evaluateUsage, experimentUsage, reportUsage, ...datasetUsages, ...correctionsUsages, ...interchangeUsages, draftUsage, judgeUsage, ...retrainUsages, ...modelsUsages].join('\n  reason2decide ')}

Exit codes: 0 done; 2 something in the input must be mended first (one line says what); 1 a fault of this program, or a
chain of corrections that was tampered with.`;

/** Input that must be mended. */
const badInput = 2;
/** A fault of this program. */
const fault = 1;

async function main(argv: readonly string[]): Promise<number> {
  const [name = '', ...rest] = argv;
  if (['', 'help', '--help', '-h'].includes(name)) {
    console.log(help);
    return name === '' ? badInput : 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    throw new UserError(`There is no command "${name}"; use one of ${Object.keys(commands).join(', ')}, or --help.`);
  }
  const outcome = await command(rest);
  if (typeof outcome === 'number') return outcome;
  return outcome ? 0 : badInput;
}

// A reader that has seen enough, as in `… | head`, is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : fault));

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  // A message of ours is one line. Any other may quote its input, and notes are patients' data: only its kind is told.
  if (UserError.is(error)) console.error(error.message);
  else
    console.error(
      `A fault of this program (${error instanceof Error ? error.name : 'unknown'}): ${whereItWasThrown(error)}`,
    );
  process.exitCode = UserError.is(error) ? badInput : fault;
}

/** The place in the program, without the message. */
function whereItWasThrown(error: unknown): string {
  const frames = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
  return (
    frames
      .slice(0, 3)
      .map((frame) => frame.trim())
      .join(' ') || 'no place is known'
  );
}
