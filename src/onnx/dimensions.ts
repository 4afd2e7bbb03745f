import type { Dimension, Shape } from './graph.ts';

// The arithmetic of sizes that are known only when the graph runs. Their names carry it: `batch*length` is a product,
// `past+target` a sum, and `batch?` is either `batch` or 1.

/** What a size is the product of: its whole numbers as one factor, and its names in alphabetical order. */
export function factorsOf(shape: Shape): { readonly fixed: number; readonly names: readonly string[] } {
  let fixed = 1;
  const names: string[] = [];
  for (const factor of shape.flatMap((size) => String(size).split('*'))) {
    if (/^\d+$/.test(factor)) fixed *= Number(factor);
    else names.push(factor);
  }
  return { fixed, names: names.sort() };
}

/** The number of elements of a shape, as one dimension. */
export function productOf(shape: Shape): Dimension {
  const { fixed, names } = factorsOf(shape);
  if (names.length === 0) return fixed;
  return (fixed === 1 ? names : [fixed, ...names]).join('*');
}

/** The size of two values joined along an axis. */
export function sumOf(left: Dimension, right: Dimension): Dimension {
  if (typeof left === 'number' && typeof right === 'number') return left + right;
  return `${left}+${right}`;
}

/** Whether a size is its own or 1, as the graph is run. */
export const mayBeOne = (size: Dimension): boolean => typeof size === 'string' && size.endsWith('?');

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

/** A shape with one axis left open, to compare shapes but for that axis. */
export const withoutAxis = (shape: Shape, place: number): string =>
  shape.map((size, i) => (i === place ? '' : size)).join();
