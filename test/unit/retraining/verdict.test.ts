import { describe, expect, it } from 'vitest';
import { type EvaluationFile, evaluateExamples, type MetricLabel } from '../../../src/evaluation/index.ts';
import { judge, type Pair } from '../../../src/retraining/verdict.ts';
import { LABELS } from './corrections.ts';

const margins = { macroF1: 0.02, underTriage: 0.01 };

/** What a model with these answers is found to be; gold runs through the five levels in turn. */
async function evaluated(
  predicted: readonly number[],
  labels: readonly MetricLabel[] = LABELS,
): Promise<EvaluationFile> {
  const text = (level: number) => LABELS[level - 1]?.text ?? '';
  const examples = predicted.map((_, i) => ({
    id: `e${i}`,
    question: `note ${i}`,
    label: text(1 + (i % 5)),
    rationale: '',
  }));
  let next = 0;
  const result = await evaluateExamples(
    {
      labels,
      predict: async () => {
        const level = predicted[next++] ?? 1;
        const probabilities = LABELS.map((label) => ({ label, probability: Number(label.level === level) }));
        return { label: LABELS[level - 1] ?? LABELS[0], probabilities, truncated: false } as never;
      },
      explain: async () => '',
    },
    examples,
  );
  return {
    format: 1,
    createdAt: '2026-11-22T10:00:00.000Z',
    model: { id: 'tiny', version: '1', fingerprint: 'f'.repeat(64) },
    data: { name: 'examples.jsonl', sha256: 'a'.repeat(64), examples: examples.length },
    labels,
    ...result,
  };
}

/** Answers that are right but for some: `wrong(i)` gives the level that is said instead. */
const answers = (count: number, wrong: (i: number) => number | undefined) =>
  Array.from({ length: count }, (_, i) => wrong(i) ?? 1 + (i % 5));

const every = (n: number, shift: number) => (i: number) =>
  i % n === 0 ? Math.min(5, Math.max(1, 1 + (i % 5) + shift)) : undefined;

async function pair(
  parent: readonly number[],
  candidate: readonly number[],
  labels?: readonly MetricLabel[],
): Promise<Pair> {
  return { parent: await evaluated(parent, labels), candidate: await evaluated(candidate, labels) };
}

const right = (count: number) => answers(count, () => undefined);
/** Over-triages a third of the notes of every level but the first. */
const parentOnFrozen = answers(1000, every(13, -1));
const sameOnFrozen = () => pair(parentOnFrozen, parentOnFrozen);
/** Of 40 corrections the parent meets 20 and the candidate 36, and loses none: McNemar's p is 2 × 0.5¹⁶. */
const betterOnCorrections = async () =>
  pair(
    answers(40, (i) => (i < 20 ? undefined : 1 + ((i + 1) % 5))),
    answers(40, (i) => (i < 36 ? undefined : 1 + ((i + 1) % 5))),
  );

const metOf = ({ criteria }: ReturnType<typeof judge>) =>
  Object.fromEntries(criteria.map(({ measure, met }) => [measure, met]));

describe('the verdict', () => {
  it('offers a candidate that loses nothing and meets the reviewer more often', async () => {
    const verdict = judge(await sameOnFrozen(), await betterOnCorrections(), margins);
    expect(verdict.offered).toBe(true);
    expect(verdict.criteria.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(
        /^Macro-F1 on 1000 frozen notes is 0\.9\d\d, before 0\.9\d\d .*0\.020 or more is ruled out\.$/,
      ),
      expect.stringMatching(/^Under-triage on 1000 frozen notes is 0\.0 %, .*1\.0 % or more is ruled out\.$/),
      "The reviewer's level is met in 36 of 40 held-out corrections, before in 20 (16 gained, 0 lost; p < 0.001): more often, beyond noise.",
      expect.stringMatching(/no rise beyond noise\.$/),
    ]);
  });

  it('does not offer one whose macro-F1 falls', async () => {
    // A level too urgent in one note of seven: no under-triage, but F1 falls by some 0.1.
    const frozen = await pair(right(1000), answers(1000, every(7, -1)));
    const verdict = judge(frozen, await betterOnCorrections(), margins);
    expect(metOf(verdict)).toMatchObject({ 'macro-F1': false, 'under-triage': true, "reviewer's level": true });
    expect(verdict.offered).toBe(false);
  });

  it('does not offer one that under-triages more, though no other measure falls', async () => {
    // The same notes are wrong, but too little urgent instead of too urgent.
    const frozen = await pair(answers(1000, every(17, -1)), answers(1000, every(17, 1)));
    const verdict = judge(frozen, await betterOnCorrections(), { ...margins, macroF1: 0.1 });
    expect(metOf(verdict)).toMatchObject({ 'macro-F1': true, 'under-triage': false });
    expect(verdict.offered).toBe(false);
  });

  it('does not take few notes for proof that nothing is lost', async () => {
    // The candidate is wrong once in 40 notes: that is no loss beyond noise, but a loss of the margin is not ruled out either.
    const frozen = await pair(
      right(40),
      answers(40, (i) => (i === 7 ? 4 : undefined)),
    );
    const verdict = judge(frozen, await betterOnCorrections(), margins);
    expect(metOf(verdict)['macro-F1']).toBe(false);
    expect(verdict.criteria[0]?.reason).toContain('not ruled out');
  });

  it('does not offer one that meets the reviewer more often by what may be noise', async () => {
    // Five gained and none lost: two-sided 2 × 0.5⁵ = 0.0625. Six: 0.031.
    const heldOut = (met: number) =>
      pair(
        answers(40, (i) => (i < 20 ? undefined : 1 + ((i + 1) % 5))),
        answers(40, (i) => (i < met ? undefined : 1 + ((i + 1) % 5))),
      );
    const five = judge(await sameOnFrozen(), await heldOut(25), margins);
    expect(five.offered).toBe(false);
    expect(five.criteria[2]?.reason).toContain('p = 0.063');
    expect(five.criteria[2]?.reason).toContain('may be noise');
    expect(judge(await sameOnFrozen(), await heldOut(26), margins).offered).toBe(true);
  });

  it('does not offer one that meets the reviewer less often, however surely', async () => {
    const { parent, candidate } = await betterOnCorrections();
    const verdict = judge(await sameOnFrozen(), { parent: candidate, candidate: parent }, margins);
    expect(metOf(verdict)["reviewer's level"]).toBe(false);
    expect(verdict.criteria[2]?.reason).toContain('less often');
  });

  it('does not offer one that under-triages corrections more, though it meets the reviewer more often', async () => {
    // The parent says a level too urgent for 30 of 60; the candidate is right in 20 of them and far too little urgent in 10.
    const parent = answers(60, (i) => (i < 30 ? 1 : undefined));
    const candidate = answers(60, (i) => (i % 5 === 0 || (i < 30 && i % 5 === 1) ? 5 : undefined));
    const verdict = judge(await sameOnFrozen(), await pair(parent, candidate), margins);
    expect(metOf(verdict)['under-triage on corrections']).toBe(false);
    expect(verdict.offered).toBe(false);
  });

  it('asks for no under-triage where the labels have no order', async () => {
    const unordered = LABELS.map(({ text }) => ({ text, level: null }));
    const frozen = await pair(parentOnFrozen, parentOnFrozen, unordered);
    const corrections = await betterOnCorrections();
    const heldOut = {
      parent: { ...corrections.parent, labels: unordered },
      candidate: { ...corrections.candidate, labels: unordered },
    };
    const verdict = judge(frozen, heldOut, margins);
    expect(verdict.offered).toBe(true);
    expect(verdict.criteria[1]?.reason).toContain('no order');
  });

  it('refuses to compare evaluations of other examples', async () => {
    const frozen = { parent: await evaluated(right(50)), candidate: await evaluated(right(40)) };
    const corrections = await betterOnCorrections();
    expect(() => judge(frozen, corrections, margins)).toThrow('same examples');
  });
});
