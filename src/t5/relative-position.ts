import { op, type Value } from '../onnx/index.ts';
import type { T5Config } from './config.ts';

/**
 * The bucket of a relative position (key position − query position), as T5 has it: half of the buckets for single steps,
 * the other half in logarithmic steps up to `maxDistance`. Computed in float32, as the published weights were.
 */
export function relativePositionBucket(
  relative: number,
  bidirectional: boolean,
  buckets: number,
  maxDistance: number,
): number {
  const side = bidirectional ? buckets / 2 : buckets;
  const base = bidirectional && relative > 0 ? side : 0;
  const distance = bidirectional ? Math.abs(relative) : Math.max(-relative, 0);
  const exact = Math.floor(side / 2);
  if (distance < exact) return base + distance;
  const logarithm = Math.fround(Math.log(Math.fround(distance / exact)));
  const fraction = Math.fround(logarithm / Math.fround(Math.log(maxDistance / exact)));
  const step = Math.trunc(Math.fround(fraction * (side - exact)));
  return base + Math.min(exact + step, side - 1);
}

/**
 * The bias that T5 adds to attention scores by relative position, [1, heads, queries, keys].
 *
 * @param table the learnt bias of each bucket, [buckets, heads].
 * @param relative key position − query position, int64[queries, keys].
 * @param differentiable multiplies a one-hot matrix by the table, whose gradient is a matrix product; else a plain lookup.
 */
export function positionBias(
  config: T5Config,
  table: Value,
  relative: Value,
  bidirectional: boolean,
  differentiable: boolean,
): Value {
  const graph = relative.graph;
  // Beyond the largest distance every position falls into the last bucket, so a table of offsets up to it holds them all.
  const reach = config.relativeMaxDistance;
  const bucketOfOffset = Array.from({ length: 2 * reach + 1 }, (_, i) =>
    relativePositionBucket(i - reach, bidirectional, config.relativeBuckets, config.relativeMaxDistance),
  );
  const number = (value: number) => op.scalar(graph, 'int64', value);
  const clipped = op.minimum(op.maximum(relative, number(-reach)), number(reach));
  const buckets = op.gather(op.constantInt64(graph, bucketOfOffset), op.add(clipped, number(reach)));
  const bias = differentiable
    ? op.matMul(rowsOf(buckets, config.relativeBuckets, table), table)
    : op.gather(table, buckets);
  return op.unsqueeze(op.transpose(bias, [2, 0, 1]), [0]);
}

/** Indices as rows of a unit matrix of the table's type. */
function rowsOf(indices: Value, depth: number, table: Value): Value {
  const rows = op.oneHot(indices, depth, 'float32');
  // The runtime has no unit rows of float64.
  return table.type === 'float32' ? rows : op.cast(rows, table.type);
}

/** Key position − query position, int64[queries, keys], when the first query stands at key position `offset`. */
export function relativePositions(queries: Value, keys: Value, offset: Value, sizes: readonly [string, string]): Value {
  const zero = op.scalar(queries.graph, 'int64', 0);
  const queryPositions = op.add(op.range(zero, queries, sizes[0]), offset);
  return op.subtract(op.range(zero, keys, sizes[1]), op.reshape(queryPositions, [sizes[0], 1]));
}
