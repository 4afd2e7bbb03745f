import { UserError } from '../common/index.ts';
import {
  convert,
  describeExamples,
  type Example,
  generateSynthetic,
  NOTE_STYLES,
  RATIONALE_VOICES,
  readExamples,
  SOURCE_KINDS,
  writeExamples,
} from '../dataset/index.ts';
import { readArguments, required, wholeNumber } from './arguments.ts';

const generateUsage =
  'dataset generate --out FILE [--count N] [--seed N] [--styles A,B] [--voices A,B] [--complaints A,B] [--without-complaints A,B] [--columns all|reference]';
const convertUsage = `dataset convert --from ${SOURCE_KINDS.join('|')} FILE --out FILE [--columns all|reference]`;
const describeUsage = 'dataset describe FILE [--samples N]';
export const datasetUsages = [generateUsage, convertUsage, describeUsage];

export async function datasetCommand(argv: readonly string[]): Promise<boolean> {
  const [action, ...rest] = argv;
  switch (action) {
    case 'generate':
      return generate(rest);
    case 'convert':
      return convertFile(rest);
    case 'describe':
      return describe(rest);
    default:
      throw new UserError(`Say what to do with the data set; use: ${datasetUsages.join('  or  ')}`);
  }
}

async function generate(argv: readonly string[]): Promise<boolean> {
  const names = {
    values: ['out', 'count', 'seed', 'styles', 'voices', 'complaints', 'without-complaints', 'columns'],
    flags: [],
  } as const;
  const { values } = readArguments(argv, names, generateUsage);
  const out = required(values.out, 'out', generateUsage);
  const styles = values.styles === undefined ? undefined : chosen(values.styles, 'styles', NOTE_STYLES);
  const voices = values.voices === undefined ? undefined : chosen(values.voices, 'voices', RATIONALE_VOICES);
  const examples = generateSynthetic({
    count: wholeNumber(values.count ?? '1000', 'count', 1),
    seed: wholeNumber(values.seed ?? '1', 'seed', 0),
    ...(styles === undefined ? {} : { styles }),
    ...(voices === undefined ? {} : { voices }),
    ...(values.complaints === undefined ? {} : { complaints: list(values.complaints) }),
    ...(values['without-complaints'] === undefined ? {} : { withoutComplaints: list(values['without-complaints']) }),
  });
  await write(out, examples, values.columns);
  return true;
}

async function convertFile(argv: readonly string[]): Promise<boolean> {
  const { values, positionals } = readArguments(argv, { values: ['from', 'out', 'columns'], flags: [] }, convertUsage);
  const from = required(values.from, 'from', convertUsage);
  const kind = SOURCE_KINDS.find((known) => known === from);
  if (kind === undefined) throw new UserError(`There is no source "${from}"; use one of ${SOURCE_KINDS.join(', ')}.`);
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new UserError(`Give one file to convert; use: ${convertUsage}`);
  await write(required(values.out, 'out', convertUsage), convert(kind, file), values.columns);
  return true;
}

/** Prints what a file of examples holds: statistics and duplicates, then samples spread over the file. */
async function describe(argv: readonly string[]): Promise<boolean> {
  const { values, positionals } = readArguments(argv, { values: ['samples'], flags: [] }, describeUsage);
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new UserError(`Give one file; use: ${describeUsage}`);
  const wanted = wholeNumber(values.samples ?? '5', 'samples', 0);
  const examples: Example[] = [];
  for await (const example of readExamples(file)) examples.push(example);
  console.log(JSON.stringify(describeExamples(examples), undefined, 2));
  const step = Math.max(1, Math.floor(examples.length / Math.max(1, wanted)));
  for (const { question, label, rationale } of examples.filter((_, i) => i % step === 0).slice(0, wanted)) {
    console.log(`\n${question}\n  → ${label}${rationale === '' ? '' : `: ${rationale}`}`);
  }
  return true;
}

type Examples = Parameters<typeof writeExamples>[1];

async function write(out: string, examples: Examples, columns = 'all'): Promise<void> {
  if (columns !== 'all' && columns !== 'reference') {
    throw new UserError(`--columns must be all or reference, not "${columns}".`);
  }
  const started = performance.now();
  const count = await writeExamples(out, examples, { columns });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.error(`Wrote ${count} examples to ${out} in ${seconds} s.`);
}

const list = (text: string) => text.split(',').map((name) => name.trim());

function chosen<T extends string>(text: string, option: string, known: readonly T[]): T[] {
  return list(text).map((name) => {
    const found = known.find((item) => item === name);
    if (found === undefined)
      throw new UserError(`--${option}: there is no "${name}"; use some of ${known.join(', ')}.`);
    return found;
  });
}
