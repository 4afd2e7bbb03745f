import { multiply } from './arithmetic.ts';
import { describe, fail, placeOf, requireSameType, requireType, sizeAt } from './checks.ts';
import { constantInt64 } from './constants.ts';
import { broadcastShapes, factorsOf, sumOf, withoutAxis } from './dimensions.ts';
import { type Attributes, type Dimension, type Graph, GraphError, type Shape, type Value } from './graph.ts';

// Operators that change the shape of a value and leave its elements as they are.

export function transpose(x: Value, order: readonly number[]): Value {
  const sorted = [...order].sort((left, right) => left - right);
  if (sorted.length !== x.shape.length || sorted.some((axis, i) => axis !== i)) {
    fail(x, 'Transpose', `[${order.join(', ')}] is no order of the axes of ${describe(x)}`);
  }
  return x.graph.node({
    operator: 'Transpose',
    inputs: [x],
    type: x.type,
    shape: order.map((axis) => sizeAt(x, axis)),
    attributes: { perm: { kind: 'ints', value: order } },
  });
}

/**
 * A dimension as an int64[1]. A symbolic one is read from the input that declared it; a product such as `batch*length`,
 * if no input has it, is computed from its factors.
 */
export function sizeOf(graph: Graph, dimension: Dimension): Value {
  if (typeof dimension === 'number') return constantInt64(graph, [dimension]);
  const source = graph.dimensionSource(dimension);
  if (source === undefined) {
    const { fixed, names } = factorsOf([dimension]);
    if (names.length === 0) return constantInt64(graph, [fixed]);
    if (fixed === 1 && names.length === 1) {
      throw new GraphError(graph.nextName('Shape'), `no input has a dimension named ${dimension}`);
    }
    const product = names.map((name) => sizeOf(graph, name)).reduce((left, right) => multiply(left, right));
    return fixed === 1 ? product : multiply(product, constantInt64(graph, [fixed]));
  }
  return graph.node({
    operator: 'Shape',
    inputs: [source.input],
    type: 'int64',
    shape: [1],
    attributes: { start: { kind: 'int', value: source.axis }, end: { kind: 'int', value: source.axis + 1 } },
  });
}

/** A shape as an int64[rank]. */
function sizesOf(graph: Graph, shape: Shape): Value {
  const fixed = shape.filter((dimension) => typeof dimension === 'number');
  if (fixed.length === shape.length) return constantInt64(graph, fixed);
  return concatenate(
    shape.map((dimension) => sizeOf(graph, dimension)),
    0,
  );
}

/** The same elements in another shape. One symbolic size is inferred; more are read from the inputs that declared them. */
export function reshape(x: Value, shape: Shape): Value {
  const [from, to] = [factorsOf(x.shape), factorsOf(shape)];
  if (from.fixed !== to.fixed || from.names.join() !== to.names.join()) {
    fail(x, 'Reshape', `${describe(x)} does not have the elements of [${shape.join(', ')}]`);
  }
  const inferred = shape.filter((dimension) => typeof dimension === 'string').length === 1;
  const target = inferred
    ? constantInt64(
        x.graph,
        shape.map((dimension) => (typeof dimension === 'string' ? -1 : dimension)),
      )
    : sizesOf(x.graph, shape);
  // A size that turns out to be zero shall be zero, not the input's size at that place.
  const attributes: Attributes = inferred ? {} : { allowzero: { kind: 'int', value: 1 } };
  return x.graph.node({ operator: 'Reshape', inputs: [x, target], type: x.type, shape, attributes });
}

/** The same elements with axes of size 1 put in at the given places of the new shape. */
export function unsqueeze(x: Value, axes: readonly number[]): Value {
  const shape = [...x.shape];
  const rank = x.shape.length + axes.length;
  if (new Set(axes).size !== axes.length || axes.some((axis) => axis < 0 || axis >= rank)) {
    fail(x, 'Unsqueeze', `[${axes.join(', ')}] are no places of new axes in ${describe(x)}`);
  }
  for (const axis of [...axes].sort((left, right) => left - right)) shape.splice(axis, 0, 1);
  return x.graph.node({ operator: 'Unsqueeze', inputs: [x, constantInt64(x.graph, axes)], type: x.type, shape });
}

/** The same elements without the given axes, which must have size 1. */
export function squeeze(x: Value, axes: readonly number[]): Value {
  if (axes.some((axis) => x.shape[axis] !== 1))
    fail(x, 'Squeeze', `${describe(x)} is larger than 1 at an axis of [${axes.join(', ')}]`);
  const shape = x.shape.filter((_, axis) => !axes.includes(axis));
  return x.graph.node({ operator: 'Squeeze', inputs: [x, constantInt64(x.graph, axes)], type: x.type, shape });
}

export function concatenate(values: readonly Value[], axis: number): Value {
  const first = values[0];
  if (first === undefined) throw new RangeError('concatenate nothing');
  const place = placeOf('Concat', first, axis);
  let shape = first.shape;
  for (const value of values.slice(1)) {
    requireSameType('Concat', first, value);
    if (withoutAxis(first.shape, place) !== withoutAxis(value.shape, place)) {
      fail(first, 'Concat', `shapes do not fit along axis ${axis}: ${values.map(describe).join(', ')}`);
    }
    shape = shape.map((size, i) => (i === place ? sumOf(size, sizeAt(value, place)) : size));
  }
  return first.graph.node({
    operator: 'Concat',
    inputs: values,
    type: first.type,
    shape,
    attributes: { axis: { kind: 'int', value: place } },
  });
}

/**
 * The part of `x` from `start` to `end`, end not included, along one axis.
 *
 * @param start int64[1], as is `end`.
 * @param size how long that part is.
 */
export function slice(x: Value, axis: number, start: Value, end: Value, size: Dimension): Value {
  const place = placeOf('Slice', x, axis);
  for (const bound of [start, end]) {
    requireType('Slice', bound, ['int64']);
    if (bound.shape.join() !== '1') fail(bound, 'Slice', `needs int64[1], got ${describe(bound)}`);
  }
  return x.graph.node({
    operator: 'Slice',
    inputs: [x, start, end, constantInt64(x.graph, [place])],
    type: x.type,
    shape: x.shape.map((before, i) => (i === place ? size : before)),
  });
}

/** `x` repeated along its axes of size 1 up to the shape, whose symbolic sizes are read from the inputs. */
export function expand(x: Value, shape: Shape): Value {
  if (broadcastShapes(x.shape, shape)?.join() !== shape.join()) {
    fail(x, 'Expand', `${describe(x)} does not broadcast to [${shape.join(', ')}]`);
  }
  const target = sizesOf(x.graph, shape);
  return x.graph.node({ operator: 'Expand', inputs: [x, target], type: x.type, shape });
}
