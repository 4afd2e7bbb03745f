import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Random } from '../../../src/common/index.ts';
import type { Example } from '../../../src/dataset/index.ts';
import { generateGreedy, scoreTargets } from '../../../src/t5/index.ts';
import {
  type AdaptiveContext,
  adaptiveTraining,
  type ConfidentLabel,
} from '../../../src/training/adaptive-training.ts';
import { type TrainingConfiguration, train } from '../../../src/training/index.ts';
import { jointTrainingWith, type LabelSampling, scheduledSampling } from '../../../src/training/objectives.ts';
import { reason2DecidePrompts } from '../../../src/triage/index.ts';
import { recordsOf, stepsOf, weightBytesOf } from './records.ts';
import { onCpu, syntheticExamples, textsOf, tinyConfiguration, tinyLearner } from './tiny.ts';

const maxSteps = 1000;
const notes: Example[] = Array.from({ length: 400 }, (_, i) => ({
  question: `note ${i}`,
  label: 'urgent',
  rationale: `reason ${i}`,
}));

/** A model that is as sure of each note as it is told, and always says "emergent". */
function contextOf(confidence: (index: number) => number, threshold: number | null, seed = 1): AdaptiveContext {
  const predictConfidently = async (questions: readonly string[]): Promise<ConfidentLabel[]> =>
    questions.map((question) => ({ label: 'emergent', confidence: confidence(Number(question.slice(5))) }));
  return {
    prompts: reason2DecidePrompts,
    predictLabels: async (questions) => questions.map(() => 'emergent'),
    predictConfidently,
    threshold,
    random: new Random(seed),
  };
}

const adaptive = adaptiveTraining({ sampling: scheduledSampling, cycleWeight: 0.1 });
const given = (prompt: string) => prompt.slice('given label: '.length, prompt.indexOf(', explain: '));

describe('a step of Reason2Decide-C', () => {
  test('uses the prediction with probability π · λ, so sure ones often and unsure ones seldom', async () => {
    // π = 0.9 late. Half of the notes lie 0.3 above τ, half 0.3 below: λ = 0.9526 and 0.0474.
    const taught = await adaptive(
      notes,
      { step: 900, maxSteps },
      contextOf((i) => (i % 2 === 0 ? 0.9 : 0.3), 0.6),
    );
    const lessons = taught.tasks[1]?.lessons ?? [];
    const used = lessons.map(({ prompt }) => given(prompt) === 'emergent');
    const sure = used.filter((own, i) => own && i % 2 === 0).length;
    const unsure = used.filter((own, i) => own && i % 2 === 1).length;
    // Of 200 each: 171.5 ± 4.9 and 8.5 ± 2.9, within four standard deviations.
    expect(Math.abs(sure - 171.5)).toBeLessThan(20);
    expect(Math.abs(unsure - 8.5)).toBeLessThan(12);
    expect(taught.ownLabels).toBe(sure + unsure);
    expect(taught.samplingRate).toBe(0.9);
  });

  test('in the warm-up uses none and reads nothing again, but asks all, so that τ can be set', async () => {
    const taught = await adaptive(
      notes,
      { step: 49, maxSteps },
      contextOf(() => 1, null),
    );
    expect(taught.ownLabels).toBe(0);
    expect(taught.tasks.map(({ cycle }) => cycle)).toEqual([undefined, undefined]);
    expect(taught.confidences).toHaveLength(notes.length);
  });

  test('after it asks that each rationale give the label of its own prompt, at the temperature of the step', async () => {
    const taught = await adaptive(
      notes,
      { step: 500, maxSteps },
      contextOf(() => 0.6, 0.6),
    );
    const [predicting, explaining] = taught.tasks;
    expect(predicting?.cycle).toBeUndefined();
    expect(explaining?.cycle).toMatchObject({ weight: 0.1, temperature: Math.exp(-0.3465) });
    expect(explaining?.cycle?.labels).toEqual(explaining?.lessons.map(({ prompt }) => given(prompt)));
    expect(new Set(explaining?.cycle?.labels)).toEqual(new Set(['urgent', 'emergent']));
  });

  test('may leave out either of its two parts', async () => {
    const position = { step: 900, maxSteps };
    const withoutCycle = adaptiveTraining({ sampling: scheduledSampling, cycleWeight: 0 });
    const sampled = await withoutCycle(
      notes,
      position,
      contextOf(() => 0.9, 0.6),
    );
    expect(sampled.tasks[1]?.cycle).toBeUndefined();
    expect(sampled.ownLabels).toBeGreaterThan(0);
    const gold = adaptiveTraining({ sampling: { ...scheduledSampling, labels: 'gold' }, cycleWeight: 0.1 });
    const cycled = await gold(
      notes,
      position,
      contextOf(() => 0.9, 0.6),
    );
    expect(cycled).toMatchObject({ ownLabels: 0, samplingRate: 0, confidences: [] });
    expect(cycled.tasks[1]?.cycle?.labels).toEqual(notes.map(() => 'urgent'));
  });

  test('works where no example has a rationale', async () => {
    const bare = notes.slice(0, 2).map((example) => ({ ...example, rationale: '' }));
    const taught = await adaptive(
      bare,
      { step: 900, maxSteps },
      contextOf(() => 0.9, 0.6),
    );
    expect(taught.tasks.map(({ lessons }) => lessons.length)).toEqual([2, 0]);
  });
});

describe('the ablations of the explain prompts’ labels', () => {
  const taughtWith = (sampling: Partial<LabelSampling>, step: number) =>
    jointTrainingWith({ ...scheduledSampling, ...sampling })(
      notes,
      { step, maxSteps },
      contextOf(() => 1, null),
    );

  test('gold labels only, or predicted only, from the first step to the last', async () => {
    for (const step of [0, 49, 300, 999]) {
      expect(await taughtWith({ labels: 'gold' }, step)).toMatchObject({ ownLabels: 0, samplingRate: 0 });
      expect(await taughtWith({ labels: 'predicted' }, step)).toMatchObject({ ownLabels: 400, samplingRate: 1 });
    }
  });

  test('a cap holds the fraction of own labels down, or lets it rise to all', async () => {
    const half = await taughtWith({ cap: 0.5 }, 900);
    expect(half.samplingRate).toBe(0.5);
    // 200 ± 10 of 400.
    expect(Math.abs(half.ownLabels - 200)).toBeLessThan(40);
    expect((await taughtWith({ cap: 1 }, 900)).ownLabels).toBe(400);
  });
});

describe('the confidence of a real model', () => {
  const learner = tinyLearner(textsOf(syntheticExamples(40)));
  afterAll(() => learner.model.release());

  test('is exp of the mean log-probability of the tokens it wrote, in whatever batch', async () => {
    const questions = syntheticExamples(40).map(({ question }) => question);
    const confident = await learner.predictConfidently(questions);
    expect(confident.map(({ label }) => label)).toEqual(await learner.predictLabels(questions));
    const runner = await learner.model.runner();
    for (const index of [0, 7, 39]) {
      const ids = learner.tokenizer.encodeIds(`predict: ${questions[index]}`, { maxLength: 128 });
      const encoded = await runner.encode([ids]);
      const [tokens = []] = await generateGreedy(runner, encoded, { maxNewTokens: 8 });
      const whole = tokens.length < 8 ? [...tokens, learner.tokenizer.eosId] : tokens;
      const [score = Number.NaN] = await scoreTargets(runner, encoded, [whole]);
      expect(confident[index]?.confidence).toBeCloseTo(Math.exp(score / whole.length), 5);
    }
  });
});

describe('a run of Reason2Decide-C', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'adaptive-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const configurationOf = (name: string, changes: Partial<TrainingConfiguration> = {}): TrainingConfiguration => ({
    ...tinyConfiguration(join(folder, name)),
    objective: 'r2d-c',
    confidence: { window: 7 },
    ...changes,
  });

  test('stopped in the middle of a window, and more than once, goes on to the same losses, τ and weights', async () => {
    const unbroken = configurationOf('unbroken');
    await train(unbroken, onCpu());
    const stopped = configurationOf('stopped');
    for (const last of [9, 14, 13]) {
      let lines = 0;
      const stop = new Error('stopped');
      const run = train(
        stopped,
        onCpu({
          resume: true,
          onRecord() {
            lines++;
            if (lines === last) throw stop;
          },
        }),
      );
      await expect(run).rejects.toThrow(stop);
    }
    await train(stopped, onCpu({ resume: true }));
    expect(await recordsOf(stopped.run)).toEqual(await recordsOf(unbroken.run));
    expect((await weightBytesOf(stopped.output)).equals(await weightBytesOf(unbroken.output))).toBe(true);

    const stage2 = (await recordsOf(unbroken.run)).filter(({ stage, kind }) => stage === 'stage2' && kind === 'step');
    // W = 1.2: steps 0 and 1 are the warm-up, τ is set at step 2 and every seven steps from there.
    const thresholds = stage2.map(({ threshold }) => threshold);
    expect(thresholds.slice(0, 2)).toEqual([null, null]);
    const confidences = stage2.map(({ confidence }) => Number(confidence));
    expect(thresholds[2]).toBeCloseTo(((confidences[0] ?? 0) + (confidences[1] ?? 0)) / 2, 10);
    expect(new Set(thresholds.slice(2, 9)).size).toBe(1);
    expect(thresholds[9]).toBeCloseTo(confidences.slice(2, 9).reduce((sum, value) => sum + value, 0) / 7, 10);
    for (const [step, { cycleLoss }] of stage2.entries())
      expect(typeof cycleLoss).toBe(step < 2 ? 'undefined' : 'number');
  });

  test('in smaller parts gives the same losses: the noise belongs to the example, not to the part', async () => {
    const small = { dropout: 0, stage2: { maxSteps: 8, evaluateEvery: 8 }, stage1: { maxSteps: 2, evaluateEvery: 2 } };
    const whole = configurationOf('whole', small);
    const parts = configurationOf('parts', { ...small, microBatchSize: 3 });
    await train(whole, onCpu());
    await train(parts, onCpu());
    const losses = async ({ run }: TrainingConfiguration) =>
      (await recordsOf(run))
        .filter(({ kind }) => kind === 'step')
        .flatMap(({ loss, cycleLoss }) => [loss, cycleLoss ?? 0]);
    const expected = await losses(whole);
    for (const [i, loss] of (await losses(parts)).entries()) {
      expect(Math.abs(Number(loss) - Number(expected[i]))).toBeLessThan(1e-4);
    }
  });

  test('adds a tenth of the cycle loss to the step’s loss, and its checkpoint keeps τ', async () => {
    const { run } = configurationOf('unbroken');
    for (const step of stepsOf((await recordsOf(run)) as never, 'stage2')) {
      const { predictWeight, predictLoss, explainLoss, cycleLoss = 0, loss } = step;
      const expected = predictWeight * (predictLoss ?? 0) + (1 - predictWeight) * (explainLoss ?? 0) + 0.1 * cycleLoss;
      expect(expected).toBeCloseTo(loss, 6);
    }
    const checkpoints = join(run, 'checkpoints');
    const last =
      (await readdir(checkpoints))
        .filter((name) => name.startsWith('checkpoint-'))
        .toSorted()
        .at(-1) ?? '';
    const progress = JSON.parse(await readFile(join(checkpoints, last, 'progress.json'), 'utf8'));
    expect(progress.confidence.threshold).toBeTypeOf('number');
  });
});
