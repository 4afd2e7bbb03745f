import { describe, fail, floating, numeric, placeOf, requireSameType, requireType, sizeAt } from './checks.ts';
import { constantInt64 } from './constants.ts';
import { broadcastShapes } from './dimensions.ts';
import type { ElementType, Value } from './graph.ts';

// Operators that compute with elements: one by one, as matrices, or along axes.

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

function reduce(operator: string, x: Value, axes: readonly number[], keep: boolean): Value {
  requireType(operator, x, floating);
  // To ONNX no axes means all of them.
  if (axes.length === 0) fail(x, operator, 'needs at least one axis');
  const reduced = new Set(axes.map((axis) => placeOf(operator, x, axis)));
  if (reduced.size !== axes.length) fail(x, operator, `[${axes.join(', ')}] names one axis twice`);
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
  placeOf(operator, x, -1);
  const attributes = { axis: { kind: 'int', value: -1 } } as const;
  return x.graph.node({ operator, inputs: [x], type: x.type, shape: x.shape, attributes });
}

export const softmax = (x: Value): Value => alongLastAxis('Softmax', x);
export const logSoftmax = (x: Value): Value => alongLastAxis('LogSoftmax', x);
