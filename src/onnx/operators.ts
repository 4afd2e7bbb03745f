import { type Dimension, type ElementType, type Graph, GraphError, type Shape, type Value } from './graph.ts';

// Each function adds one ONNX node after checking element types and shapes, so that a mistake is an error here, with the
// node's name, and not a session that fails to open.

function fail(value: Value, operator: string, problem: string): never {
  throw new GraphError(value.graph.nextName(operator), problem);
}

export function describe(value: Value): string {
  return `${value.type}[${value.shape.join(', ')}]`;
}

/** The value's size along an axis counted from the front, or from the back when negative. */
export function sizeAt(value: Value, axis: number): Dimension {
  const size = value.shape.at(axis);
  if (size === undefined) fail(value, 'Shape', `${describe(value)} has no axis ${axis}`);
  return size;
}

function requireType(operator: string, value: Value, types: readonly ElementType[]): void {
  if (!types.includes(value.type)) fail(value, operator, `needs ${types.join(' or ')}, got ${describe(value)}`);
}

function requireSameType(operator: string, a: Value, b: Value): void {
  if (a.type !== b.type) fail(a, operator, `element types differ: ${describe(a)} and ${describe(b)}`);
}

const floating: readonly ElementType[] = ['float32', 'float64'];
const numeric: readonly ElementType[] = ['float32', 'float64', 'int64'];

/**
 * The shape of two shapes broadcast against each other, or undefined when they do not fit. A size named `rows?` is
 * either `rows` or 1, and so broadcasts to `rows`.
 */
export function broadcastShapes(a: Shape, b: Shape): Shape | undefined {
  const rank = Math.max(a.length, b.length);
  const result: Dimension[] = [];
  for (let fromBack = rank; fromBack >= 1; fromBack--) {
    const left = a.at(-fromBack) ?? 1;
    const right = b.at(-fromBack) ?? 1;
    if (left === right || right === 1 || right === `${left}?`) result.push(left);
    else if (left === 1 || left === `${right}?`) result.push(right);
    else return undefined;
  }
  return result;
}

function elementwise(operator: string, a: Value, b: Value, types: readonly ElementType[], result?: ElementType): Value {
  requireType(operator, a, types);
  requireSameType(operator, a, b);
  const shape = broadcastShapes(a.shape, b.shape);
  if (shape === undefined) fail(a, operator, `shapes do not broadcast: ${describe(a)} and ${describe(b)}`);
  return a.graph.node({ operator, inputs: [a, b], type: result ?? a.type, shape });
}

export const add = (a: Value, b: Value): Value => elementwise('Add', a, b, numeric);
export const subtract = (a: Value, b: Value): Value => elementwise('Sub', a, b, numeric);
export const multiply = (a: Value, b: Value): Value => elementwise('Mul', a, b, numeric);
export const divide = (a: Value, b: Value): Value => elementwise('Div', a, b, numeric);
export const maximum = (a: Value, b: Value): Value => elementwise('Max', a, b, numeric);
export const minimum = (a: Value, b: Value): Value => elementwise('Min', a, b, numeric);
export const greater = (a: Value, b: Value): Value => elementwise('Greater', a, b, numeric, 'bool');

function unary(operator: string, x: Value): Value {
  requireType(operator, x, floating);
  return x.graph.node({ operator, inputs: [x], type: x.type, shape: x.shape });
}

export const negate = (x: Value): Value => unary('Neg', x);
export const exponential = (x: Value): Value => unary('Exp', x);
export const logarithm = (x: Value): Value => unary('Log', x);
export const squareRoot = (x: Value): Value => unary('Sqrt', x);
export const reciprocal = (x: Value): Value => unary('Reciprocal', x);
export const tanh = (x: Value): Value => unary('Tanh', x);
export const relu = (x: Value): Value => unary('Relu', x);
export const sign = (x: Value): Value => unary('Sign', x);

export function cast(x: Value, type: ElementType): Value {
  const codes: Record<ElementType, number> = { float32: 1, uint8: 2, int64: 7, bool: 9, float64: 11 };
  const attributes = { to: { kind: 'int', value: codes[type] } } as const;
  return x.graph.node({ operator: 'Cast', inputs: [x], type, shape: x.shape, attributes });
}

/** Elements of `yes` where the condition holds, elsewhere of `no`; all three broadcast. */
export function where(condition: Value, yes: Value, no: Value): Value {
  requireType('Where', condition, ['bool']);
  requireSameType('Where', yes, no);
  const inner = broadcastShapes(yes.shape, no.shape);
  const shape = inner && broadcastShapes(condition.shape, inner);
  if (shape === undefined) {
    fail(yes, 'Where', `shapes do not broadcast: ${[condition, yes, no].map(describe).join(', ')}`);
  }
  return yes.graph.node({ operator: 'Where', inputs: [condition, yes, no], type: yes.type, shape });
}

/** Matrix product over the last two axes; the axes before them broadcast. */
export function matMul(a: Value, b: Value): Value {
  requireType('MatMul', a, floating);
  requireSameType('MatMul', a, b);
  if (a.shape.length < 2 || b.shape.length < 2) {
    fail(a, 'MatMul', `needs at least two axes, got ${describe(a)} and ${describe(b)}`);
  }
  const batch = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2));
  if (batch === undefined || sizeAt(a, -1) !== sizeAt(b, -2)) {
    fail(a, 'MatMul', `shapes do not fit: ${describe(a)} and ${describe(b)}`);
  }
  return a.graph.node({
    operator: 'MatMul',
    inputs: [a, b],
    type: a.type,
    shape: [...batch, sizeAt(a, -2), sizeAt(b, -1)],
  });
}

/** Product of two matrices, each transposed first if so asked: [m, k] by [k, n] gives [m, n]. */
export function gemm(a: Value, b: Value, transpose: { readonly a?: boolean; readonly b?: boolean } = {}): Value {
  requireType('Gemm', a, floating);
  requireSameType('Gemm', a, b);
  if (a.shape.length !== 2 || b.shape.length !== 2) {
    fail(a, 'Gemm', `needs two matrices, got ${describe(a)} and ${describe(b)}`);
  }
  const [rows, inner] = transpose.a ? [sizeAt(a, 1), sizeAt(a, 0)] : [sizeAt(a, 0), sizeAt(a, 1)];
  const [innerOfB, columns] = transpose.b ? [sizeAt(b, 1), sizeAt(b, 0)] : [sizeAt(b, 0), sizeAt(b, 1)];
  if (inner !== innerOfB) fail(a, 'Gemm', `inner sizes differ: ${describe(a)} and ${describe(b)}`);
  return a.graph.node({
    operator: 'Gemm',
    inputs: [a, b],
    type: a.type,
    shape: [rows, columns],
    attributes: {
      transA: { kind: 'int', value: transpose.a ? 1 : 0 },
      transB: { kind: 'int', value: transpose.b ? 1 : 0 },
    },
  });
}

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

/** A symbolic dimension as an int64[1], read from the input that declared it. */
export function sizeOf(graph: Graph, dimension: string): Value {
  const { input, axis } = graph.dimensionSource(dimension);
  return graph.node({
    operator: 'Shape',
    inputs: [input],
    type: 'int64',
    shape: [1],
    attributes: { start: { kind: 'int', value: axis }, end: { kind: 'int', value: axis + 1 } },
  });
}

/** The same elements in another shape. One symbolic size is inferred; more are read from the inputs that declared them. */
export function reshape(x: Value, shape: Shape): Value {
  const fixed = (s: Shape) => s.reduce<number>((product, d) => (typeof d === 'number' ? product * d : product), 1);
  const symbols = (s: Shape) => s.filter((d) => typeof d === 'string').flatMap((d) => d.split('*'));
  const [from, to] = [symbols(x.shape).sort(), symbols(shape).sort()];
  if (fixed(x.shape) !== fixed(shape) || from.join() !== to.join()) {
    fail(x, 'Reshape', `${describe(x)} does not have the elements of [${shape.join(', ')}]`);
  }
  const symbolic = shape.filter((d) => typeof d === 'string');
  const target =
    symbolic.length <= 1
      ? constantInt64(
          x.graph,
          shape.map((d) => (typeof d === 'string' ? -1 : d)),
        )
      : concatenate(
          shape.map((d) => (typeof d === 'string' ? sizeOf(x.graph, d) : constantInt64(x.graph, [d]))),
          0,
        );
  return x.graph.node({ operator: 'Reshape', inputs: [x, target], type: x.type, shape });
}

/** The same elements with axes of size 1 put in at the given places of the new shape. */
export function unsqueeze(x: Value, axes: readonly number[]): Value {
  const shape = [...x.shape];
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
  let total: Dimension = 0;
  for (const value of values) {
    requireSameType('Concat', first, value);
    const size = sizeAt(value, axis);
    total =
      typeof total === 'number' && typeof size === 'number'
        ? total + size
        : [total, size].filter((d) => d !== 0).join('+');
  }
  const shape = first.shape.map((dimension, i) => (i === axis ? total : dimension));
  return first.graph.node({
    operator: 'Concat',
    inputs: values,
    type: first.type,
    shape,
    attributes: { axis: { kind: 'int', value: axis } },
  });
}

/** Rows of `table` along its first axis: [n, …rest] at indices [i, j] gives [i, j, …rest]. */
export function gather(table: Value, indices: Value): Value {
  requireType('Gather', indices, ['int64']);
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

function reduce(operator: string, x: Value, axes: readonly number[], keep: boolean): Value {
  requireType(operator, x, floating);
  const reduced = new Set(axes.map((axis) => (axis < 0 ? axis + x.shape.length : axis)));
  const shape = x.shape.flatMap((dimension, i) => (reduced.has(i) ? (keep ? [1] : []) : [dimension]));
  return x.graph.node({
    operator,
    inputs: [x, constantInt64(x.graph, axes)],
    type: x.type,
    shape,
    attributes: { keepdims: { kind: 'int', value: keep ? 1 : 0 } },
  });
}

export const reduceSum = (x: Value, axes: readonly number[], keep = true): Value => reduce('ReduceSum', x, axes, keep);
export const reduceMean = (x: Value, axes: readonly number[], keep = true): Value =>
  reduce('ReduceMean', x, axes, keep);

function alongLastAxis(operator: string, x: Value): Value {
  requireType(operator, x, floating);
  const attributes = { axis: { kind: 'int', value: -1 } } as const;
  return x.graph.node({ operator, inputs: [x], type: x.type, shape: x.shape, attributes });
}

export const softmax = (x: Value): Value => alongLastAxis('Softmax', x);
export const logSoftmax = (x: Value): Value => alongLastAxis('LogSoftmax', x);

/** The whole numbers start … end−1, as int64[size]; both bounds are int64 scalars. */
export function range(start: Value, end: Value, size: Dimension): Value {
  const one = constant(start.graph, 'int64', [1], []);
  return start.graph.node({ operator: 'Range', inputs: [start, end, one], type: 'int64', shape: [size] });
}

/** `x` repeated along its axes of size 1 up to the shape, whose symbolic sizes are read from the inputs. */
export function expand(x: Value, shape: Shape): Value {
  const target = concatenate(
    shape.map((d) => (typeof d === 'string' ? sizeOf(x.graph, d) : constantInt64(x.graph, [d]))),
    0,
  );
  return x.graph.node({ operator: 'Expand', inputs: [x, target], type: x.type, shape });
}

/** A constant tensor with the given elements. */
export function constant(graph: Graph, type: ElementType, data: readonly number[], shape: readonly number[]): Value {
  const name = graph.nextName(`Constant${graph.initializers.length}`);
  return graph.initializer(name, type, shape, rawBytes(type, data));
}

/** A constant with no axes. */
export const scalar = (graph: Graph, type: ElementType, value: number): Value => constant(graph, type, [value], []);

export const constantInt64 = (graph: Graph, data: readonly number[]): Value =>
  constant(graph, 'int64', data, [data.length]);

/** Elements as ONNX's raw bytes: little-endian, one after another. */
function rawBytes(type: ElementType, data: readonly number[]): Uint8Array {
  switch (type) {
    case 'float32':
      return new Uint8Array(Float32Array.from(data).buffer);
    case 'float64':
      return new Uint8Array(Float64Array.from(data).buffer);
    case 'int64':
      return new Uint8Array(BigInt64Array.from(data, BigInt).buffer);
    case 'bool':
    case 'uint8':
      return Uint8Array.from(data);
  }
}
