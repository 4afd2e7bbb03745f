import { sizeAt } from './checks.ts';
import { geluDerivative } from './composites.ts';
import { mayBeOne, productOf } from './dimensions.ts';
import { type Graph, GraphError, type Operation, type Shape, type Value } from './graph.ts';
import {
  add,
  cast,
  constantInt64,
  divide,
  expand,
  exponential,
  gemm,
  matMul,
  multiply,
  negate,
  reduceSum,
  reshape,
  scalar,
  scatterAdd,
  sizeOf,
  slice,
  squeeze,
  subtract,
  transpose,
  where,
} from './operators.ts';

/**
 * For each input of an operation, how to build its gradient from the gradient of the output. A gradient is built only if
 * it is asked for. Inputs without an entry (indices, masks, shapes) have none.
 */
type GradientRule = (operation: Operation, gradient: Value) => readonly ((() => Value) | undefined)[];

/** One rule per operator. */
const rules: Readonly<Record<string, GradientRule>> = {
  Add: ({ inputs: [a, b] }, g) => [() => sumTo(g, shapeOf(a)), () => sumTo(g, shapeOf(b))],
  Sub: ({ inputs: [a, b] }, g) => [() => sumTo(g, shapeOf(a)), () => sumTo(negate(g), shapeOf(b))],
  Mul: ({ inputs: [a, b] }, g) => [
    () => sumTo(multiply(g, given(b)), shapeOf(a)),
    () => sumTo(multiply(g, given(a)), shapeOf(b)),
  ],
  Div: ({ inputs: [a, b], output }, g) => [
    () => sumTo(divide(g, given(b)), shapeOf(a)),
    () => sumTo(negate(divide(multiply(g, output), given(b))), shapeOf(b)),
  ],
  Neg: (_, g) => [() => negate(g)],
  Exp: ({ output }, g) => [() => multiply(g, output)],
  Log: ({ inputs: [x] }, g) => [() => divide(g, given(x))],
  Sqrt: ({ output }, g) => [() => divide(multiply(g, number(g, 0.5)), output)],
  Reciprocal: ({ output }, g) => [() => negate(multiply(g, multiply(output, output)))],
  Tanh: ({ output }, g) => [() => multiply(g, subtract(number(g, 1), multiply(output, output)))],
  // Two casts make the 0/1 mask in half the time of Sign or Where.
  Relu: ({ output }, g) => [() => multiply(g, cast(cast(output, 'bool'), g.type))],
  Where: ({ inputs: [condition, yes, no] }, g) => [
    undefined,
    () => sumTo(where(given(condition), g, number(g, 0)), shapeOf(yes)),
    () => sumTo(where(given(condition), number(g, 0), g), shapeOf(no)),
  ],
  MatMul: ({ inputs: [a, b] }, g) => [
    () => sumTo(matMul(g, transposeLast(given(b))), shapeOf(a)),
    () => sumTo(matMul(transposeLast(given(a)), g), shapeOf(b)),
  ],
  Gemm: ({ inputs: [left, right], attributes }, g) => {
    const [a, b] = [given(left), given(right)];
    const [transA, transB] = [flag(attributes.transA), flag(attributes.transB)];
    return [
      () => (transA ? gemm(b, g, { a: transB, b: true }) : gemm(g, b, { b: !transB })),
      () => (transB ? gemm(g, a, { a: true, b: transA }) : gemm(a, g, { a: !transA })),
    ];
  },
  Transpose: ({ attributes }, g) => [
    () => {
      const order = attributes.perm?.kind === 'ints' ? attributes.perm.value : [];
      return transpose(
        g,
        order.map((_, axis) => order.indexOf(axis)),
      );
    },
  ],
  Reshape: ({ inputs: [x] }, g) => [() => reshape(g, shapeOf(x))],
  Unsqueeze: ({ inputs: [x] }, g) => [() => squeeze(g, insertedAxes(shapeOf(x), g.shape))],
  Concat: ({ name, inputs, attributes }, g) => {
    if (attributes.axis?.kind !== 'int') throw new GraphError(name, 'has no axis');
    const axis = attributes.axis.value;
    return inputs.map((input, i) => () => partOf(g, axis, inputs.slice(0, i), input));
  },
  Expand: ({ inputs: [x] }, g) => [() => sumTo(g, shapeOf(x))],
  Gather: ({ name, inputs: [table, indices] }, g) => [
    () => {
      const [rows, width] = [sizeAt(given(table), 0), sizeAt(given(table), 1)];
      if (typeof rows !== 'number' || typeof width !== 'number') {
        throw new GraphError(name, 'has a gradient only for a table of fixed size');
      }
      const flat = productOf(shapeOf(indices));
      const zeros = expand(number(g, 0), [rows, width]);
      const index = expand(reshape(given(indices), [flat, 1]), [flat, width]);
      return scatterAdd(zeros, index, reshape(g, [flat, width]), 0);
    },
  ],
  Softmax: ({ output }, g) => [
    () => {
      const weighted = multiply(g, output);
      return subtract(weighted, multiply(output, reduceSum(weighted, [-1])));
    },
  ],
  LogSoftmax: ({ output }, g) => [() => subtract(g, multiply(exponential(output), reduceSum(g, [-1])))],
  ReduceSum: ({ inputs: [x], output }, g) => [() => expand(keepAxes(g, given(x), output), shapeOf(x))],
  ReduceMean: ({ inputs: [x], output }, g) => [
    () => {
      const count = reducedCount(given(x), output);
      return expand(multiply(keepAxes(g, given(x), output), number(g, 1 / count)), shapeOf(x));
    },
  ],
  RmsNorm: ({ name, inputs: [x, weight], saved: [normalised, scale] }, g) => [
    () => {
      const scaled = multiply(g, given(weight));
      const size = sizeAt(given(x), -1);
      if (typeof size !== 'number') throw new GraphError(name, 'needs a fixed width');
      const projection = multiply(reduceSum(multiply(scaled, given(normalised)), [-1]), number(g, 1 / size));
      return multiply(subtract(scaled, multiply(given(normalised), projection)), given(scale));
    },
    () => sumTo(multiply(g, given(normalised)), shapeOf(weight)),
  ],
  Gelu: ({ inputs: [x], saved: [square, saturation, gate] }, g) => [
    () => multiply(g, geluDerivative(given(x), given(square), given(saturation), given(gate))),
  ],
  CrossEntropy: ({ inputs: [logits, , weights], saved: [logProbabilities, column] }, g) => [
    () => {
      const weight = multiply(reshape(given(weights), [sizeAt(given(logits), 0), 1]), g);
      const towardsAll = multiply(exponential(given(logProbabilities)), weight);
      return scatterAdd(towardsAll, given(column), negate(weight), -1);
    },
  ],
};

/** The operators that have a gradient rule. */
export const differentiableOperators: readonly string[] = Object.keys(rules);

/**
 * Adds to the graph the nodes that compute the gradient of a scalar with respect to each of the given values.
 *
 * @throws GraphError for an operator on the way that has no rule, rather than ever giving a wrong number.
 */
export function gradients(loss: Value, withRespectTo: readonly Value[]): Value[] {
  if (loss.shape.length !== 0 || !isFloating(loss)) {
    throw new GraphError(loss.name, 'gradients start from a scalar of float32 or float64');
  }
  for (const value of withRespectTo) {
    if (value.graph !== loss.graph) throw new GraphError(value.name, 'belongs to another graph');
  }
  const tape = [...loss.graph.operations];
  const wanted = reachedFrom(tape, withRespectTo);
  const accumulated = new Map<string, Value>([[loss.name, scalar(loss.graph, loss.type, 1)]]);
  for (const operation of tape.reverse()) {
    const gradient = accumulated.get(operation.output.name);
    if (gradient === undefined || !wanted.has(operation.output.name)) continue;
    loss.graph.scoped(`gradient/${operation.name}`, () => {
      const rule = rules[operation.operator];
      if (rule === undefined) throw new GraphError(operation.name, `No gradient rule for ${operation.operator}`);
      const parts = rule(operation, gradient);
      operation.inputs.forEach((input, i) => {
        if (!wanted.has(input.name)) return;
        const part = parts[i];
        if (part === undefined) throw new GraphError(operation.name, `No gradient rule for input ${i}`);
        const before = accumulated.get(input.name);
        accumulated.set(input.name, before === undefined ? part() : add(before, part()));
      });
    });
  }
  return withRespectTo.map((value) => {
    const gradient = accumulated.get(value.name);
    if (gradient === undefined) throw new GraphError(value.name, 'the loss does not depend on it');
    return gradient;
  });
}

/** The names of all values that change with one of `sources`, the sources included: whole numbers and bools only jump. */
function reachedFrom(tape: readonly Operation[], sources: readonly Value[]): Set<string> {
  const reached = new Set(sources.map((value) => value.name));
  for (const operation of tape) {
    const { inputs, output } = operation;
    if (isFloating(output) && inputs.some((input) => reached.has(input.name))) reached.add(output.name);
  }
  return reached;
}

const isFloating = (value: Value): boolean => value.type === 'float32' || value.type === 'float64';

/** Undoes a broadcast: sums a gradient over the axes along which a value of `shape` was repeated. */
function sumTo(gradient: Value, shape: Shape): Value {
  const extra = gradient.shape.length - shape.length;
  shape.forEach((size, axis) => {
    if (mayBeOne(size) && size !== gradient.shape[axis + extra]) {
      throw new GraphError(
        gradient.graph.nextName('Sum'),
        `${size} has no gradient: it shows only later whether it is 1`,
      );
    }
  });
  const repeated = gradient.shape.flatMap((size, axis) =>
    axis < extra || (shape[axis - extra] === 1 && size !== 1) ? [axis] : [],
  );
  if (repeated.length === 0) return gradient;
  const summed = reduceSum(gradient, repeated);
  return extra === 0 ? summed : reshape(summed, shape);
}

/** The stretch along an axis that `part` has in a joined value, behind the parts before it. */
function partOf(joined: Value, axis: number, before: readonly Value[], part: Value): Value {
  const sizes = [...before, part].map((value) => sizeOf(joined.graph, sizeAt(value, axis)));
  const zero = constantInt64(joined.graph, [0]);
  const start = sizes.slice(0, -1).reduce(add, zero);
  return slice(joined, axis, start, sizes.reduce(add, zero), sizeAt(part, axis));
}

/** The axes of size 1 that make `smaller` into `larger`, matched from the back. */
function insertedAxes(smaller: Shape, larger: Shape): number[] {
  const inserted: number[] = [];
  let left = smaller.length;
  for (let axis = larger.length - 1; axis >= 0; axis--) {
    if (left > 0 && smaller[left - 1] === larger[axis]) left--;
    else inserted.unshift(axis);
  }
  return inserted;
}

/** A reduced gradient with its lost axes back, of size 1. */
function keepAxes(gradient: Value, input: Value, output: Value): Value {
  if (output.shape.length === input.shape.length) return gradient;
  if (output.shape.length === 0)
    return reshape(
      gradient,
      input.shape.map(() => 1),
    );
  throw new GraphError(gradient.graph.nextName('Reduce'), 'has a gradient only with its axes kept, or for a full sum');
}

function reducedCount(input: Value, output: Value): number {
  const size = (shape: Shape) =>
    shape.reduce<number>((product, d) => (typeof d === 'number' ? product * d : product), 1);
  const symbols = (shape: Shape) => shape.filter((d) => typeof d === 'string').length;
  if (symbols(input.shape) !== symbols(output.shape)) {
    throw new GraphError(input.graph.nextName('ReduceMean'), 'has a gradient only over axes of fixed size');
  }
  return size(input.shape) / size(output.shape);
}

function transposeLast(x: Value): Value {
  const order = x.shape.map((_, axis) => axis);
  return transpose(x, [...order.slice(0, -2), order.length - 1, order.length - 2]);
}

function given(value: Value | undefined): Value {
  if (value === undefined) throw new RangeError('the operation has fewer values than its rule');
  return value;
}

const shapeOf = (value: Value | undefined): Shape => given(value).shape;
const number = (like: { readonly graph: Graph; readonly type: Value['type'] }, value: number): Value =>
  scalar(like.graph, like.type, value);
const flag = (attribute: Operation['attributes'][string] | undefined): boolean =>
  attribute?.kind === 'int' && attribute.value === 1;
