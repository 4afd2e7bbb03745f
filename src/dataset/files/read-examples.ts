import { extname } from 'node:path';
import * as v from 'valibot';
import { UserError } from '../../common/index.ts';
import { type Example, exampleSchema } from '../example.ts';
import { readCsv } from './csv.ts';
import { type FileRecord, readJsonLines } from './json-lines.ts';

export interface ReadOptions {
  /** The only labels that are allowed; any text where absent. */
  readonly labels?: readonly string[];
}

/**
 * Reads examples one by one from a .jsonl or a .csv file, in flat memory.
 *
 * @throws UserError that names file, line and field, for the first record that is not an example, and for an empty file.
 */
export async function* readExamples(path: string, options: ReadOptions = {}): AsyncGenerator<Example, void, undefined> {
  let count = 0;
  for await (const record of recordsOf(path)) {
    yield parseExample(record, path, options);
    count++;
  }
  if (count === 0) throw new UserError(`${path}: holds no examples; give a file with at least one.`);
}

function recordsOf(path: string): AsyncIterable<FileRecord> {
  switch (extname(path).toLowerCase()) {
    case '.jsonl':
    case '.ndjson':
      return readJsonLines(path);
    case '.csv':
      return typedCsv(path);
    default:
      throw new UserError(`${path}: is of a kind that is not read; give a .jsonl or a .csv file.`);
  }
}

/** Gives the text fields of a CSV record the types of the schema; an empty optional field counts as absent. */
async function* typedCsv(path: string): AsyncGenerator<FileRecord, void, undefined> {
  for await (const { line, fields } of readCsv(path)) {
    const typed: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(fields)) {
      if (value === '' && name !== 'question' && name !== 'label') continue;
      typed[name] = name === 'level' ? Number(value) : name === 'deciding_spans' ? parsedJson(value) : value;
    }
    yield { line, fields: typed };
  }
}

function parsedJson(value: unknown): unknown {
  try {
    return JSON.parse(String(value));
  } catch {
    return value;
  }
}

/**
 * Checks one record against the schema.
 *
 * @throws UserError such as `notes.jsonl, line 17, field "label": is missing; …`. It never quotes the note.
 */
export function parseExample({ line, fields }: FileRecord, path: string, { labels }: ReadOptions = {}): Example {
  const parsed = v.safeParse(exampleSchema, fields);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const keys = (issue.path ?? []).map((step) => String(step.key));
    const field = String(keys[0] ?? '');
    const missing = keys.length === 1 && fields[field] === undefined;
    const fault = missing ? 'is missing; every example needs question and label' : `${issue.message}; correct it`;
    throw new UserError(`${path}, line ${line}, field "${keys.join('.')}": ${fault}.`);
  }
  const example = parsed.output;
  if (labels !== undefined && !labels.includes(example.label)) {
    throw new UserError(
      `${path}, line ${line}, field "label": "${example.label.slice(0, 40)}" is not one of the labels; use ${labels.join(', ')}.`,
    );
  }
  const outside = example.deciding_spans?.find(({ start, end }) => end < start || end > example.question.length);
  if (outside !== undefined) {
    throw new UserError(
      `${path}, line ${line}, field "deciding_spans": points outside the question; correct the offsets.`,
    );
  }
  return example;
}
