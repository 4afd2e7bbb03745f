import { integers, type Tensors, tensor } from '../onnx/index.ts';
import type { T5Config } from './config.ts';
import { padRows } from './runner.ts';
import type { embeddedInput, Side } from './training-graph.ts';

/** Sources with the targets they must give. Targets end with the end token. */
export interface TeacherForcedBatch {
  readonly sources: readonly (readonly number[])[];
  readonly targets: readonly (readonly number[])[];
  /** What each target token of a row counts for in the loss; 1 / (number of target tokens) gives the mean. */
  readonly tokenWeights: readonly number[];
}

/** A batch as the training graph takes it. */
export interface Sequences {
  /** Tokens of each side, padding included. */
  readonly tokens: Partial<Record<Side, number>>;
  /** The ids whose embeddings the graph takes. */
  readonly embedded: Partial<Record<EmbeddedPlace, Int32Array>>;
  readonly inputs: Tensors;
}

type EmbeddedPlace = keyof typeof embeddedInput;

/** Pads a batch's sources and targets. */
export function sequencesOf(config: T5Config, batch: TeacherForcedBatch): Sequences {
  const source = padRows(batch.sources, config.padId);
  const target = padTargets(config, batch.targets, batch.tokenWeights);
  return {
    tokens: { source: source.ids.length, target: target.tokens },
    embedded: { source: source.ids, target: target.before },
    inputs: {
      source_mask: integers(source.mask, [batch.sources.length, source.length]),
      targets: target.ids,
      target_weights: target.weights,
    },
  };
}

/** Rows of targets, padded, with the tokens before each of them and what each counts for. */
export function padTargets(config: T5Config, targets: readonly (readonly number[])[], rowWeights: readonly number[]) {
  const { ids, length } = padRows(targets, config.padId);
  const before = padRows(
    targets.map((row) => [config.decoderStartId, ...row.slice(0, -1)]),
    config.padId,
  );
  const weights = new Float32Array(ids.length);
  targets.forEach((row, i) => {
    weights.fill(rowWeights[i] ?? 0, i * length, i * length + row.length);
  });
  return {
    tokens: ids.length,
    length,
    before: before.ids,
    ids: integers(ids, [targets.length, length]),
    weights: tensor(weights, [ids.length]),
  };
}

/** The places whose tokens the graph takes embedded, with their ids. */
export const embeddedPlaces = ({ embedded }: Sequences): (readonly [EmbeddedPlace, Int32Array])[] =>
  (Object.keys(embedded) as EmbeddedPlace[]).flatMap((place) => {
    const ids = embedded[place];
    return ids === undefined ? [] : [[place, ids] as const];
  });
