import { describe, expect, it } from 'vitest';
import { ACUITY_LABELS, type Example } from '../../../src/dataset/index.ts';
import { type Evaluated, evaluate, evaluateExamples, groundedNumbers } from '../../../src/evaluation/index.ts';

/** Answers by a rule of its own: what stands behind "level" in the note, explained by the note's first number. */
const ruled: Evaluated = {
  labels: ACUITY_LABELS,
  predict: async (note) => {
    const label = ACUITY_LABELS[Number(note.match(/level (\d)/)?.[1]) - 1] ?? ACUITY_LABELS[4];
    if (label === undefined) throw new Error('no labels');
    return { label, probabilities: [{ label, probability: 1 }], truncated: false };
  },
  explain: async (note) => `HR ${note.match(/HR (\d+)/)?.[1]} and SpO2 42`,
};

const example = (question: string, label: string, rationale = ''): Example => ({ question, label, rationale });

describe('evaluate', () => {
  it('measures labels, and rationales where an example has one', async () => {
    const evaluation = await evaluate(ruled, [
      example('level 1, HR 130', 'resuscitation', 'HR 130 and SpO2 42'),
      example('level 2, HR 110', 'emergent'),
      example('level 4, HR 80', 'urgent'),
      example('level 2, HR 70', 'urgent'),
    ]);
    expect(evaluation).toMatchObject({ n: 4, accuracy: 0.5, underTriage: 0.25, overTriage: 0.25 });
    expect(evaluation.bleu).toBeCloseTo(1, 10);
    expect(evaluation.groundedNumbers).toBeCloseTo(1 / 2, 10);
    const accuracy = evaluation.intervals.accuracy;
    expect(accuracy?.low).toBeLessThanOrEqual(0.5);
    expect(accuracy?.high).toBeGreaterThanOrEqual(0.5);
  });

  it('has no rationale measures where no example has a rationale', async () => {
    const evaluation = await evaluate(ruled, [example('level 3', 'urgent')]);
    expect(evaluation.bleu).toBeNull();
    expect(evaluation.consistency).toBeNull();
    expect(evaluation.intervals.goldRobustness).toBeNull();
    expect(evaluation.groundedNumbers).toBeNull();
  });

  it('asks what the rationale alone says, the written one and the gold one', async () => {
    // Reads every note without a level, and so every rationale written here, as level 5.
    const evaluation = await evaluate(ruled, [
      example('level 1, HR 130', 'resuscitation', 'level 1 for HR 130'),
      example('level 5, HR 70', 'non-urgent', 'level 5: nothing urgent'),
      example('level 4, HR 80', 'non-urgent', 'level 4: HR 80'),
    ]);
    expect(evaluation.consistency).toBeCloseTo(1 / 3, 10);
    expect(evaluation.sufficiency).toBeCloseTo(2 / 3, 10);
    expect(evaluation.goldRobustness).toBeCloseTo(2 / 3, 10);
    expect(evaluation.intervals.sufficiency?.low).toBeLessThan(2 / 3);
  });

  it('keeps what was said of each example, and no text of it', async () => {
    const { examples } = await evaluateExamples(ruled, [
      { ...example('level 1, HR 130', 'resuscitation', 'HR 130'), id: 'case 7' },
      example('level 2, HR 110', 'urgent'),
    ]);
    expect(examples).toEqual([
      { id: 'case 7', gold: 'resuscitation', predicted: 'resuscitation', probabilities: [1], rationaleWritten: true },
      { id: '#2', gold: 'urgent', predicted: 'emergent', probabilities: [1], rationaleWritten: false },
    ]);
  });

  it('gives an interval for recall of every level that occurs, and for no other', async () => {
    const notes = Array.from({ length: 30 }, (_, i) => example(`level ${i % 3 === 0 ? 2 : 3}`, 'urgent'));
    const { perLevel, levelIntervals } = await evaluate(ruled, notes);
    expect(levelIntervals.map(({ label }) => label)).toEqual(perLevel.map(({ label }) => label));
    const [resuscitation, emergent, urgent] = levelIntervals;
    expect(resuscitation).toMatchObject({ precision: null, recall: null, f1: null });
    // Level 2 is predicted, never gold.
    expect(emergent?.recall).toBeNull();
    expect(emergent?.precision).toEqual({ low: 0, high: 0 });
    expect(urgent?.recall?.low).toBeLessThan(2 / 3);
    expect(urgent?.recall?.high).toBeGreaterThan(2 / 3);
  });

  it('says nothing that JSON cannot hold, where all examples are of one level or there is but one', async () => {
    for (const notes of [[example('level 3', 'urgent', 'as it is')], Array(4).fill(example('level 3', 'urgent'))]) {
      const evaluation = await evaluate(ruled, notes);
      expect(evaluation).toMatchObject({ accuracy: 1, macroF1: 1, quadraticKappa: null, urgentRecall: null });
      // What is not a number would come back as null.
      expect(JSON.parse(JSON.stringify(evaluation))).toEqual(evaluation);
    }
  });

  it('refuses a label that the model does not know before it asks the model, and data without examples', async () => {
    const asked: string[] = [];
    const predict = (note: string) => {
      asked.push(note);
      return ruled.predict(note);
    };
    const notes = [example('level 3', 'urgent'), example('my secret', 'purple')];
    await expect(evaluate({ ...ruled, predict }, notes)).rejects.toThrow(
      /^The gold label of example 2 is not in the label set/,
    );
    expect(asked).toEqual(['level 3']);
    await expect(evaluate(ruled, [])).rejects.toThrow(/no example to evaluate/);
  });

  it('counts a rationale that was not written as no resemblance and no consistency', async () => {
    const silent = { ...ruled, explain: async () => '' };
    const evaluation = await evaluate(silent, [example('level 3', 'urgent', 'level 3 for the HR')]);
    expect(evaluation).toMatchObject({ rationales: 1, bleu: 0, corpusBleu: 0, rougeL: 0, consistency: 0 });
    expect(evaluation).toMatchObject({ sufficiency: 0, goldRobustness: 1, groundedNumbers: null, bertF1: null });
  });

  it('tells of each example, and stops when it is aborted', async () => {
    const controller = new AbortController();
    const done: number[] = [];
    const onExample = (count: number) => {
      done.push(count);
      if (count === 2) controller.abort();
    };
    const examples = Array.from({ length: 5 }, () => example('level 3', 'urgent'));
    await expect(evaluate(ruled, examples, { onExample, signal: controller.signal })).rejects.toThrow();
    expect(done).toEqual([1, 2]);
  });
});

describe('grounded numbers', () => {
  it('counts a number only when the note has it digit for digit', () => {
    const note = 'T 38.6, HR 128, BP 92/60';
    expect(groundedNumbers([{ note, rationale: 'HR 128 with BP 92/60' }])).toBe(1);
    expect(groundedNumbers([{ note, rationale: 'HR 12 and T 38' }])).toBe(0);
    expect(groundedNumbers([{ note, rationale: 'T 38.6, SpO2 91' }])).toBe(0.5);
    expect(groundedNumbers([{ note, rationale: 'looks well' }])).toBeNull();
  });
});
