import { Random } from '../../../src/common/index.ts';
import {
  encodeModel,
  Graph,
  gradients,
  integers,
  named,
  op,
  openSession,
  type Session,
  type Shape,
  type Tensor,
  type Tensors,
  tensor,
  type Value,
} from '../../../src/onnx/index.ts';

/** How a differentiated input's elements are drawn: away from the operator's kinks and poles. */
export type Draw = (random: Random) => number;

export const anywhere: Draw = (random) => random.normal();
export const positive: Draw = (random) => 0.5 + random.uniform();
export const awayFromZero: Draw = (random) => (random.chance(0.5) ? 1 : -1) * (0.5 + random.uniform());

/** What the symbolic dimensions of the cases are when they run. */
const sizes: Readonly<Record<string, number>> = { n: 3, batch: 2, length: 3 };

/** Steps of central differences: their error is about step² from the curvature and 1e-16 / step from rounding. */
const step = 1e-5;

/** A small float64 graph whose gradients are compared with central differences, element by element. */
export class GradientBench {
  readonly graph = new Graph();
  readonly #random: Random;
  readonly #differentiated: { readonly value: Value; readonly data: Float64Array }[] = [];
  readonly #feeds: Record<string, Tensor> = {};

  constructor(name: string) {
    this.#random = Random.derive(7, name);
  }

  /** An input whose gradient is checked. */
  input(shape: Shape, draw: Draw = anywhere): Value {
    const { value, data } = this.#drawn(`x${this.#differentiated.length}`, shape, draw);
    this.#differentiated.push({ value, data });
    return value;
  }

  /** An int64 input; the shape's product is the number of elements. */
  integers(shape: Shape, data: readonly number[]): Value {
    const name = `integers${Object.keys(this.#feeds).length}`;
    this.#feeds[name] = integers(data, shape.map(sizeOf));
    return this.graph.input(name, 'int64', shape);
  }

  /** A bool constant. */
  mask(shape: readonly number[], data: readonly (0 | 1)[]): Value {
    return op.constant(this.graph, 'bool', data, shape);
  }

  /**
   * The largest difference between a gradient and its central difference, relative to the largest element of that
   * gradient. The loss is a weighted sum, so that the gradient that comes into the operator is neither 1 nor the same
   * everywhere.
   */
  async worstError(output: Value): Promise<number> {
    // Cut into its factors, so that no input declares a product of sizes that the gradient may have to compute.
    const factors: Shape = output.shape.flatMap((size): Shape => (typeof size === 'string' ? size.split('*') : [size]));
    const cut = factors.length === output.shape.length ? output : op.reshape(output, factors);
    const weighted = op.multiply(cut, this.#drawn('weights', cut.shape, awayFromZero).value);
    const axes = cut.shape.map((_, axis) => axis);
    const loss = axes.length === 0 ? weighted : op.reduceSum(weighted, axes, false);
    const sources = this.#differentiated.map(({ value }) => value);
    this.graph.output('loss', loss);
    gradients(loss, sources).forEach((gradient, i) => {
      if (gradient.shape.join() !== sources[i]?.shape.join())
        throw new Error(`the gradient of x${i} has another shape`);
      this.graph.output(`gradient${i}`, gradient);
    });
    const session = await openSession(encodeModel(this.graph, 'gradient'), 'cpu');
    try {
      const results = await session.run(this.#feeds);
      let worst = 0;
      for (const [i, { data }] of this.#differentiated.entries()) {
        const expected = await this.#differences(session, data);
        worst = Math.max(worst, relativeError(doubles(results, `gradient${i}`), expected));
      }
      return worst;
    } finally {
      await session.release();
    }
  }

  #drawn(name: string, shape: Shape, draw: Draw): { readonly value: Value; readonly data: Float64Array } {
    const concrete = shape.map(sizeOf);
    const count = concrete.reduce((product, size) => product * size, 1);
    const data = Float64Array.from({ length: count }, () => draw(this.#random));
    this.#feeds[name] = tensor(data, concrete);
    return { value: this.graph.input(name, 'float64', shape), data };
  }

  /** Central differences of the loss for each element of an input; `data` is what the session is fed. */
  async #differences(session: Session, data: Float64Array): Promise<number[]> {
    const differences: number[] = [];
    for (const [i, element] of data.entries()) {
      data[i] = element + step;
      const above = doubles(await session.run(this.#feeds, ['loss']), 'loss')[0] ?? Number.NaN;
      data[i] = element - step;
      const below = doubles(await session.run(this.#feeds, ['loss']), 'loss')[0] ?? Number.NaN;
      data[i] = element;
      differences.push((above - below) / (2 * step));
    }
    return differences;
  }
}

function sizeOf(dimension: number | string): number {
  if (typeof dimension === 'number') return dimension;
  const sum = (name: string) => name.split('+').reduce((total, part) => total + (sizes[part] ?? Number.NaN), 0);
  return dimension.split('*').reduce((product, name) => product * sum(name), 1);
}

function doubles(results: Tensors, name: string): Float64Array {
  const { data } = named(results, name);
  if (!(data instanceof Float64Array)) throw new TypeError(`${name} is not float64`);
  return data;
}

/** NaN anywhere gives infinity. */
function relativeError(got: Float64Array, expected: readonly number[]): number {
  if (got.length !== expected.length) return Number.POSITIVE_INFINITY;
  const largest = Math.max(...expected.map(Math.abs));
  const difference = Math.max(...expected.map((value, i) => Math.abs(value - (got[i] ?? Number.NaN))));
  return Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference / largest;
}
