import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { AnswerLog } from '../../../src/language-model/answer-log.ts';
import { userErrorOf } from '../user-error.ts';

interface Entry {
  readonly key: string;
}

const form = {
  what: 'entries',
  keyOf: ({ key }: Entry) => key,
  read: (line: unknown) =>
    typeof line === 'object' && line !== null && 'key' in line ? { key: String(line.key) } : null,
};

function file(content?: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'reason2decide-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'log.jsonl');
  if (content !== undefined) writeFileSync(path, content);
  return path;
}

async function reopened(path: string): Promise<string[]> {
  const log = await AnswerLog.open(path, form);
  await log.append({ key: 'new' });
  await log.close();
  return readFileSync(path, 'utf8').split('\n');
}

it('goes on behind what is there', async () => {
  const path = file();
  expect(await reopened(path)).toEqual(['{"key":"new"}', '']);
  const log = await AnswerLog.open(path, form);
  expect([log.has('new'), log.has('other'), log.records]).toEqual([true, false, [{ key: 'new' }]]);
  await log.close();
});

it('removes the line that a crash left torn, even inside a character', async () => {
  const whole = Buffer.from('{"key":"a"}\n{"key":"ü"}\n');
  for (let end = whole.indexOf('ü') + 1; end > 12; end--) {
    const path = file();
    writeFileSync(path, whole.subarray(0, end));
    expect(await reopened(path)).toEqual(['{"key":"a"}', '{"key":"new"}', '']);
  }
});

it('keeps a last line that lacks nothing but its end', async () => {
  expect(await reopened(file('{"key":"a"}'))).toEqual(['{"key":"a"}', '{"key":"new"}', '']);
});

it.each(['Patient notes', '[1]', '{"other": 1}', '{"key":"a"}\nno JSON\n', '{"key":"a"}\n{"other": 1}'])(
  'leaves another file as it is: %j',
  async (content) => {
    const path = file(content);
    expect(await userErrorOf(() => AnswerLog.open(path, form))).toMatch(/line \d.*not one of the entries/);
    expect(readFileSync(path, 'utf8')).toBe(content);
  },
);

it('writes each of many that come at once whole', async () => {
  const path = file();
  const log = await AnswerLog.open(path, form);
  const keys = Array.from({ length: 50 }, (_, index) => `k${index}`);
  await Promise.all(keys.map((key) => log.append({ key })));
  await log.close();
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  expect(lines.map((line) => JSON.parse(line).key)).toEqual(keys);
});

it('says where a folder is missing', async () => {
  expect(await userErrorOf(() => AnswerLog.open('/nowhere/log.jsonl', form))).toMatch(/folder does not exist/);
});
