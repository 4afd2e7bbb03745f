import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/common/index.ts';
import { ACUITY_LABELS } from '../../../src/dataset/index.ts';
import { compareEvaluations, compareJudged, mcnemar } from '../../../src/evaluation/index.ts';
import { evaluationOf } from './evaluation-of.ts';
import { judgedLevels } from './judged.ts';

/** The same pair of levels, several times. */
const times = (count: number, gold: number, predicted: number) =>
  Array.from({ length: count }, () => [gold, predicted] as const);

describe('two models on the same examples', () => {
  it('differ by the second less the first, beyond noise where they differ often', () => {
    const first = judgedLevels([...times(60, 2, 2), ...times(40, 2, 3)]);
    const second = judgedLevels([...times(60, 2, 2), ...times(36, 2, 2), ...times(4, 2, 3)]);
    const { differences, onlyFirstRight, onlySecondRight, mcnemar: test } = compareJudged(ACUITY_LABELS, first, second);
    expect([onlyFirstRight, onlySecondRight]).toEqual([0, 36]);
    expect(test).toEqual(mcnemar(0, 36));
    expect(differences.accuracy.value).toBeCloseTo(0.36, 10);
    expect(differences.underTriage.value).toBeCloseTo(-0.36, 10);
    expect(differences.accuracy.interval?.low).toBeGreaterThan(0);
    expect(differences.underTriage.interval?.high).toBeLessThan(0);
    expect(differences.overTriage).toEqual({ value: 0, interval: { low: 0, high: 0 } });
  });

  it('do not differ beyond noise where each is right on other examples', () => {
    const first = judgedLevels([...times(10, 3, 3), ...times(10, 3, 4)]);
    const second = judgedLevels([...times(10, 3, 4), ...times(10, 3, 3)]);
    const { differences, mcnemar: test } = compareJudged(ACUITY_LABELS, first, second);
    expect(differences.accuracy.interval?.low).toBeLessThan(0);
    expect(differences.accuracy.interval?.high).toBeGreaterThan(0);
    expect(test.exact).toBe(1);
  });

  it('have a narrower interval than models on other examples would: each resample holds both', () => {
    // Both are wrong on the same half, so nothing but one example in twenty tells them apart.
    const first = judgedLevels([...times(20, 3, 3), ...times(20, 3, 4)]);
    const second = judgedLevels([...times(22, 3, 3), ...times(18, 3, 4)]);
    const { interval } = compareJudged(ACUITY_LABELS, first, second).differences.accuracy;
    expect((interval?.high ?? 1) - (interval?.low ?? 0)).toBeLessThan(0.2);
    expect(interval?.low).toBe(0);
  });

  it('have no difference of a measure that one of them lacks', () => {
    const one = judgedLevels(times(3, 4, 4));
    const { differences } = compareJudged(ACUITY_LABELS, one, one);
    expect(differences.urgentRecall).toEqual({ value: null, interval: null });
    expect(differences.quadraticKappa).toEqual({ value: null, interval: null });
  });

  it.each([
    ['other examples', judgedLevels(times(2, 3, 3)), judgedLevels(times(3, 3, 3))],
    ['other gold labels', judgedLevels(times(2, 3, 3)), judgedLevels(times(2, 4, 3))],
    ['no example', [], []],
  ])('are not compared on %s', (_, first, second) => {
    expect(() => compareJudged(ACUITY_LABELS, first, second)).toThrow(UserError);
  });

  it('are not compared with other labels', () => {
    const first = evaluationOf(judgedLevels(times(2, 3, 3)));
    const second = { ...first, labels: first.labels.map(({ text }) => ({ text })) };
    expect(compareEvaluations(first, first).examples).toBe(2);
    expect(() => compareEvaluations(first, second)).toThrow(/other labels/);
  });
});
