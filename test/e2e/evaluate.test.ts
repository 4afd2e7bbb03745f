import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readEvaluation } from '../../src/evaluation/index.ts';
import { reason2decide, temporaryFolder } from './command-line.ts';

function data(folder: string): string {
  const file = join(folder, 'notes.jsonl');
  reason2decide(['dataset', 'generate', '--out', file, '--count', '6', '--seed', '12']);
  return file;
}

describe('evaluate', () => {
  it('keeps the evaluation, draws it, and compares with it', async () => {
    const folder = temporaryFolder();
    const file = data(folder);
    const [kept, page] = [join(folder, 'kept.json'), join(folder, 'page.html')];
    const base = ['evaluate', '--data', file, '--device', 'cpu'];
    const { code, stdout, stderr } = reason2decide([...base, '--save', kept, '--report', page]);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    for (const title of ['under-triage', 'corpus BLEU', 'ROUGE-L', 'BERTScore F1', 'quadratic kappa']) {
      expect(stdout).toMatch(new RegExp(`^${title} +\\d\\.\\d{3}  \\(95 %: \\d\\.\\d{3} to \\d\\.\\d{3}\\)$`, 'm'));
    }
    const evaluation = await readEvaluation(kept);
    expect(evaluation.data).toMatchObject({ name: 'notes.jsonl', examples: 6 });
    expect(evaluation.examples).toHaveLength(6);
    expect(evaluation.metrics.bertEncoder).toBe('triage-small');
    const notes = readFileSync(file, 'utf8').trim().split('\n');
    for (const note of notes) expect(readFileSync(kept, 'utf8')).not.toContain(JSON.parse(note).question.slice(0, 20));
    expect(readFileSync(page, 'utf8')).toContain('<html');

    const again = JSON.parse(reason2decide([...base, '--json', '--against', kept]).stdout);
    expect(again.comparison).toMatchObject({ examples: 6, onlyFirstRight: 0, onlySecondRight: 0 });
    expect(again.accuracy).toBe(evaluation.metrics.accuracy);
  });

  it.each<[string, (file: string) => string[], RegExp]>([
    ['to keep it in a file that is no .json', (file) => ['--save', file], /--save a name that ends in \.json/],
    ['to draw it in a folder that is missing', (file) => ['--report', `${file}-none/a.html`], /folder does not exist/],
    ['to compare with what is no evaluation', (file) => ['--against', file], /damaged or no JSON/],
    ['for an encoder that is missing', (file) => ['--bert-score', `${file}-none`], /config\.json is missing/],
  ])('refuses %s before it begins', (_, options, what) => {
    const file = join(temporaryFolder(), 'notes.jsonl');
    writeFileSync(file, `${JSON.stringify({ question: 'cough', label: 'urgent' })}\n{"half a line\n`);
    const { code, stdout, stderr } = reason2decide(['evaluate', '--data', file, '--device', 'cpu', ...options(file)]);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(what);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
