import { extname } from 'node:path';
import { UserError, writeFileAtomically } from '../../common/index.ts';
import { EXAMPLE_COLUMNS, type Example, REFERENCE_COLUMNS } from '../example.ts';

export interface WriteOptions {
  /** All fields, or only the three of the reference code: question, label, rationale. */
  readonly columns?: 'all' | 'reference';
}

/** Characters held before they are written. */
const BATCH = 1 << 16;

/**
 * Writes examples to a .jsonl or a .csv file as they come, in flat memory; the file appears only when it is complete.
 *
 * @returns how many examples were written.
 * @throws UserError for another extension, a full disk or a folder that cannot be written.
 */
export async function writeExamples(
  path: string,
  examples: Iterable<Example> | AsyncIterable<Example>,
  { columns = 'all' }: WriteOptions = {},
): Promise<number> {
  const names: readonly (keyof Example)[] = columns === 'reference' ? REFERENCE_COLUMNS : EXAMPLE_COLUMNS;
  const { header, row } = formatFor(path, names);
  let count = 0;
  await writeFileAtomically(path, async (file) => {
    let pending = header;
    for await (const example of examples) {
      pending += row(example);
      count++;
      if (pending.length >= BATCH) {
        await file.appendFile(pending);
        pending = '';
      }
    }
    await file.appendFile(pending);
  });
  return count;
}

function formatFor(
  path: string,
  names: readonly (keyof Example)[],
): { header: string; row: (example: Example) => string } {
  switch (extname(path).toLowerCase()) {
    case '.jsonl':
    case '.ndjson':
      return { header: '', row: (example) => `${JSON.stringify(pick(example, names))}\n` };
    case '.csv':
      return {
        header: `${names.join(',')}\n`,
        row: (example) => `${names.map((name) => csvField(example[name])).join(',')}\n`,
      };
    default:
      throw new UserError(`${path}: is of a kind that is not written; name a .jsonl or a .csv file.`);
  }
}

function pick(example: Example, names: readonly (keyof Example)[]): Partial<Example> {
  return Object.fromEntries(names.flatMap((name) => (example[name] === undefined ? [] : [[name, example[name]]])));
}

function csvField(value: Example[keyof Example]): string {
  const text = value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
