import { describe, expect, it } from 'vitest';
import { ACUITY_LABELS } from '../../../src/dataset/index.ts';
import { riskCoverage } from '../../../src/evaluation/index.ts';
import { judged } from './judged.ts';

describe('risk against coverage', () => {
  it('answers the surest first, and equally sure examples together', () => {
    const examples = [
      judged('unsure, under-triaged', 2, 3, 0.4),
      judged('sure', 1, 1, 0.9),
      judged('less sure, over-triaged', 4, 3, 0.7),
      judged('as sure as that', 4, 4, 0.7),
    ];
    expect(riskCoverage(ACUITY_LABELS, examples)).toEqual([
      { confidence: 0.9, coverage: 0.25, risk: 0, underTriage: 0 },
      { confidence: 0.7, coverage: 0.75, risk: 1 / 3, underTriage: 0 },
      { confidence: 0.4, coverage: 1, risk: 0.5, underTriage: 0.25 },
    ]);
  });

  it('knows no under-triage without levels, and no point without examples', () => {
    const labels = ACUITY_LABELS.map(({ text }) => ({ text }));
    expect(riskCoverage(labels, [judged('one', 2, 3, 0.5)])).toEqual([
      { confidence: 0.5, coverage: 1, risk: 1, underTriage: null },
    ]);
    expect(riskCoverage(labels, [])).toEqual([]);
  });
});
