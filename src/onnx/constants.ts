import type { ElementType, Graph, Value } from './graph.ts';

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
