import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../../src/common/index.ts';
import { ACUITY_TEXTS, type Example, readExamples, readJsonLines, writeExamples } from '../../../src/dataset/index.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dataset-files-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileOf(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const result: T[] = [];
  for await (const item of items) result.push(item);
  return result;
}

/** The one sentence with which reading ends, without the folder. */
async function refusal(items: AsyncIterable<unknown>): Promise<string> {
  try {
    await all(items);
  } catch (error) {
    if (UserError.is(error)) return error.message.replace(`${folder}/`, '');
    throw error;
  }
  return 'nothing was refused';
}

const good = '{"question":"67F chest pain","label":"emergent","rationale":"r"}\n';

describe('reading examples', () => {
  it('names file, line and field of a missing label', async () => {
    const path = await fileOf('notes.jsonl', `${good.repeat(16)}{"question":"cough"}\n`);
    expect(await refusal(readExamples(path))).toMatch(/^notes\.jsonl, line 17, field "label": is missing;/);
  });

  it.each([
    ['a number as question', '{"question":3,"label":"urgent"}', /line 2, field "question": must be text/],
    ['an empty question', '{"question":"  ","label":"urgent"}', /line 2, field "question": is empty/],
    [
      'a level out of range',
      '{"question":"q","label":"urgent","level":6}',
      /line 2, field "level": must be from 1 to 5/,
    ],
    [
      'a negative span',
      '{"question":"q","label":"l","deciding_spans":[{"start":-1,"end":1,"finding":"f"}]}',
      /field "deciding_spans\.0\.start"/,
    ],
    [
      'a span behind the note',
      '{"question":"q","label":"l","deciding_spans":[{"start":0,"end":9,"finding":"f"}]}',
      /points outside/,
    ],
    ['what is not JSON', '{"question":', /line 2: is not JSON/],
    ['a list', '[1]', /line 2: is not a JSON object/],
  ])('refuses %s with its line', async (_, line, message) => {
    expect(await refusal(readExamples(await fileOf('bad.jsonl', `${good}${line}\n`)))).toMatch(message);
  });

  it('refuses a label outside the allowed ones and lists them', async () => {
    const path = await fileOf('label.jsonl', good.replace('emergent', 'green'));
    const message = await refusal(readExamples(path, { labels: ACUITY_TEXTS }));
    expect(message).toMatch(
      /^label\.jsonl, line 1, field "label": "green" is not one of the labels; use resuscitation, /,
    );
  });

  it('never quotes the note in an error', async () => {
    const path = await fileOf('secret.jsonl', '{"question":"patient Smith","label":""}\n');
    expect(await refusal(readExamples(path))).not.toContain('Smith');
  });

  it.each([
    ['jsonl', Buffer.concat([Buffer.from(good), Buffer.from([0x22, 0xff, 0xfe, 0x0a])]), /line 2: is not UTF-8/],
    ['jsonl', Buffer.concat([Buffer.from(good), Buffer.from([0x50, 0x4b, 0, 0, 0x0a])]), /line 2: holds binary data/],
    [
      'csv',
      Buffer.concat([Buffer.from('question,label\nq,'), Buffer.from([0xc3, 0x28, 0x0a])]),
      /line 2: is not UTF-8/,
    ],
    ['csv', Buffer.from('question,label\nq,l\nq,l,m\n'), /line 3: is not well-formed CSV \(it has another number/],
    ['csv', Buffer.from('question,label\n"q,l\n'), /is not well-formed CSV \(a quoted field is not closed/],
    ['csv', Buffer.from('question,rationale\nq,r\n'), /line 2, field "label": is missing/],
  ])('refuses a damaged .%s', async (extension, content, message) => {
    expect(await refusal(readExamples(await fileOf(`damaged.${extension}`, content)))).toMatch(message);
  });

  it('refuses an empty file, a folder, a missing file and an unknown kind', async () => {
    expect(await refusal(readExamples(await fileOf('empty.jsonl', '')))).toMatch(/holds no examples/);
    expect(await refusal(readExamples(await fileOf('empty.csv', '')))).toMatch(/holds no examples/);
    expect(await refusal(readExamples(join(folder, 'none.jsonl')))).toMatch(/there is no such file/);
    expect(await refusal(readExamples(await fileOf('notes.xlsx', 'x')))).toMatch(/give a \.jsonl or a \.csv file/);
    expect(await refusal(readJsonLines(folder))).toMatch(/is a folder/);
  });

  it('refuses a line without end instead of filling the memory', async () => {
    const path = await fileOf('endless.jsonl', Buffer.alloc(17 * 1024 * 1024, 'a'));
    expect(await refusal(readExamples(path))).toMatch(/line 1: is longer than 16 MB/);
  });

  it('reads a byte order mark, carriage returns, blank lines and a last line without its end', async () => {
    const path = await fileOf('windows.jsonl', `\ufeff${good.trim()}\r\n\r\n${good.trim()}`);
    expect(await all(readExamples(path))).toHaveLength(2);
  });

  it('splits characters and lines rightly at the edges of chunks', async () => {
    const question = 'ä€😀'.repeat(30_000);
    const path = await fileOf('chunks.jsonl', `${JSON.stringify({ question, label: 'urgent' })}\n`.repeat(3));
    const examples = await all(readExamples(path));
    expect(examples.map((example) => example.question === question)).toEqual([true, true, true]);
  });
});

const examples: Example[] = [
  {
    question: 'pain, "crushing"\nnow',
    label: 'emergent',
    rationale: '',
    id: 'a',
    level: 2,
    deciding_spans: [{ start: 0, end: 4, finding: 'complaint' }],
  },
  { question: 'Übelkeit', label: 'non-urgent', rationale: 'r', reviewer: 'nurse-7' },
];

describe('writing examples', () => {
  it.each(['jsonl', 'csv'])('gives the same examples back from .%s', async (extension) => {
    const path = join(folder, `round.${extension}`);
    expect(await writeExamples(path, examples)).toBe(2);
    expect(await all(readExamples(path))).toEqual(examples);
  });

  it('writes just the three reference columns when asked', async () => {
    const path = join(folder, 'reference.jsonl');
    await writeExamples(path, examples, { columns: 'reference' });
    const [first = ''] = (await readFile(path, 'utf8')).split('\n');
    expect(Object.keys(JSON.parse(first))).toEqual(['question', 'label', 'rationale']);
    const csv = join(folder, 'reference.csv');
    await writeExamples(csv, examples, { columns: 'reference' });
    expect((await readFile(csv, 'utf8')).split('\n')[0]).toBe('question,label,rationale');
  });

  it('leaves no file behind when the examples fail half-way', async () => {
    const path = join(folder, 'half.jsonl');
    const failing = (function* () {
      yield* examples;
      throw new Error('source failed');
    })();
    await expect(writeExamples(path, failing)).rejects.toThrow('source failed');
    await expect(stat(path)).rejects.toThrow('ENOENT');
  });
});
