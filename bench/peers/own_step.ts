// One side of the training-step benchmark, in a process of its own so that its peak memory is its own:
//   node bench/peers/own_step.ts CONFIG.json STEPS adamw|adafactor
import { Random } from '../../src/common/index.ts';
import { initialWeights, readConfig, type TeacherForcedBatch, TrainableT5 } from '../../src/t5/index.ts';
import { Adafactor } from '../../src/training/adafactor.ts';
import { AdamW } from '../../src/training/adamw.ts';
import { clipGradients } from '../../src/training/optimizer.ts';

const [folder = '', steps = '5', kind = 'adamw'] = process.argv.slice(2);
const rows = 8;
const sourceTokens = 192;
const targetTokens = 64;
const warmUpSteps = 2;

const residentBeforeBytes = process.memoryUsage.rss();
const config = { ...(await readConfig(folder)), dropoutRate: 0 };
const random = new Random(1);
const sequences = (length: number) =>
  Array.from({ length: rows }, () => Array.from({ length }, () => random.integer(2, config.vocabularySize - 1)));
const batch: TeacherForcedBatch = {
  sources: sequences(sourceTokens),
  targets: sequences(targetTokens),
  tokenWeights: new Array<number>(rows).fill(1 / (rows * targetTokens)),
};
const model = new TrainableT5(config, initialWeights(config, 1));
const optimizer =
  kind === 'adamw' ? new AdamW({ beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 }) : new Adafactor();

const milliseconds: number[] = [];
for (let step = 0; step < warmUpSteps + Number(steps); step++) {
  const start = performance.now();
  const gradients = new Map<string, Float32Array>();
  await model.accumulateGradients(batch, gradients);
  clipGradients(gradients, 1);
  optimizer.update(model.weights, gradients, 1e-4);
  if (step >= warmUpSteps) milliseconds.push(performance.now() - start);
}
const sorted = milliseconds.toSorted((a, b) => a - b);
console.log(
  JSON.stringify({
    parameters: [...model.weights.values()].reduce((sum, { data }) => sum + data.length, 0),
    milliseconds: { median: sorted[Math.floor(sorted.length / 2)], all: milliseconds },
    peakResidentBytes: process.resourceUsage().maxRSS * 1024,
    residentBeforeBytes,
  }),
);
