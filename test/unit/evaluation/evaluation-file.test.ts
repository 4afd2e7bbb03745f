import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../../src/common/index.ts';
import { type EvaluationFile, readEvaluation, writeEvaluation } from '../../../src/evaluation/index.ts';
import { evaluationOf } from './evaluation-of.ts';
import { judgedLevels } from './judged.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evaluation-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const evaluation = evaluationOf(
  judgedLevels([
    [1, 1],
    [3, 4],
  ]),
);

describe('an evaluation file', () => {
  it('is read as it was written', async () => {
    const file = join(folder, 'a.json');
    await writeEvaluation(file, evaluation);
    expect(await readEvaluation(file)).toEqual(evaluation);
  });

  it.each<[string, (file: EvaluationFile) => unknown, RegExp]>([
    ['of another format', (file) => ({ ...file, format: 2 }), /\(format\)/],
    ['without a measure', ({ metrics, ...file }) => ({ ...file, metrics: { n: metrics.n } }), /\(metrics\.accuracy\)/],
    [
      'with a probability too few',
      ({ examples, ...file }) => ({ ...file, examples: examples.map((one) => ({ ...one, probabilities: [1] })) }),
      /not an evaluation/,
    ],
    [
      'with a label of another set',
      ({ examples, ...file }) => ({ ...file, examples: examples.map((one) => ({ ...one, gold: 'purple' })) }),
      /not an evaluation/,
    ],
    ['that is a list', () => [], /not an evaluation/],
  ])('%s is refused in one sentence', async (_, change, what) => {
    const file = join(folder, 'a.json');
    writeFileSync(file, JSON.stringify(change(evaluation)));
    const failure = await readEvaluation(file).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UserError);
    expect(String(failure)).toMatch(what);
    expect(String(failure)).not.toContain('purple');
  });

  it('that is missing, a folder or cut off is refused', async () => {
    const cut = join(folder, 'cut.json');
    await writeEvaluation(cut, evaluation);
    writeFileSync(cut, readFileSync(cut).subarray(0, 100));
    mkdirSync(join(folder, 'b.json'));
    await expect(readEvaluation(join(folder, 'none.json'))).rejects.toThrow(/no such evaluation/);
    await expect(readEvaluation(join(folder, 'b.json'))).rejects.toThrow(/is a folder/);
    await expect(readEvaluation(cut)).rejects.toThrow(/damaged/);
  });
});
