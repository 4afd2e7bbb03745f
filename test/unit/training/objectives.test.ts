import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Random } from '../../../src/common/index.ts';
import { ACUITY_TEXTS, type Example } from '../../../src/dataset/index.ts';
import { Tokenizer } from '../../../src/t5/index.ts';
import { type LogRecord, train } from '../../../src/training/index.ts';
import type { Learner } from '../../../src/training/learner.ts';
import {
  distillingStepByStep,
  jointTraining,
  type Lesson,
  type Objective,
  type ObjectiveContext,
  rationalePretraining,
  supervisedFineTuning,
} from '../../../src/training/objectives.ts';
import { planStages } from '../../../src/training/stages.ts';
import { reason2DecidePrompts } from '../../../src/triage/index.ts';
import { userErrorOf } from '../user-error.ts';
import { stepsOf } from './records.ts';
import { onCpu, syntheticExamples, textsOf, tinyConfiguration, tinyLearner } from './tiny.ts';

const chestPain: Example = {
  question: 'Crushing chest pain, {label}, $& given',
  label: 'emergent',
  rationale: 'Cardiac chest pain is emergent.',
};
const sprain: Example = { question: 'Twisted ankle', label: 'less urgent', rationale: 'A sprain can wait.' };
const cough: Example = { question: 'Cough for a week', label: 'non-urgent', rationale: '' };
const examples = [chestPain, sprain, cough];

const maxSteps = 1000;
const inWarmUp = { step: 25, maxSteps };
const late = { step: 900, maxSteps };

/** A context whose model must not be asked. */
function withoutOwnLabels(): ObjectiveContext {
  return {
    prompts: reason2DecidePrompts,
    predictLabels: async (notes) => {
      expect(notes).toEqual([]);
      return [];
    },
    random: new Random(1),
  };
}

const contextOf = (learner: Learner, seed: number): ObjectiveContext => ({
  prompts: learner.prompts,
  predictLabels: (notes) => learner.predictLabels(notes),
  random: new Random(seed),
});

const predicting = [
  { task: 'predict', prompt: 'predict: Crushing chest pain, {label}, $& given', target: 'emergent' },
  { task: 'predict', prompt: 'predict: Twisted ankle', target: 'less urgent' },
  { task: 'predict', prompt: 'predict: Cough for a week', target: 'non-urgent' },
];
const explainingWithoutLabel = [
  {
    task: 'explain',
    prompt: 'explain: Crushing chest pain, {label}, $& given',
    target: 'Cardiac chest pain is emergent.',
  },
  { task: 'explain', prompt: 'explain: Twisted ankle', target: 'A sprain can wait.' },
];
const explainingGold = [
  {
    task: 'explain',
    prompt: 'given label: emergent, explain: Crushing chest pain, {label}, $& given',
    target: 'Cardiac chest pain is emergent.',
  },
  { task: 'explain', prompt: 'given label: less urgent, explain: Twisted ankle', target: 'A sprain can wait.' },
];

describe('stage 1', () => {
  test('teaches rationales from the notes alone', async () => {
    expect(await rationalePretraining(examples, late, withoutOwnLabels())).toEqual({
      tasks: [{ weight: 1, lessons: explainingWithoutLabel }],
      predictWeight: 0,
      samplingRate: 0,
      ownLabels: 0,
    });
  });
});

describe('supervised fine-tuning', () => {
  test('teaches labels alone, at any step with full weight', async () => {
    for (const position of [{ step: 0, maxSteps }, inWarmUp, late]) {
      expect(await supervisedFineTuning(examples, position, withoutOwnLabels())).toEqual({
        tasks: [{ weight: 1, lessons: predicting }],
        predictWeight: 1,
        samplingRate: 0,
        ownLabels: 0,
      });
    }
  });
});

describe('distilling step by step', () => {
  test('teaches labels and rationales, the rationale never given a label', async () => {
    const taught = await distillingStepByStep(examples, late, withoutOwnLabels());
    expect(taught.tasks.map(({ lessons }) => lessons)).toEqual([predicting, explainingWithoutLabel]);
    expect(taught.samplingRate).toBe(0);
  });
});

describe('stage 2', () => {
  test('in the warm-up gives gold labels, and examples without a rationale are only predicted', async () => {
    const taught = await jointTraining(examples, inWarmUp, withoutOwnLabels());
    expect(taught.tasks.map(({ lessons }) => lessons)).toEqual([predicting, explainingGold]);
    expect(taught).toMatchObject({ samplingRate: 0, ownLabels: 0 });
  });

  test('works where no example of a batch has a rationale', async () => {
    const taught = await jointTraining([cough], late, withoutOwnLabels());
    expect(taught.tasks.map(({ lessons }) => lessons.length)).toEqual([1, 0]);
  });
});

test.each([
  ['stage 2', jointTraining],
  ['distilling step by step', distillingStepByStep],
])('%s weighs the tasks with α and 1 − α', async (_, objective: Objective) => {
  // α = 0.7 · step / 50 in the warm-up.
  for (const [step, alpha] of [
    [0, 0],
    [25, 0.35],
    [50, 0.7],
    [999, 0.7],
  ] as const) {
    const position = { step, maxSteps };
    const taught = await objective(examples, position, { ...withoutOwnLabels(), predictLabels: async () => [] });
    expect(taught.predictWeight).toBeCloseTo(alpha, 12);
    expect(taught.tasks[0]?.weight).toBeCloseTo(alpha, 12);
    expect(taught.tasks[1]?.weight).toBeCloseTo(1 - alpha, 12);
  }
});

describe('with a real model that is not trained', () => {
  const notes = syntheticExamples(120);
  const learner = tinyLearner([...textsOf(notes), ...Object.values(reason2DecidePrompts)]);
  let own: ReadonlyMap<string, string>;
  beforeAll(async () => {
    const labels = await learner.predictLabels(notes.map(({ question }) => question));
    own = new Map(notes.map(({ question }, i) => [question, labels[i] ?? '']));
  });
  afterAll(() => learner.model.release());

  const givenLabel = ({ prompt }: Lesson) => prompt.slice('given label: '.length, prompt.lastIndexOf(', explain: '));
  const explainedAt = async (step: number, seed: number) => {
    const taught = await jointTraining(notes, { step, maxSteps }, contextOf(learner, seed));
    const lessons = taught.tasks[1]?.lessons ?? [];
    expect(lessons.length).toBe(notes.length);
    const ownLabels = lessons.filter((lesson, i) => givenLabel(lesson) !== notes[i]?.label);
    return { taught, lessons, ownLabels };
  };

  test('its own labels are none of the gold ones, so they show in a prompt', () => {
    for (const label of own.values()) expect(ACUITY_TEXTS).not.toContain(label);
  });

  test('before W every explain prompt carries the gold label', async () => {
    for (const step of [0, 10, 49]) {
      const { lessons, taught } = await explainedAt(step, 1);
      expect(lessons.map(givenLabel)).toEqual(notes.map(({ label }) => label));
      expect(taught.ownLabels).toBe(0);
    }
  });

  test('then the fraction π carries the label that the model itself predicts for that very note', async () => {
    for (const step of [200, 500, 900]) {
      const { lessons, ownLabels, taught } = await explainedAt(step, 2);
      const pi = Math.min(0.9, (step - 50) / 600);
      expect(taught.samplingRate).toBeCloseTo(pi, 12);
      expect(taught.ownLabels).toBe(ownLabels.length);
      // Within four standard errors of 120 draws.
      const error = 4 * Math.sqrt((pi * (1 - pi)) / notes.length);
      expect(Math.abs(ownLabels.length / notes.length - pi)).toBeLessThan(error);
      for (const [i, lesson] of lessons.entries()) {
        const { question = '', label = '', rationale = '' } = notes[i] ?? {};
        expect([label, own.get(question)]).toContain(givenLabel(lesson));
        expect(lesson.prompt).toBe(`given label: ${givenLabel(lesson)}, explain: ${question}`);
        expect(lesson.target).toBe(rationale);
      }
    }
  });

  test('the prediction lessons keep the gold labels as targets', async () => {
    const { taught } = await explainedAt(900, 3);
    expect(taught.tasks[0]?.lessons.map(({ target }) => target)).toEqual(notes.map(({ label }) => label));
  });

  test('the draw is the generator’s alone', async () => {
    const [first, again, other] = [await explainedAt(500, 4), await explainedAt(500, 4), await explainedAt(500, 5)];
    expect(again.lessons).toEqual(first.lessons);
    expect(other.lessons).not.toEqual(first.lessons);
  });
});

describe('what a learner computes', () => {
  const learner = tinyLearner(textsOf(syntheticExamples(20)));
  afterAll(() => learner.model.release());
  const lessons: Lesson[] = [
    { task: 'predict', prompt: 'predict: chest pain', target: 'emergent' },
    { task: 'predict', prompt: 'predict: a note that is longer than the other', target: 'less urgent' },
  ];
  const rationale: Lesson = {
    task: 'explain',
    prompt: 'explain: chest pain',
    target: 'Pain in the chest is emergent.',
  };

  test('the loss is Σ weight · mean token loss, and the gradients belong to it', async () => {
    const predictLoss = await learner.meanLoss(lessons);
    const explainLoss = await learner.meanLoss([rationale]);
    const gradients = new Map<string, Float32Array>();
    const losses = await learner.accumulate(
      [
        { weight: 0.7, lessons },
        { weight: 0.3, lessons: [rationale] },
      ],
      gradients,
    );
    expect(losses.predict).toBeCloseTo(predictLoss, 4);
    expect(losses.explain).toBeCloseTo(explainLoss, 4);
    expect(losses.total).toBeCloseTo(0.7 * predictLoss + 0.3 * explainLoss, 4);

    const apart = [new Map<string, Float32Array>(), new Map<string, Float32Array>()] as const;
    await learner.accumulate([{ weight: 0.7, lessons }], apart[0]);
    await learner.accumulate([{ weight: 0.3, lessons: [rationale] }], apart[1]);
    for (const [name, gradient] of gradients) {
      gradient.forEach((value, i) => {
        expect(Math.abs(value - (apart[0].get(name)?.[i] ?? 0) - (apart[1].get(name)?.[i] ?? 0))).toBeLessThan(1e-5);
      });
    }
  });

  test('a task of weight 0 or without lessons leaves no trace', async () => {
    const gradients = new Map<string, Float32Array>();
    const losses = await learner.accumulate(
      [
        { weight: 0, lessons },
        { weight: 1, lessons: [] },
      ],
      gradients,
    );
    expect(losses).toEqual({ total: 0, predict: null, explain: null });
    expect(gradients.size).toBe(0);
  });
});

describe('labels of many tokens', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'long-labels-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('are written whole by the model, and count as right in validation', async () => {
    // A vocabulary with hardly more than the bytes cuts these into some thirty tokens, and only their ends differ.
    const labels = ['the side of the heart, namely left', 'the side of the liver, namely right'];
    const data = join(folder, 'sides.jsonl');
    const lines = ['left', 'right'].map((question, i) => JSON.stringify({ question, label: labels[i] }));
    await writeFile(data, `${lines.join('\n')}\n`);
    const { stage1: _, ...tiny } = tinyConfiguration(folder);
    const { metrics } = await train(
      {
        ...tiny,
        model: { ...tiny.model, tokenizer: { vocabularySize: 700 } },
        objective: 'sft',
        data: { training: [{ file: data }], validation: [{ file: data }], labels },
        optimizer: { ...tiny.optimizer, learningRate: 0.05, flatFraction: 1 },
        batchSize: 2,
        dropout: 0,
        stage2: { maxSteps: 120, evaluateEvery: 120 },
        checkpointEvery: 1000,
      },
      onCpu(),
    );
    expect((await Tokenizer.load(join(folder, 'model'))).encodeIds(labels[0] ?? '').length).toBeGreaterThan(20);
    expect(metrics).toEqual({ accuracy: 1, macroF1: 1 });
  });
});

describe('stage 1 without rationales', () => {
  const configuration = tinyConfiguration('/nowhere');
  const stagesOf = (training: readonly Example[], validation: readonly Example[]) =>
    planStages(configuration, { labels: [], training, validation, hash: '' });

  test('is refused in one sentence', async () => {
    expect(await userErrorOf(() => stagesOf([cough], [sprain]))).toContain('no training example');
    expect(await userErrorOf(() => stagesOf([sprain], [cough]))).toContain('no validation example');
  });

  test('learns only from the examples that have one', () => {
    const [stage1, stage2] = stagesOf(examples, examples);
    expect(stage1?.examples).toEqual([chestPain, sprain]);
    expect(stage2?.examples).toEqual(examples);
  });
});

describe('a run of both stages', () => {
  let folder = '';
  const records: LogRecord[] = [];
  const steps = 60;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'objectives-'));
    const stage2 = { maxSteps: steps, evaluateEvery: 20 };
    await train(
      { ...tinyConfiguration(folder), stage2 },
      onCpu({
        onRecord: (record) => {
          records.push(record);
        },
      }),
    );
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('stage 1 explains and never predicts', () => {
    const stage1 = stepsOf(records, 'stage1');
    expect(stage1.length).toBe(12);
    for (const step of stage1) {
      expect(step).toMatchObject({ predictWeight: 0, samplingRate: 0, ownLabels: 0, predictLoss: null });
      expect(step.explainLoss).toBe(step.loss);
    }
  });

  test('in stage 2 π rises from 0 to 0.9, and the model’s own labels enter the explain prompts with it', () => {
    const stage2 = stepsOf(records, 'stage2');
    expect(stage2.length).toBe(steps);
    // W = 3. The log counts steps from 1, the schedule from 0.
    for (const { step, samplingRate } of stage2) {
      expect(samplingRate).toBeCloseTo(Math.min(0.9, Math.max(0, (step - 1 - 3) / 36)), 12);
    }
    expect(stage2[0]?.samplingRate).toBe(0);
    expect(stage2.at(-1)?.samplingRate).toBe(0.9);

    const own = (from: number, to: number) => stage2.slice(from, to).reduce((sum, { ownLabels }) => sum + ownLabels, 0);
    expect(own(0, 4)).toBe(0);
    // The last 20 steps have 160 examples at π = 0.9: 144 expected, standard deviation 3.8.
    expect(Math.abs(own(40, 60) - 144)).toBeLessThan(16);
    expect(own(0, 20)).toBeLessThan(own(20, 40));
    expect(own(20, 40)).toBeLessThan(own(40, 60));
  });

  test('the loss of stage 2 is α · L_predict + (1 − α) · L_explain', () => {
    for (const { predictWeight, predictLoss, explainLoss, loss } of stepsOf(records, 'stage2')) {
      expect(predictWeight * (predictLoss ?? 0) + (1 - predictWeight) * (explainLoss ?? 0)).toBeCloseTo(loss, 6);
    }
  });

  test('learns', () => {
    const [first, last] = [stepsOf(records, 'stage1')[0], stepsOf(records, 'stage2').at(-1)];
    expect(last?.explainLoss).toBeLessThan(0.9 * (first?.explainLoss ?? 0));
  });
});
