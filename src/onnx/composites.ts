import { describe, sizeAt } from './checks.ts';
import { GraphError, type Value } from './graph.ts';
import {
  add,
  gatherElements,
  logSoftmax,
  multiply,
  negate,
  reciprocal,
  reduceMean,
  reduceSum,
  reshape,
  scalar,
  squareRoot,
  tanh,
} from './operators.ts';

// Operations of several ONNX nodes that have one gradient rule, worked out by hand: cheaper and more accurate than the
// product of their parts' rules.

/** T5's layer norm: x [n, d] divided by the root mean square of its row, times `weight` [d]; no mean, no bias. */
export function rmsNorm(x: Value, weight: Value, epsilon: number): Value {
  if (weight.shape.length !== 1 || weight.shape[0] !== x.shape.at(-1)) {
    throw new GraphError(x.graph.nextName('RmsNorm'), `weight ${describe(weight)} does not fit ${describe(x)}`);
  }
  return x.graph.composite('RmsNorm', [x, weight], {}, () => {
    const meanSquare = reduceMean(multiply(x, x), [-1]);
    const scale = reciprocal(squareRoot(add(meanSquare, scalar(x.graph, x.type, epsilon))));
    const normalised = multiply(x, scale);
    return { output: multiply(normalised, weight), saved: [normalised, scale] };
  });
}

const geluSlope = Math.sqrt(2 / Math.PI);
const geluCubic = 0.044715;

/** GELU in its tanh form (Hendrycks and Gimpel 2016), as T5 v1.1 uses it ("gelu_new"). */
export function gelu(x: Value): Value {
  const number = (value: number) => scalar(x.graph, x.type, value);
  return x.graph.composite('Gelu', [x], {}, () => {
    const square = multiply(x, x);
    const inner = multiply(x, add(multiply(square, number(geluSlope * geluCubic)), number(geluSlope)));
    const saturation = tanh(inner);
    const gate = add(multiply(saturation, number(0.5)), number(0.5));
    return { output: multiply(x, gate), saved: [square, saturation, gate] };
  });
}

/** The slope of `gelu` at x, from what it saved. */
export function geluDerivative(x: Value, square: Value, saturation: Value, gate: Value): Value {
  const number = (value: number) => scalar(x.graph, x.type, value);
  const innerSlope = add(multiply(square, number(1.5 * geluSlope * geluCubic)), number(0.5 * geluSlope));
  const saturationSlope = add(negate(multiply(saturation, saturation)), number(1));
  return add(gate, multiply(multiply(x, saturationSlope), innerSlope));
}

/**
 * The weighted sum of token losses, −Σ wᵢ·log softmax(logitsᵢ)[targetᵢ], a scalar.
 *
 * @param logits [n, vocabulary]
 * @param targets int64[n]
 * @param weights [n]; 0 leaves a position out, so padding and the mean over tokens are both the caller's weights.
 */
export function crossEntropy(logits: Value, targets: Value, weights: Value): Value {
  const rows = sizeAt(logits, 0);
  const fits = [targets, weights].every(({ shape }) => shape.length === 1 && shape[0] === rows);
  if (logits.shape.length !== 2 || !fits) {
    const got = [logits, targets, weights].map(describe).join(', ');
    throw new GraphError(logits.graph.nextName('CrossEntropy'), `sizes differ: ${got}`);
  }
  return logits.graph.composite('CrossEntropy', [logits, targets, weights], {}, () => {
    const logProbabilities = logSoftmax(logits);
    const column = reshape(targets, [rows, 1]);
    const picked = gatherElements(logProbabilities, column);
    const loss = negate(reduceSum(multiply(picked, reshape(weights, [rows, 1])), [0, 1], false));
    return { output: loss, saved: [logProbabilities, column] };
  });
}
