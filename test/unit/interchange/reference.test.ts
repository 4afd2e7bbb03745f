import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { CorrectionsStore } from '../../../src/corrections/index.ts';
import { readExamples } from '../../../src/dataset/index.ts';
import { exportReference, type ReferenceExportOptions } from '../../../src/interchange/index.ts';
import { newDecision } from '../corrections/decisions.ts';
import { userErrorOf } from '../user-error.ts';
import { folder } from './decisions.ts';

/** A database of so many decisions with a reason, and as many without. */
function store(count: number): CorrectionsStore {
  const opened = CorrectionsStore.open(join(folder(), 'corrections.db'));
  for (let n = 0; n < count; n++) {
    const rationale = `SpO2 91%\u2028is "low" – day ${n}\nand 💊.`;
    opened.append(newDecision({ noteId: `with-${n}`, action: 'corrected', rationale }));
    opened.append(newDecision({ noteId: `without-${n}`, action: 'corrected', rationale: n % 2 ? null : ' ' }));
  }
  return opened;
}

async function written(opened: CorrectionsStore, options: ReferenceExportOptions = {}) {
  const place = folder();
  const [training, validation] = [join(place, 'train.jsonl'), join(place, 'valid.jsonl')];
  const report = await exportReference(opened, training, validation, options);
  const rows = (file: string) =>
    readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { report, training: rows(training), validation: rows(validation), file: training };
}

it('gives the reference code three columns of text that is never empty, and nothing else', async () => {
  const { training, validation, report, file } = await written(store(30));
  expect(training.length + validation.length).toBe(30);
  expect(report).toMatchObject({
    training: { written: training.length },
    validation: { written: validation.length },
    leftOut: { withoutRationale: 30, withoutLabel: 0, notAskedFor: 0 },
  });
  for (const row of [...training, ...validation]) {
    expect(Object.keys(row)).toEqual(['question', 'label', 'rationale']);
    for (const value of Object.values(row)) expect(typeof value === 'string' && value.trim() !== '').toBe(true);
  }
  let read = 0;
  for await (const { label } of readExamples(file, { labels: ['emergent'] })) read += label === 'emergent' ? 1 : 0;
  expect(read).toBe(training.length);
});

it('puts no note on both sides, and keeps each on its side in a later export', async () => {
  const opened = store(30);
  const first = await written(opened);
  const share = (rows: Record<string, unknown>[], others: Record<string, unknown>[]) =>
    rows.some(({ question }) => others.some((other) => other.question === question));
  expect(share(first.training, first.validation)).toBe(false);
  for (let n = 30; n < 60; n++) {
    opened.append(newDecision({ noteId: `with-${n}`, action: 'corrected', rationale: 'Low.' }));
  }
  const second = await written(opened);
  expect(share(second.training, first.validation)).toBe(false);
});

it('has three to validate with, or says what is missing', async () => {
  const { validation, training } = await written(store(4), { validationShare: 0 });
  expect([training.length, validation.length]).toEqual([1, 3]);
  const place = folder();
  const [one, other] = [join(place, 'a.jsonl'), join(place, 'b.jsonl')];
  expect(await userErrorOf(() => exportReference(store(3), one, other, {}))).toMatch(
    /Only 3 decisions have a rationale/,
  );
  expect(await userErrorOf(() => exportReference(store(0), one, other, {}))).toMatch(/no decision/);
  expect(await userErrorOf(() => exportReference(store(9), one, one, {}))).toMatch(/two files/);
  expect(await userErrorOf(() => exportReference(store(9), one, join(place, 'b.csv'), {}))).toMatch(/\.jsonl/);
  expect(existsSync(one)).toBe(false);
});
