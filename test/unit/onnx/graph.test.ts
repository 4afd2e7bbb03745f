import { describe, expect, it } from 'vitest';
import {
  crossEntropy,
  type ElementType,
  encodeModel,
  floats,
  Graph,
  GraphError,
  integers,
  named,
  op,
  openSession,
  rmsNorm,
  type Shape,
  type Tensors,
  tensor,
  type Value,
} from '../../../src/onnx/index.ts';

/** Values of one graph to make mistakes with, and what their descriptions look like. */
class Inputs {
  readonly graph = new Graph();
  #count = 0;

  float(...shape: Shape): Value {
    return this.#input('float32', shape);
  }

  double(...shape: Shape): Value {
    return this.#input('float64', shape);
  }

  integer(...shape: Shape): Value {
    return this.#input('int64', shape);
  }

  bool(...shape: Shape): Value {
    return this.#input('bool', shape);
  }

  #input(type: ElementType, shape: Shape): Value {
    return this.graph.input(`x${this.#count++}`, type, shape);
  }
}

type Mistake = readonly [mistake: string, build: (x: Inputs) => unknown, message: string | RegExp];

const mistakes: readonly Mistake[] = [
  // Element types
  ['adds float32 to float64', (x) => op.add(x.float(2), x.double(2)), /^Add_0: element types differ: float32\[2\] and/],
  ['adds bools', (x) => op.add(x.bool(2), x.bool(2)), /^Add_0: needs float32 or float64 or int64, got bool\[2\]$/],
  ['takes the exponential of int64', (x) => op.exponential(x.integer(2)), /^Exp_0: needs float32 or float64/],
  ['multiplies matrices of int64', (x) => op.matMul(x.integer(2, 2), x.integer(2, 2)), /^MatMul_0: needs float32/],
  ['multiplies matrices of two types', (x) => op.gemm(x.float(2, 2), x.double(2, 2)), /^Gemm_0: element types differ/],
  ['chooses by numbers', (x) => op.where(x.float(2), x.float(2), x.float(2)), /^Where_0: needs bool, got float32\[2\]/],
  ['chooses between types', (x) => op.where(x.bool(2), x.float(2), x.double(2)), /^Where_0: element types differ/],
  [
    'looks up at float indices',
    (x) => op.gather(x.float(4, 2), x.float(3)),
    /^Gather_0: needs int64, got float32\[3\]/,
  ],
  ['picks at float indices', (x) => op.gatherElements(x.float(4, 2), x.float(4, 1)), /^GatherElements_0: needs int64/],
  [
    'adds at float indices',
    (x) => op.scatterAdd(x.float(4), x.float(2), x.float(2), 0),
    /^ScatterElements_0: needs int/,
  ],
  [
    'adds float64 into float32',
    (x) => op.scatterAdd(x.float(4), x.integer(2), x.double(2), 0),
    /^ScatterElements_0: element types differ: float32\[4\] and float64\[2\]$/,
  ],
  ['sums int64', (x) => op.reduceSum(x.integer(3), [0]), /^ReduceSum_0: needs float32 or float64/],
  ['joins two types', (x) => op.concatenate([x.float(2), x.double(2)], 0), /^Concat_0: element types differ/],
  ['counts in floats', (x) => op.range(x.float(), x.float(), 'n'), /^Range_0: needs int64, got float32\[\]$/],
  ['one-hot of floats', (x) => op.oneHot(x.float(2), 3, 'float32'), /^OneHot_0: needs int64/],
  ['norms in two types', (x) => rmsNorm(x.float(2, 3), x.double(3), 1e-6), /^Mul_\d+: element types differ/],

  // Shapes
  ['adds 2 to 3', (x) => op.add(x.float(2), x.float(3)), 'Add_0: shapes do not broadcast: float32[2] and float32[3]'],
  ['adds two symbolic sizes', (x) => op.add(x.float('n'), x.float('m')), /^Add_0: shapes do not broadcast/],
  ['adds a symbolic to a fixed size', (x) => op.add(x.float('n'), x.float(2)), /^Add_0: shapes do not broadcast/],
  ['chooses by a longer condition', (x) => op.where(x.bool(3), x.float(2), x.float(2)), /^Where_0: shapes do not/],
  ['multiplies 3 columns by 4 rows', (x) => op.matMul(x.float(2, 3), x.float(4, 2)), /^MatMul_0: shapes do not fit/],
  ['multiplies batches of 2 and 3', (x) => op.matMul(x.float(2, 1, 1), x.float(3, 1, 1)), /^MatMul_0: shapes do not/],
  ['gemm without the transpose', (x) => op.gemm(x.float(2, 3), x.float(4, 3)), /^Gemm_0: inner sizes differ/],
  [
    'reshapes 6 into 8',
    (x) => op.reshape(x.float(2, 3), [8]),
    'Reshape_0: float32[2, 3] does not have the elements of [8]',
  ],
  ['reshapes one symbol into another', (x) => op.reshape(x.float('n', 2), ['m', 2]), /^Reshape_0: .*\[m, 2\]$/],
  ['reshapes a size that may be 1', (x) => op.reshape(x.float('n?'), ['n']), /^Reshape_0: float32\[n\?\] does not/],
  ['expands 2 to 3', (x) => op.expand(x.float(2), [3]), 'Expand_0: float32[2] does not broadcast to [3]'],
  ['expands to fewer axes', (x) => op.expand(x.float(2, 3), [3]), /^Expand_0: float32\[2, 3\] does not broadcast to/],
  ['expands 4 to 1', (x) => op.expand(x.float(4), [1]), /^Expand_0: float32\[4\] does not broadcast to \[1\]$/],
  ['joins other widths', (x) => op.concatenate([x.float(2, 3), x.float(2, 4)], 0), /^Concat_0: shapes do not fit/],
  ['squeezes an axis of 2', (x) => op.squeeze(x.float(2, 1), [0]), /^Squeeze_0: float32\[2, 1\] is larger than 1/],
  [
    'adds more updates than indices',
    (x) => op.scatterAdd(x.float(4, 2), x.integer(2, 2), x.float(3, 2), 0),
    /^ScatterElements_0: updates float32\[3, 2\] do not pair with indices int64\[2, 2\]$/,
  ],
  ['norms with another width', (x) => rmsNorm(x.float(2, 3), x.float(4), 1e-6), /^RmsNorm_0: weight float32\[4\] does/],
  [
    'loss of 2 rows for 3 targets',
    (x) => crossEntropy(x.float(2, 5), x.integer(3), x.float(2)),
    /^CrossEntropy_0: sizes differ: float32\[2, 5\], int64\[3\], float32\[2\]$/,
  ],

  // Ranks and axes
  [
    'multiplies a matrix by a vector',
    (x) => op.matMul(x.float(2, 3), x.float(3)),
    /^MatMul_0: needs at least two axes/,
  ],
  ['gemm of a batch', (x) => op.gemm(x.float(2, 2, 3), x.float(3, 2)), /^Gemm_0: needs two matrices/],
  ['orders two of three axes', (x) => op.transpose(x.float(2, 3, 4), [1, 0]), /^Transpose_0: \[1, 0\] is no order/],
  ['orders one axis twice', (x) => op.transpose(x.float(2, 3), [0, 0]), /^Transpose_0: \[0, 0\] is no order/],
  [
    'sums an axis that is not there',
    (x) => op.reduceSum(x.float(2, 3), [2]),
    /^ReduceSum_0: float32\[2, 3\] has no axis 2$/,
  ],
  ['sums over no axes', (x) => op.reduceSum(x.float(2, 3), []), /^ReduceSum_0: needs at least one axis/],
  ['means over one axis twice', (x) => op.reduceMean(x.float(2, 3), [1, -1]), /^ReduceMean_0: .*one axis twice/],
  [
    'joins along an axis that is not there',
    (x) => op.concatenate([x.float(2)], 1),
    /^Concat_0: float32\[2\] has no axis 1$/,
  ],
  ['joins ranks', (x) => op.concatenate([x.float(2, 3), x.float(2)], 0), /^Concat_0: shapes do not fit/],
  [
    'puts an axis behind the end',
    (x) => op.unsqueeze(x.float(2), [2]),
    /^Unsqueeze_0: \[2\] are no places of new axes/,
  ],
  ['puts an axis at −1', (x) => op.unsqueeze(x.float(2, 3), [-1]), /^Unsqueeze_0: \[-1\] are no places of new axes/],
  [
    'slices by a bound that is no int64[1]',
    (x) => op.slice(x.float(4), 0, op.scalar(x.graph, 'int64', 0), op.constantInt64(x.graph, [2]), 2),
    /^Slice_0: needs int64\[1\], got int64\[\]/,
  ],
  ['squeezes an axis that is not there', (x) => op.squeeze(x.float(1), [1]), /^Squeeze_0/],
  ['looks up in a scalar', (x) => op.gather(x.float(), x.integer(2)), /^Gather_0: float32\[\] has no axis 0$/],
  ['softmax of a scalar', (x) => op.softmax(x.float()), /^Softmax_0: float32\[\] has no axis -1$/],
  ['picks by a vector from a matrix', (x) => op.gatherElements(x.float(4, 2), x.integer(4)), /^GatherElements_0: /],
  ['counts to a vector', (x) => op.range(x.integer(), x.integer(1), 'n'), /^Range_0: needs scalars/],
  [
    'adds along an axis that is not there',
    (x) => op.scatterAdd(x.float(4), x.integer(2), x.float(2), 1),
    /^ScatterElements_0: float32\[4\] has no axis 1$/,
  ],
  ['loss of rank 3', (x) => crossEntropy(x.float(2, 1, 5), x.integer(2), x.float(2)), /^CrossEntropy_0: /],

  // Names and graphs
  [
    'takes a name twice',
    (x) => x.graph.input('x', 'int64', []) && x.graph.input('x', 'int64', []),
    /^x: this name is taken/,
  ],
  ["takes an input's name for an output", (x) => x.graph.output('x0', x.float(2)), /^x0: this name is taken already$/],
  ['adds a value of another graph', (x) => op.add(x.float(2), new Inputs().float(2)), /^Add_0: .*another graph$/],
  [
    'gives out a value of another graph',
    (x) => x.graph.output('y', new Inputs().float(2)),
    /^y: x0 belongs to another graph$/,
  ],
  ['asks for a size no input has', (x) => op.sizeOf(x.graph, 'n'), 'Shape_0: no input has a dimension named n'],
  ['expands to a size no input has', (x) => op.expand(x.float(1), ['n']), 'Shape_0: no input has a dimension named n'],

  // Constants
  [
    'two numbers for three',
    (x) => op.constant(x.graph, 'float32', [1, 2], [3]),
    /^Constant0_0: float32\[3\] needs 12 bytes, got 8$/,
  ],
];

describe('a mistake is an error of its node while the graph is built', () => {
  it.each(mistakes)('%s', (_, build, message) => {
    const inputs = new Inputs();
    expect(() => build(inputs)).toThrow(GraphError);
    expect(() => build(new Inputs())).toThrow(message);
  });

  it('carries the scopes in which the node was built', () => {
    const x = new Inputs();
    const build = () =>
      x.graph.scoped('encoder', () => x.graph.scoped('block.0', () => op.add(x.float(2), x.float(3))));
    expect(build).toThrow(/^encoder\.block\.0\/Add_0: /);
    // The scope ends with the error: what is built after it is not inside.
    expect(op.negate(x.float(2)).name).toBe('Neg_0');
  });
});

/** Opens a graph, runs it once, and gives its outputs. */
async function compute(graph: Graph, inputs: Tensors): Promise<Tensors> {
  const session = await openSession(encodeModel(graph, 'test'), 'cpu');
  try {
    return await session.run(inputs);
  } finally {
    await session.release();
  }
}

const ones = (...shape: number[]) => tensor(new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(1), shape);

describe('symbolic dimensions', () => {
  it('join into a product and are cut out of it again', async () => {
    const graph = new Graph();
    const x = graph.input('x', 'float32', ['batch', 'length', 4]);
    const joined = op.reshape(x, ['batch*length', 4]);
    expect(joined.shape).toEqual(['batch*length', 4]);
    graph.output('joined', joined);
    graph.output('heads', op.transpose(op.reshape(joined, ['batch', 'length', 2, 2]), [0, 2, 1, 3]));
    const results = await compute(graph, {
      x: tensor(
        Float32Array.from({ length: 24 }, (_, i) => i),
        [2, 3, 4],
      ),
    });
    expect(named(results, 'joined').dims).toEqual([6, 4]);
    expect(named(results, 'heads').dims).toEqual([2, 2, 3, 2]);
    // Row 1, head 0, position 2, second element: 1·12 + 2·4 + 0·2 + 1.
    expect(floats(results, 'heads')[((1 * 2 + 0) * 3 + 2) * 2 + 1]).toBe(21);
  });

  it('that are a product have a size, also where no input has just that product', async () => {
    const graph = new Graph();
    graph.input('x', 'float32', ['batch', 'length']);
    graph.output('size', op.sizeOf(graph, 'batch*length'));
    graph.output('doubled', op.sizeOf(graph, '2*batch'));
    graph.output('rows', op.expand(op.scalar(graph, 'float32', 7), ['batch*length', 2]));
    const results = await compute(graph, { x: ones(2, 3) });
    expect(named(results, 'size').data).toEqual(BigInt64Array.of(6n));
    expect(named(results, 'doubled').data).toEqual(BigInt64Array.of(4n));
    expect([...floats(results, 'rows')]).toEqual(new Array(12).fill(7));
  });

  it('may be zero', async () => {
    const graph = new Graph();
    const x = graph.input('x', 'float32', ['batch', 'past', 4]);
    graph.output('cut', op.reshape(x, ['batch', 'past', 2, 2]));
    graph.output('turned', op.reshape(x, ['past', 2, 'batch', 2]));
    graph.output('total', op.reduceSum(x, [0, 1, 2], false));
    const results = await compute(graph, { x: ones(3, 0, 4) });
    expect(named(results, 'cut').dims).toEqual([3, 0, 2, 2]);
    expect(named(results, 'turned').dims).toEqual([0, 2, 3, 2]);
    expect([...floats(results, 'total')]).toEqual([0]);
  });

  it('with a question mark are that size or 1', async () => {
    const graph = new Graph();
    const rows = graph.input('rows', 'float32', ['batch', 2]);
    const one = graph.input('one', 'float32', ['batch?', 2]);
    const sum = op.add(rows, one);
    expect(sum.shape).toEqual(['batch', 2]);
    expect(op.add(one, rows).shape).toEqual(['batch', 2]);
    expect(op.add(one, op.constant(graph, 'float32', [1, 2], [1, 2])).shape).toEqual(['batch?', 2]);
    graph.output('sum', sum);
    const session = await openSession(encodeModel(graph, 'test'), 'cpu');
    const of = async (count: number) => floats(await session.run({ rows: ones(3, 2), one: ones(count, 2) }), 'sum');
    expect([...(await of(1))]).toEqual(new Array(6).fill(2));
    expect([...(await of(3))]).toEqual(new Array(6).fill(2));
    await expect(of(2)).rejects.toThrow();
    await session.release();
  });

  it('of joined values add up', () => {
    const graph = new Graph();
    const past = graph.input('past', 'float32', ['batch', 'past', 4]);
    const fresh = graph.input('fresh', 'float32', ['batch', 'target', 4]);
    expect(op.concatenate([past, fresh], 1).shape).toEqual(['batch', 'past+target', 4]);
    expect(op.concatenate([past, fresh], -2).shape).toEqual(['batch', 'past+target', 4]);
  });
});

describe('an encoded model', () => {
  it('computes what its nodes say, from inputs and constants of every type', async () => {
    const graph = new Graph();
    const x = graph.input('x', 'float32', [2, 3]);
    const indices = graph.input('indices', 'int64', [2]);
    const keep = graph.input('keep', 'bool', [3]);
    const bytes = graph.input('bytes', 'uint8', [3]);
    const table = op.constant(graph, 'float32', [10, 20, 30, 40, 50, 60], [2, 3]);
    const looked = op.add(x, op.gather(table, indices));
    graph.output('chosen', op.where(keep, looked, op.cast(bytes, 'float32')));
    const half = op.cast(op.scalar(graph, 'float64', 0.5), 'float32');
    graph.output('halved', op.multiply(op.reduceMean(looked, [1], false), half));
    const row = { x: tensor(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3]), indices: integers([1, 0], [2]) };
    const masks = { keep: tensor(Uint8Array.of(1, 0, 1), [3], 'bool'), bytes: tensor(Uint8Array.of(7, 8, 9), [3]) };
    const results = await compute(graph, { ...row, ...masks });
    expect([...floats(results, 'chosen')]).toEqual([41, 8, 63, 14, 8, 36]);
    expect([...floats(results, 'halved')]).toEqual([26, 12.5]);
    expect(() => named(results, 'absent')).toThrow(/no output absent/);
  });

  it('adds at repeated indices as often as they occur', async () => {
    const graph = new Graph();
    const updates = graph.input('updates', 'float32', ['n']);
    const zeros = op.constant(graph, 'float32', [0, 0, 0], [3]);
    const size = 10_000;
    const places = graph.input('places', 'int64', ['n']);
    graph.output('counts', op.scatterAdd(zeros, places, updates, 0));
    const places3 = Array.from({ length: size }, (_, i) => (i % 10 === 0 ? 1 : 2));
    const results = await compute(graph, { updates: ones(size), places: integers(places3, [size]) });
    expect([...floats(results, 'counts')]).toEqual([0, size / 10, size - size / 10]);
  });
});
