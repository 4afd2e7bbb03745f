import { afterAll, describe, expect, it } from 'vitest';
import {
  crossEntropy,
  differentiableOperators,
  encodeModel,
  floats,
  Graph,
  GraphError,
  gelu,
  gradients,
  op,
  openSession,
  rmsNorm,
  type Shape,
  tensor,
  type Value,
} from '../../../src/onnx/index.ts';
import { awayFromZero, type Draw, GradientBench, positive } from './gradient-bench.ts';

const tolerance = 1e-6;

type Case = (bench: GradientBench) => Value;
type Cases = Readonly<Record<string, Case>>;

const unary = (operator: (x: Value) => Value, draw?: Draw): Cases => ({
  matrix: (bench) => operator(bench.input([3, 4], draw)),
  'symbolic rows': (bench) => operator(bench.input(['n', 4], draw)),
});

const broadcasts: Readonly<Record<string, readonly [Shape, Shape]>> = {
  'same shape': [
    [3, 4],
    [3, 4],
  ],
  'row to matrix': [[3, 4], [4]],
  'matrix to batch': [
    [3, 4],
    [2, 3, 4],
  ],
  'column and row': [
    [3, 1],
    [1, 4],
  ],
  'inner axis and lower rank': [
    [2, 1, 4],
    [3, 1],
  ],
  scalar: [[2, 3], []],
  'row to symbolic rows': [['n', 4], [4]],
  'one row to symbolic rows': [
    [1, 4],
    ['n', 4],
  ],
  'symbolic row and column': [
    ['batch', 1, 2],
    [1, 'length', 2],
  ],
};

function binary(operator: (a: Value, b: Value) => Value, draw?: Draw): Cases {
  const variants = Object.entries(broadcasts).map(([variant, [left, right]]): [string, Case] => [
    variant,
    (bench) => operator(bench.input(left, draw), bench.input(right, draw)),
  ]);
  const twice: Case = (bench) => {
    const x = bench.input([3, 4], draw);
    return operator(op.multiply(x, x), x);
  };
  return { ...Object.fromEntries(variants), 'the same value on both sides': twice };
}

function reduction(reduce: (x: Value, axes: readonly number[], keep?: boolean) => Value): Cases {
  return {
    'last axis kept': (bench) => reduce(bench.input([2, 3, 4]), [-1]),
    'first axis kept': (bench) => reduce(bench.input([2, 3, 4]), [0]),
    'two axes kept': (bench) => reduce(bench.input([2, 3, 4]), [0, 2]),
    'full, kept': (bench) => reduce(bench.input([2, 3]), [0, 1]),
    full: (bench) => reduce(bench.input([2, 3, 4]), [0, 1, 2], false),
    'full of a vector': (bench) => reduce(bench.input([5]), [0], false),
    'symbolic rows': (bench) => reduce(bench.input(['n', 4]), [1]),
    'rows of a product': (bench) => {
      const x = bench.input(['batch', 'length', 4]);
      return reduce(op.reshape(x, ['batch*length', 4]), [1]);
    },
  };
}

// Row 2 is looked up more than once, rows 0 and 4 never: a sum over repeats, and zeros.
const lookup = (indexShape: Shape, rows: readonly number[] = [2, 1, 2, 3, 2, 1]): Case => {
  return (bench) => op.gather(bench.input([5, 3]), bench.integers(indexShape, rows));
};

const product = (transpose: { readonly a?: boolean; readonly b?: boolean }, rows: number | string = 3): Case => {
  const [left, right]: [Shape, Shape] = [transpose.a ? [4, rows] : [rows, 4], transpose.b ? [5, 4] : [4, 5]];
  return (bench) => op.gemm(bench.input(left), bench.input(right), transpose);
};

const matrices = (left: Shape, right: Shape): Case => {
  return (bench) => op.matMul(bench.input(left), bench.input(right));
};

/** At least one case for each rule of the gradient table, each under the operator whose rule it is about. */
const cases: Readonly<Record<string, Cases>> = {
  Add: binary(op.add),
  Sub: binary(op.subtract),
  Mul: binary(op.multiply),
  Div: binary(op.divide, awayFromZero),
  Neg: unary(op.negate),
  Exp: unary(op.exponential),
  Log: unary(op.logarithm, positive),
  Sqrt: unary(op.squareRoot, positive),
  Reciprocal: unary(op.reciprocal, awayFromZero),
  Tanh: unary(op.tanh),
  Relu: unary(op.relu, awayFromZero),
  Gelu: unary(gelu),
  Softmax: { ...unary(op.softmax), 'four axes': (bench) => op.softmax(bench.input([2, 1, 3, 4])) },
  LogSoftmax: { ...unary(op.logSoftmax), 'four axes': (bench) => op.logSoftmax(bench.input([2, 1, 3, 4])) },
  ReduceSum: reduction(op.reduceSum),
  ReduceMean: reduction(op.reduceMean),
  Where: {
    'same shape': (bench) => {
      const condition = bench.mask([2, 3], [1, 0, 0, 1, 1, 0]);
      return op.where(condition, bench.input([2, 3]), bench.input([2, 3]));
    },
    'condition broadcasts': (bench) =>
      op.where(bench.mask([3], [1, 0, 1]), bench.input(['n', 3]), bench.input(['n', 3])),
    'branches broadcast': (bench) =>
      op.where(bench.mask([2, 3], [1, 0, 0, 1, 1, 0]), bench.input([3]), bench.input([2, 1])),
    'scalar branch': (bench) => op.where(bench.mask([2, 3], [1, 0, 0, 1, 1, 0]), bench.input([]), bench.input([2, 3])),
    'condition computed from a branch': (bench) => {
      const x = bench.input([3, 4], awayFromZero);
      const zero = op.scalar(bench.graph, 'float64', 0);
      return op.where(op.greater(x, zero), op.multiply(x, x), x);
    },
  },
  MatMul: {
    matrices: matrices([3, 4], [4, 2]),
    batches: matrices([2, 3, 4], [2, 4, 2]),
    'matrix with batch': matrices([3, 4], [2, 4, 2]),
    'batch with matrix': matrices([2, 3, 4], [4, 2]),
    'batches broadcast both ways': matrices([2, 1, 3, 4], [3, 4, 2]),
    'symbolic batch': matrices(['batch', 'length', 4], [4, 2]),
    'symbolic inner size': matrices([2, 'n'], ['n', 3]),
  },
  Gemm: {
    'a b': product({}),
    'aᵀ b': product({ a: true }),
    'a bᵀ': product({ b: true }),
    'aᵀ bᵀ': product({ a: true, b: true }),
    'symbolic rows': product({ b: true }, 'n'),
  },
  Transpose: {
    'heads and length': (bench) => op.transpose(bench.input(['batch', 2, 'length', 3]), [0, 2, 1, 3]),
    // An order that is not its own inverse.
    cycle: (bench) => op.transpose(bench.input([2, 3, 4]), [2, 0, 1]),
  },
  Reshape: {
    'fixed sizes': (bench) => op.reshape(bench.input([2, 6]), [3, 4]),
    'scalar to matrix': (bench) => op.reshape(bench.input([]), [1, 1]),
    'joins symbolic axes': (bench) => op.reshape(bench.input(['batch', 'length', 4]), ['batch*length', 4]),
    'cuts a product of symbolic axes': (bench) => {
      bench.integers(['batch', 'length'], [0, 0, 0, 0, 0, 0]);
      return op.reshape(bench.input(['batch*length', 4]), ['batch', 'length', 2, 2]);
    },
  },
  Unsqueeze: {
    'in front': (bench) => op.unsqueeze(bench.input(['n', 3]), [0, 1]),
    inside: (bench) => op.unsqueeze(bench.input(['n', 3]), [1, 2]),
    'beside axes of size 1': (bench) => op.unsqueeze(bench.input([1, 3, 1]), [1, 4]),
  },
  Concat: {
    'three parts': (bench) => op.concatenate([bench.input([2, 3]), bench.input([1, 3]), bench.input([4, 3])], 0),
    'the last axis': (bench) => op.concatenate([bench.input([2, 3]), bench.input([2, 2])], -1),
    'symbolic sizes in the middle': (bench) => {
      bench.integers(['n'], [0, 0, 0]);
      bench.integers(['length'], [0, 0, 0]);
      bench.integers(['n+length'], [0, 0, 0, 0, 0, 0]);
      return op.concatenate([bench.input([2, 'n', 3]), bench.input([2, 'length', 3])], 1);
    },
    'the same value twice': (bench) => {
      const x = bench.input([2, 3]);
      return op.concatenate([x, x], 1);
    },
  },
  Expand: {
    'axis of size 1': (bench) => op.expand(bench.input([1, 4]), [3, 4]),
    'new axes': (bench) => op.expand(bench.input([4]), [2, 3, 4]),
    scalar: (bench) => op.expand(bench.input([]), [2, 3]),
    'symbolic size': (bench) => {
      bench.integers(['n'], [0, 0, 0]);
      return op.expand(bench.input([1, 4]), ['n', 4]);
    },
  },
  Gather: {
    'fixed indices': lookup([6]),
    'a rectangle of fixed indices': lookup([2, 3]),
    'symbolic indices': lookup(['n'], [2, 1, 2]),
    'a symbolic rectangle of indices': lookup(['batch', 'length']),
    'half symbolic indices': lookup([2, 'length']),
  },
  RmsNorm: {
    matrix: (bench) => rmsNorm(bench.input([3, 4]), bench.input([4]), 1e-6),
    'symbolic rows': (bench) => rmsNorm(bench.input(['n', 4]), bench.input([4]), 1e-6),
    // An epsilon as large as the mean square, so that leaving it out would show.
    'large epsilon': (bench) => rmsNorm(bench.input([3, 4]), bench.input([4]), 1),
  },
  CrossEntropy: {
    'weighted rows, one left out': (bench) => {
      const weights = op.constant(bench.graph, 'float64', [0.5, 0, 2, 0.25], [4]);
      return crossEntropy(bench.input([4, 5]), bench.integers([4], [1, 0, 1, 4]), weights);
    },
    'symbolic rows': (bench) => {
      const [logits, targets] = [bench.input(['n', 5]), bench.integers(['n'], [4, 4, 0])];
      return crossEntropy(logits, targets, op.expand(op.scalar(bench.graph, 'float64', 0.5), ['n']));
    },
  },
};

describe('every gradient rule agrees with central differences in float64', () => {
  const worst = new Map<string, number>();
  afterAll(() => {
    const lines = [...worst].map(([operator, error]) => `${error.toExponential(1)}  ${operator}`);
    console.log(`worst relative errors against central differences:\n${lines.join('\n')}`);
  });

  it.each(differentiableOperators)('%s', async (operator) => {
    const variants = Object.entries(cases[operator] ?? {});
    expect(variants.length, `cases for ${operator}`).toBeGreaterThan(0);
    for (const [variant, build] of variants) {
      const bench = new GradientBench(`${operator}, ${variant}`);
      const output = build(bench);
      expect(bench.graph.operations.at(-1)?.operator, variant).toBe(operator);
      const error = await bench.worstError(output);
      expect(error, `${operator}, ${variant}`).toBeLessThanOrEqual(tolerance);
      worst.set(operator, Math.max(error, worst.get(operator) ?? 0));
    }
  });
});

describe('gradients', () => {
  /** Runs a graph without inputs but `x`, a float32 vector. */
  async function run(graph: Graph, x: readonly number[], output: Value): Promise<number[]> {
    graph.output('result', output);
    const session = await openSession(encodeModel(graph, 'test'), 'cpu');
    const results = await session.run({ x: tensor(Float32Array.from(x), [x.length]) });
    await session.release();
    return [...floats(results, 'result')];
  }
  const total = (x: Value) => op.reduceSum(x, [0], false);

  it('accumulate over all uses of a value', async () => {
    const graph = new Graph();
    const x = graph.input('x', 'float32', [2]);
    const square = op.multiply(x, x);
    // x² + x³ + x, whose slope is 2x + 3x² + 1.
    const loss = total(op.add(op.add(square, op.multiply(square, x)), x));
    const [gradient] = gradients(loss, [x]);
    expect(await run(graph, [2, -1], gradient as Value)).toEqual([2 * 2 + 3 * 4 + 1, -2 + 3 + 1]);
  });

  it('reach values in the middle of the graph, as well as their sources', async () => {
    const graph = new Graph();
    const x = graph.input('x', 'float32', [2]);
    const doubled = op.add(x, x);
    const loss = total(op.multiply(doubled, doubled));
    const [ofX, ofDoubled] = gradients(loss, [x, doubled]);
    expect(await run(graph, [3, 5], op.subtract(ofX as Value, ofDoubled as Value))).toEqual([24 - 12, 40 - 20]);
  });

  it('can be taken twice of one graph, and of a gradient', async () => {
    const graph = new Graph();
    const x = graph.input('x', 'float32', [2]);
    const loss = total(op.multiply(op.multiply(x, x), x));
    const [first] = gradients(loss, [x]);
    const [again] = gradients(total(first as Value), [x]);
    expect(await run(graph, [2, -1], again as Value)).toEqual([12, -6]);
  });

  it('throw where an operator on the way has no rule, naming its node', () => {
    const graph = new Graph();
    const x = graph.input('x', 'float32', [2]);
    const loss = graph.scoped('layer', () => total(op.sign(x)));
    expect(() => gradients(loss, [x])).toThrow(GraphError);
    expect(() => gradients(loss, [x])).toThrow('layer/Sign_0: No gradient rule for Sign');
  });

  it('do not ask for a rule beside the way', async () => {
    const graph = new Graph();
    const x = graph.input('x', 'float32', [2]);
    const signs = op.sign(op.constant(graph, 'float32', [-3, 3], [2]));
    const [gradient] = gradients(total(op.multiply(x, signs)), [x]);
    expect(await run(graph, [1, 1], gradient as Value)).toEqual([-1, 1]);
  });

  it('throw for an input of an operator that has none, such as the weights of a loss', () => {
    const graph = new Graph();
    const logits = op.constant(graph, 'float32', [1, 2, 3, 4], [2, 2]);
    const weights = graph.input('x', 'float32', [2]);
    const loss = crossEntropy(logits, op.constantInt64(graph, [0, 1]), weights);
    expect(() => gradients(loss, [weights])).toThrow(/^CrossEntropy_0: No gradient rule for input 2$/);
  });

  it('throw when the loss does not depend on the value', () => {
    const graph = new Graph();
    const [x, y] = [graph.input('x', 'float32', [2]), graph.input('y', 'float32', [2])];
    const loss = total(x);
    expect(() => gradients(loss, [x, y])).toThrow('y: the loss does not depend on it');
    const comparison = op.cast(op.greater(y, x), 'float32');
    expect(() => gradients(total(comparison), [y])).toThrow('y: the loss does not depend on it');
  });

  it('throw when a value belongs to another graph, even under the same name', () => {
    const graph = new Graph();
    const loss = total(graph.input('x', 'float32', [2]));
    const stranger = new Graph().input('x', 'float32', [2]);
    expect(() => gradients(loss, [stranger])).toThrow('x: belongs to another graph');
  });

  it('throw when the loss is not one floating-point number', () => {
    const graph = new Graph();
    const x = graph.input('x', 'float32', [2]);
    expect(() => gradients(op.multiply(x, x), [x])).toThrow('Mul_0: gradients start from a scalar');
    const whole = graph.input('whole', 'int64', []);
    expect(() => gradients(whole, [whole])).toThrow('whole: gradients start from a scalar of float32 or float64');
  });

  it('throw where a size that may be 1 was broadcast: how often it was repeated shows only when the graph runs', () => {
    const graph = new Graph();
    const [rows, one] = [graph.input('x', 'float32', ['n', 2]), graph.input('y', 'float32', ['n?', 2])];
    const loss = op.reduceSum(op.multiply(rows, one), [0, 1], false);
    expect(() => gradients(loss, [one])).toThrow(/^gradient\/Mul_0.*n\?/);
    expect(() => gradients(loss, [rows])).not.toThrow();
  });

  it('throw for a sum that loses some axes and keeps others', () => {
    const graph = new Graph();
    const x = graph.input('x', 'float32', [2, 3]);
    const partial = op.reduceSum(x, [1], false);
    expect(() => gradients(total(partial), [x])).toThrow(/only with its axes kept, or for a full sum/);
  });
});
