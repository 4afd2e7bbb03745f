import type { Random } from '../common/index.ts';
import { integers, tensor } from '../onnx/index.ts';
import type { T5Config } from './config.ts';
import { padTargets, type Sequences, sequencesOf, type TeacherForcedBatch } from './sequences.ts';

/** What must be recovered from the texts that a batch writes (Reason2Decide-C). */
export interface CycleBatch {
  /** The tokens that stand before what was written, without an end token. */
  readonly prefix: readonly number[];
  /** What each row must give when it is read again, with the end token. */
  readonly targets: readonly (readonly number[])[];
  /** What each of those tokens counts for, a row's at a time. */
  readonly tokenWeights: readonly number[];
  /** The temperature of the Gumbel-softmax: towards 0 each soft token becomes one token of the vocabulary. */
  readonly temperature: number;
  /** Draws the Gumbel noise of a row, so that it is the same whichever rows the batch is made of. */
  noise(row: number): Random;
}

/** A batch and its second pass. What a row wrote ends where its target ends: padding is not read. */
export function cycleSequences(config: T5Config, batch: TeacherForcedBatch, cycle: CycleBatch): Sequences {
  const { tokens, embedded, inputs } = sequencesOf(config, batch);
  const rows = batch.targets.length;
  const written = (tokens.target ?? 0) / rows;
  const length = cycle.prefix.length + written;
  const mask = new Uint8Array(rows * length);
  const uniform = new Float32Array(rows * written * config.vocabularySize).fill(0.5);
  batch.targets.forEach((target, row) => {
    mask.fill(1, row * length, row * length + cycle.prefix.length + target.length);
    const start = row * written * config.vocabularySize;
    fillUniform(uniform.subarray(start, start + target.length * config.vocabularySize), cycle.noise(row));
  });
  const target = padTargets(config, cycle.targets, cycle.tokenWeights);
  return {
    tokens: { ...tokens, cycleSource: rows * length, cycleTarget: target.tokens },
    embedded: { ...embedded, prefix: Int32Array.from(cycle.prefix), cycleTarget: target.before },
    inputs: {
      ...inputs,
      cycle_mask: integers(mask, [rows, length]),
      gumbel_uniform: tensor(uniform, [rows * written, config.vocabularySize]),
      gumbel_sharpness: tensor(Float32Array.of(1 / cycle.temperature), []),
      cycle_targets: target.ids,
      cycle_target_weights: target.weights,
    },
  };
}

/** Numbers strictly between 0 and 1, in the 2²³ steps that float32 tells apart up to the last below 1. */
function fillUniform(values: Float32Array, random: Random): void {
  for (let i = 0; i < values.length; i++) values[i] = ((random.uint32() >>> 9) + 0.5) * 2 ** -23;
}
