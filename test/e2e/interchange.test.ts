import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CorrectionsStore } from '../../src/corrections/index.ts';
import { newDecision } from '../unit/corrections/decisions.ts';
import { reason2decide, temporaryFolder } from './command-line.ts';

const secret = 'Zacharias';

/** A workspace with so many decisions, each with a reason. */
function workspace(count = 6): string {
  const folder = temporaryFolder();
  const store = CorrectionsStore.open(join(folder, '.reason2decide', 'corrections.db'));
  for (let n = 0; n < count; n++) {
    const noteText = `${secret}, cough for ${n} days, SpO2 91%`;
    store.append(newDecision({ noteId: `${n}.txt`, noteText, action: 'corrected', rationale: `Day ${n}: low.` }));
  }
  store.close();
  return folder;
}

describe('interchange', () => {
  it.each([
    ['label-studio', 'out.json'],
    ['prodigy', 'out.jsonl'],
    ['argilla', 'out.json'],
  ])('takes decisions to %s and back, once', (format, name) => {
    const from = workspace();
    const out = join(from, name);
    const exported = reason2decide(['interchange', 'export', from, '--format', format, '--out', out]);
    expect([exported.code, exported.stdout, exported.stderr]).toEqual([0, '', `Wrote 6 decisions to ${out}.\n`]);
    const to = temporaryFolder();
    const args = ['interchange', 'import', to, '--format', format, '--from', out];
    expect(reason2decide(args).stderr).toBe(`Added 6 decisions from ${out}; 0 were there already.\n`);
    expect(reason2decide(args).stderr).toBe(`Added 0 decisions from ${out}; 6 were there already.\n`);
    const check = reason2decide(['corrections', 'check', to]);
    expect([check.code, check.stdout]).toEqual([0, expect.stringMatching(/^6 decisions: the chain is intact/)]);
  });

  it("writes the reference code's two files", () => {
    const from = workspace(9);
    const out = join(from, 'train.jsonl');
    const { code, stderr } = reason2decide(['interchange', 'export', from, '--format', 'reference', '--out', out]);
    expect(code).toBe(0);
    const lines = [out, join(from, 'train.validation.jsonl')].flatMap((file) =>
      readFileSync(file, 'utf8').trim().split('\n'),
    );
    expect(lines).toHaveLength(9);
    expect(lines.every((line) => Object.keys(JSON.parse(line)).join() === 'question,label,rationale')).toBe(true);
    expect(stderr).toMatch(/^Wrote \d+ decisions to .* and \d+ to .*train\.validation\.jsonl\.\n$/);
  });

  it('says what it skipped, where and why, and never of whom', () => {
    const folder = temporaryFolder();
    const file = join(folder, 'in.jsonl');
    const line = (answer: string) => JSON.stringify({ text: `${secret} coughs, ${answer}`, label: 'urgent', answer });
    writeFileSync(file, `${line('accept')}\n${line('ignore')}\n`);
    const args = ['interchange', 'import', folder, '--format', 'prodigy', '--from', file];
    expect(reason2decide(args).stderr).toBe(
      [
        `Added 0 decisions from ${file}; 0 were there already.`,
        'Skipped 1 (line 1): names no reviewer; give one with --reviewer.',
        'Skipped 1 (line 2): was ignored in Prodigy.',
        '',
      ].join('\n'),
    );
    expect(reason2decide([...args, '--reviewer', 'E. Cavell']).stderr).toMatch(/^Added 1 decision/);
  });

  it.each<[string[], RegExp]>([
    [['interchange'], /which way/],
    [['interchange', 'export', 'FOLDER', '--out', 'OUT.json'], /--format is missing/],
    [['interchange', 'export', 'FOLDER', '--format', 'word', '--out', 'OUT.json'], /no "word"/],
    [['interchange', 'export', 'FOLDER', '--format', 'prodigy', '--out', 'OUT.json'], /\.jsonl/],
    [['interchange', 'export', 'FOLDER', '--format', 'argilla', '--out', 'OUT.json', '--states', 'undone'], /"undone"/],
    [['interchange', 'import', 'FOLDER', '--format', 'argilla', '--from', '/nowhere.json'], /no such file/],
    [['interchange', 'import', 'FOLDER', '--format', 'reference', '--from', 'OUT.json'], /no "reference"/],
    [
      ['interchange', 'import', 'FOLDER', '--format', 'argilla', '--from', 'OUT.json', '--people', 'me'],
      /"me" is no pair/,
    ],
  ])('%j is told in one line', (args, what) => {
    const folder = workspace(1);
    const filled = args.map((arg) => arg.replace('FOLDER', folder).replace('OUT', join(folder, 'out')));
    const { code, stdout, stderr } = reason2decide(filled);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(what);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).not.toContain(secret);
    expect(existsSync(join(folder, 'out.json'))).toBe(false);
  });
});
