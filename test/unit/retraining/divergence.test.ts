import { expect, it } from 'vitest';
import { DivergenceWatch } from '../../../src/retraining/divergence.ts';
import type { LogRecord } from '../../../src/training/index.ts';
import { userErrorOf } from '../user-error.ts';

function step(stage: string, number: number, predictLoss: number | null, explainLoss: number | null): LogRecord {
  return {
    kind: 'step',
    stage,
    step: number,
    loss: (predictLoss ?? 0) + (explainLoss ?? 0),
    predictLoss,
    explainLoss,
    gradientNorm: 1,
    learningRate: 0.001,
    predictWeight: 0.7,
    samplingRate: 0,
    ownLabels: 0,
    seconds: 1,
  } as LogRecord;
}

const run = (losses: readonly number[], stage = 'stage2', watch = new DivergenceWatch()) =>
  losses.forEach((loss, i) => {
    watch.note(step(stage, i + 1, loss, 0.1));
  });

const steady = Array.from({ length: 40 }, (_, i) => 0.5 + 0.2 * (i % 3));

it('stops a candidate whose loss explodes, and says where', async () => {
  const exploding = [...steady, ...Array.from({ length: 20 }, (_, i) => 0.5 * 1.5 ** i)];
  const message = await userErrorOf(() => run(exploding));
  expect(message).toMatch(/diverges.*stage2.*nothing was promoted/);
});

it('lets a loss that falls, moves or rises a little go on', () => {
  run(steady);
  run(steady.map((loss, i) => loss / (i + 1)));
  // From next to nothing to little: a model that knew its replay by heart meets corrections.
  run([...steady.map(() => 0.01), ...steady.map(() => 0.4)]);
});

it('is not alarmed by one bad batch, or by another stage with a higher loss', () => {
  run([...steady, 6, ...steady]);
  const watch = new DivergenceWatch();
  run(
    steady.map(() => 0.1),
    'stage1',
    watch,
  );
  run(
    steady.map(() => 3),
    'stage2',
    watch,
  );
});
