import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reason2decide, root, temporaryFolder } from './command-line.ts';

const records = (file: string): Record<string, unknown>[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('dataset generate', () => {
  it('writes the same notes for the same seed, others for another', () => {
    const folder = temporaryFolder();
    const write = (name: string, seed: string) => {
      const out = join(folder, name);
      expect(reason2decide(['dataset', 'generate', '--out', out, '--count', '50', '--seed', seed]).code).toBe(0);
      return readFileSync(out, 'utf8');
    };
    const first = write('a.jsonl', '4');
    expect(first.trim().split('\n')).toHaveLength(50);
    expect(write('b.jsonl', '4')).toBe(first);
    expect(write('c.jsonl', '5')).not.toBe(first);
  });

  it("writes the reference code's three columns when asked", () => {
    const out = join(temporaryFolder(), 'a.jsonl');
    const args = ['dataset', 'generate', '--out', out, '--count', '3', '--columns', 'reference'];
    expect(reason2decide(args).code).toBe(0);
    for (const record of records(out)) expect(Object.keys(record)).toEqual(['question', 'label', 'rationale']);
  });
});

describe('dataset convert', () => {
  const data = join(root, '..', 'shared', 'data');
  it.each([
    ['ktas', join(data, 'ktas', 'ktas-hospital-1.csv'), 688],
    ['pubmedqa', join(data, 'pubmedqa', 'ori_pqal.json'), 1000],
    ['medreason', join(data, 'medreason', 'val.jsonl'), 1504],
  ])('reads %s as published', (kind, file, count) => {
    const out = join(temporaryFolder(), 'out.jsonl');
    const { code, stderr } = reason2decide(['dataset', 'convert', '--from', kind, file, '--out', out]);
    expect(stderr).toContain(`${count} examples`);
    expect(code).toBe(0);
    expect(records(out)).toHaveLength(count);
  });
});

describe('dataset describe', () => {
  it('prints statistics and samples', () => {
    const file = join(temporaryFolder(), 'a.jsonl');
    reason2decide(['dataset', 'generate', '--out', file, '--count', '20']);
    const { code, stdout } = reason2decide(['dataset', 'describe', file, '--samples', '2']);
    expect(code).toBe(0);
    expect(stdout).toContain('"count": 20');
    expect(stdout.split('  → ')).toHaveLength(3);
  });
});

describe('evaluate', () => {
  it('measures the shipped model and says so in the agreed fields', () => {
    const file = join(temporaryFolder(), 'a.jsonl');
    reason2decide(['dataset', 'generate', '--out', file, '--count', '10', '--seed', '9']);
    const { code, stdout } = reason2decide(['evaluate', '--json', '--data', file, '--device', 'cpu']);
    expect(code).toBe(0);
    const evaluation = JSON.parse(stdout);
    expect(evaluation.n).toBe(10);
    expect(evaluation.perLevel).toHaveLength(5);
    for (const name of ['accuracy', 'macroF1', 'underTriage', 'overTriage', 'quadraticKappa', 'bleu']) {
      expect(evaluation[name], name).toEqual(expect.any(Number));
    }
  });
});
