import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { convert, type Example } from '../../../src/dataset/index.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dataset-sources-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function converted(kind: string, path: string): Promise<Example[]> {
  const result: Example[] = [];
  for await (const example of convert(kind, path)) result.push(example);
  return result;
}

const HEADER =
  'Group;Sex;Age;Patients number per hour;Arrival mode;Injury;Chief_complain;Mental;Pain;NRS_pain;SBP;DBP;HR;RR;BT;Saturation;KTAS_RN;Diagnosis in ED;Disposition;KTAS_expert;Error_group;Length of stay_min;KTAS duration_min;mistriage';

async function ktasFile(name: string, ...rows: string[]): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `${[HEADER, ...rows].join('\n')}\n`);
  return path;
}

describe('KTAS records', () => {
  it('become a line that a triage nurse would write', async () => {
    const path = await ktasFile(
      'a.csv',
      '1;1;56;12;3;2;right forearm burn;1;1;2;137;75;60;20;36.5;97;4;Burn;1;5;4;64;3,95;1',
    );
    expect(await converted('ktas', path)).toEqual([
      {
        id: 'ktas-1-1',
        question:
          '56F, private car, injury. CC: right forearm burn. Alert. NRS 2. BP 137/75 HR 60 RR 20 BT 36.5 SpO2 97%',
        label: 'non-urgent',
        rationale: '',
        note_source: 'ktas',
        level: 5,
      },
    ]);
  });

  it('hold nothing that became known after triage', async () => {
    // Every value of a forbidden column is a number or a word that no allowed column holds.
    const path = await ktasFile(
      'b.csv',
      '2;2;40;777;1;1;cough;1;0;#BOÞ!;120;80;70;16;36.5;;LEAKRN;LEAKDX;LEAKDISP;4;LEAKERR;9991;8,88;LEAKMIS',
    );
    const [example] = await converted('ktas', path);
    expect(example?.question).toBe('40M, walk-in. CC: cough. Alert. No pain. BP 120/80 HR 70 RR 16 BT 36.5');
    expect(JSON.stringify(example)).not.toMatch(/LEAK|777|9991|8[.,]88/);
  });

  it('leave out what was not recorded and words whose letters were lost', async () => {
    const path = await ktasFile(
      'c.csv',
      '1;2;69;11;2;1;?? ??;4;1;#BOÞ!;??;??;??;20;??;;3;x;1;1;1;1;1;1',
      '1;1;30;1;6;1;Pain, ?nus;1;1;5;??;80;90;18;37;;3;x;1;3;1;1;1;1',
    );
    const [first, second] = await converted('ktas', path);
    expect(first?.question).toBe('69M, by ambulance. Unresponsive. Pain. RR 20');
    expect(second?.question).toBe('30F, wheelchair. CC: Pain, ?nus. Alert. NRS 5. HR 90 RR 18 BT 37');
  });

  it('are read in the single-byte encoding of the original file too', async () => {
    const path = join(folder, 'latin.csv');
    const text = `${HEADER}\n1;1;20;1;1;1;cough;1;0;#BOÞ!;120;80;70;16;36.5;;3;x;1;4;1;1;1;1\n`;
    await writeFile(path, Buffer.from(text, 'latin1'));
    expect((await converted('ktas', path))[0]?.question).toContain('No pain');
  });

  it('are refused with line and field when a level or a column is missing', async () => {
    const level = await ktasFile('d.csv', '1;1;20;1;1;1;cough;1;0;1;120;80;70;16;36.5;;3;x;1;9;1;1;1;1');
    await expect(converted('ktas', level)).rejects.toThrow(/line 2, field "KTAS_expert": must be a level/);
    const other = join(folder, 'other.csv');
    await writeFile(other, 'a,b\n1,2\n');
    await expect(converted('ktas', other)).rejects.toThrow(/has no column "Group"/);
  });

  it('of the published hospital are all read, with stable ids', async () => {
    const examples = await converted('ktas', '../shared/data/ktas/ktas-hospital-1.csv');
    expect(examples).toHaveLength(688);
    expect(new Set(examples.map((example) => example.id)).size).toBe(688);
    const levels = [1, 2, 3, 4, 5].map((level) => examples.filter((example) => example.level === level).length);
    expect(levels).toEqual([14, 72, 270, 276, 56]);
    expect(examples.filter((example) => /\?\?|#|undefined|NaN/.test(example.question))).toEqual([]);
  });
});

describe('other published sets', () => {
  it('PubMedQA gives question and abstract, the decision, the long answer and the published split', async () => {
    const examples = await converted('pubmedqa', '../shared/data/pubmedqa/ori_pqal.json');
    expect(examples).toHaveLength(1000);
    expect(examples.filter((example) => example.split === 'test')).toHaveLength(500);
    expect(new Set(examples.map((example) => example.label))).toEqual(new Set(['yes', 'no', 'maybe']));
    expect(examples.every((example) => example.rationale !== '' && example.question.includes('\n'))).toBe(true);
  });

  it('PubMedQA without the file of test ids has no split', async () => {
    const path = join(folder, 'pqal.json');
    const record = { QUESTION: 'Is it?', CONTEXTS: ['One.', 'Two.'], LONG_ANSWER: 'It is.', final_decision: 'yes' };
    await writeFile(path, JSON.stringify({ 7: record }));
    expect(await converted('pubmedqa', path)).toEqual([
      {
        id: 'pubmedqa-7',
        question: 'Is it?\nOne.\nTwo.',
        label: 'yes',
        rationale: 'It is.',
        rationale_source: 'author',
        note_source: 'pubmedqa',
      },
    ]);
    await writeFile(path, JSON.stringify({ 7: { ...record, final_decision: 'perhaps' } }));
    await expect(converted('pubmedqa', path)).rejects.toThrow(/record 7, field "final_decision"/);
  });

  it('MedReason is read as published', async () => {
    const examples = await converted('medreason', '../shared/data/medreason/val.jsonl');
    expect(examples).toHaveLength(1504);
    expect(examples[0]).toMatchObject({ id: 'medreason-1', label: 'Tuberculosis meningitis', rationale_source: 'llm' });
  });

  it('an unknown kind is refused with the known ones', () => {
    expect(() => convert('mimic', 'x')).toThrow(/use one of: ktas, pubmedqa, medreason/);
  });
});
