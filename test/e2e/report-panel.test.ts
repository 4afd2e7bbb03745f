import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeEvaluation } from '../../src/evaluation/index.ts';
import { renderInProcess } from '../../src/extension/report/report-process.ts';
import { readSavedReport } from '../../src/extension/report/saved-report.ts';
import { renderReport } from '../../src/report/index.ts';
import { evaluationOf, times } from '../unit/report/evaluations.ts';
import { userErrorOf } from '../unit/user-error.ts';
import { root, temporaryFolder } from './command-line.ts';

const entry = join(root, 'dist', 'cli.js');
const evaluation = evaluationOf([...times(5, { gold: 1, predicted: 1 }), { gold: 1, predicted: 2 }]);

describe('the report for the panel', () => {
  test('is made in a process of its own, the same as here', async () => {
    const file = join(temporaryFolder(), 'an evaluation.json');
    await writeEvaluation(file, evaluation);
    expect(await renderInProcess(entry, [file])).toBe(renderReport({ evaluations: [evaluation] }));
  });

  test('passes on in one sentence what is wrong with a file', async () => {
    const file = join(temporaryFolder(), 'none.json');
    expect(await userErrorOf(() => renderInProcess(entry, [file]))).toContain('no such evaluation');
  });
});

describe('a saved report', () => {
  test('is shown as it is', async () => {
    const file = join(temporaryFolder(), 'report.html');
    const page = renderReport({ evaluations: [evaluation] });
    await writeFile(file, page);
    expect(await readSavedReport(file)).toBe(page);
  });

  test('is refused where its policy is not the first thing on the page', async () => {
    const file = join(temporaryFolder(), 'report.html');
    const page = renderReport({ evaluations: [evaluation] });
    const others = [
      '<p>Hello</p>',
      page.replace("default-src 'none'", 'default-src *'),
      page.replace('<head>', '<head><img src="https://example.com/seen.png">'),
      page.replace("'none'; form-action", "'none'; img-src *; form-action"),
    ];
    for (const other of others) {
      await writeFile(file, other);
      expect(await userErrorOf(() => readSavedReport(file))).toContain('is not a report');
    }
    expect(await userErrorOf(() => readSavedReport(`${file}.gone`))).toContain('cannot be read');
  });
});
