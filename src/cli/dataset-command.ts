import { UserError } from '../common/index.ts';
import {
  convert,
  generateSynthetic,
  NOTE_STYLES,
  RATIONALE_VOICES,
  SOURCE_KINDS,
  writeExamples,
} from '../dataset/index.ts';
import { readArguments, required, wholeNumber } from './arguments.ts';

const generateUsage = 'dataset generate --out FILE [--count N] [--seed N] [--styles A,B] [--voices A,B]';
const convertUsage = `dataset convert --from ${SOURCE_KINDS.join('|')} FILE --out FILE`;
export const datasetUsages = [generateUsage, convertUsage];

export async function datasetCommand(argv: readonly string[]): Promise<boolean> {
  const [action, ...rest] = argv;
  switch (action) {
    case 'generate':
      return generate(rest);
    case 'convert':
      return convertFile(rest);
    default:
      throw new UserError(`Say what to do with the data set; use: ${datasetUsages.join('  or  ')}`);
  }
}

async function generate(argv: readonly string[]): Promise<boolean> {
  const names = { values: ['out', 'count', 'seed', 'styles', 'voices', 'columns'], flags: [] } as const;
  const { values } = readArguments(argv, names, generateUsage);
  const out = required(values.out, 'out', generateUsage);
  const styles = values.styles === undefined ? undefined : chosen(values.styles, 'styles', NOTE_STYLES);
  const voices = values.voices === undefined ? undefined : chosen(values.voices, 'voices', RATIONALE_VOICES);
  const examples = generateSynthetic({
    count: wholeNumber(values.count ?? '1000', 'count', 1),
    seed: wholeNumber(values.seed ?? '1', 'seed', 0),
    ...(styles === undefined ? {} : { styles }),
    ...(voices === undefined ? {} : { voices }),
  });
  await write(out, examples);
  return true;
}

async function convertFile(argv: readonly string[]): Promise<boolean> {
  const { values, positionals } = readArguments(argv, { values: ['from', 'out'], flags: [] }, convertUsage);
  const from = required(values.from, 'from', convertUsage);
  const kind = SOURCE_KINDS.find((known) => known === from);
  if (kind === undefined) throw new UserError(`There is no source "${from}"; use one of ${SOURCE_KINDS.join(', ')}.`);
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new UserError(`Give one file to convert; use: ${convertUsage}`);
  await write(required(values.out, 'out', convertUsage), convert(kind, file));
  return true;
}

async function write(out: string, examples: Parameters<typeof writeExamples>[1]): Promise<void> {
  const count = await writeExamples(out, examples);
  console.error(`Wrote ${count} examples to ${out}.`);
}

function chosen<T extends string>(text: string, option: string, known: readonly T[]): T[] {
  return text.split(',').map((name) => {
    const found = known.find((item) => item === name.trim());
    if (found === undefined)
      throw new UserError(`--${option}: there is no "${name}"; use some of ${known.join(', ')}.`);
    return found;
  });
}
