import { type Dimension, type ElementType, GraphError, type Value } from './graph.ts';

// What the operators ask of their inputs before they add a node.

export function fail(value: Value, operator: string, problem: string): never {
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

export function requireType(operator: string, value: Value, types: readonly ElementType[]): void {
  if (!types.includes(value.type)) fail(value, operator, `needs ${types.join(' or ')}, got ${describe(value)}`);
}

export function requireSameType(operator: string, a: Value, b: Value): void {
  if (a.type !== b.type) fail(a, operator, `element types differ: ${describe(a)} and ${describe(b)}`);
}

/** The place of an axis counted from the front, or from the back when negative. */
export function placeOf(operator: string, value: Value, axis: number): number {
  const place = axis < 0 ? axis + value.shape.length : axis;
  if (value.shape[place] === undefined) fail(value, operator, `${describe(value)} has no axis ${axis}`);
  return place;
}

export const floating: readonly ElementType[] = ['float32', 'float64'];
export const numeric: readonly ElementType[] = ['float32', 'float64', 'int64'];
