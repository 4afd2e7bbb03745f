import { describe, fail, placeOf, requireSameType, requireType } from './checks.ts';
import { constant, constantInt64 } from './constants.ts';
import { withoutAxis } from './dimensions.ts';
import type { Dimension, Value } from './graph.ts';

// Operators that look up, add up or make elements by their index.

/** Rows of `table` along its first axis: [n, …rest] at indices [i, j] gives [i, j, …rest]. */
export function gather(table: Value, indices: Value): Value {
  requireType('Gather', indices, ['int64']);
  placeOf('Gather', table, 0);
  return table.graph.node({
    operator: 'Gather',
    inputs: [table, indices],
    type: table.type,
    shape: [...indices.shape, ...table.shape.slice(1)],
    attributes: { axis: { kind: 'int', value: 0 } },
  });
}

/** One element of each row along the last axis: data [n, v] at indices [n, 1] gives [n, 1]. */
export function gatherElements(data: Value, indices: Value): Value {
  requireType('GatherElements', indices, ['int64']);
  if (withoutAxis(data.shape, data.shape.length - 1) !== withoutAxis(indices.shape, data.shape.length - 1)) {
    fail(data, 'GatherElements', `indices ${describe(indices)} do not fit the rows of ${describe(data)}`);
  }
  return data.graph.node({
    operator: 'GatherElements',
    inputs: [data, indices],
    type: data.type,
    shape: indices.shape,
    attributes: { axis: { kind: 'int', value: -1 } },
  });
}

/** `data` with `updates` added at `indices` along an axis. Unlike ScatterND, right also when indices repeat. */
export function scatterAdd(data: Value, indices: Value, updates: Value, axis: number): Value {
  requireType('ScatterElements', indices, ['int64']);
  requireSameType('ScatterElements', data, updates);
  placeOf('ScatterElements', data, axis);
  if (indices.shape.join() !== updates.shape.join()) {
    fail(data, 'ScatterElements', `updates ${describe(updates)} do not pair with indices ${describe(indices)}`);
  }
  if (indices.shape.length !== data.shape.length) {
    fail(data, 'ScatterElements', `indices ${describe(indices)} have other axes than ${describe(data)}`);
  }
  return data.graph.node({
    operator: 'ScatterElements',
    inputs: [data, indices, updates],
    type: data.type,
    shape: data.shape,
    attributes: { axis: { kind: 'int', value: axis }, reduction: { kind: 'string', value: 'add' } },
  });
}

/** Indices [i, j] below `depth` as rows of a unit matrix, [i, j, depth]. */
export function oneHot(indices: Value, depth: number, type: 'float32' | 'float64'): Value {
  requireType('OneHot', indices, ['int64']);
  const graph = indices.graph;
  return graph.node({
    operator: 'OneHot',
    inputs: [indices, constantInt64(graph, [depth]), constant(graph, type, [0, 1], [2])],
    type,
    shape: [...indices.shape, depth],
  });
}

/** The whole numbers start … end−1, as int64[size]; both bounds are int64 scalars. */
export function range(start: Value, end: Value, size: Dimension): Value {
  for (const bound of [start, end]) {
    requireType('Range', bound, ['int64']);
    if (bound.shape.length !== 0) fail(bound, 'Range', `needs scalars, got ${describe(bound)}`);
  }
  const one = constant(start.graph, 'int64', [1], []);
  return start.graph.node({ operator: 'Range', inputs: [start, end, one], type: 'int64', shape: [size] });
}
