import type { onnx } from 'onnx-proto';
import onnxProto from 'onnx-proto';
import type { Attribute, ElementType, Graph, Initializer, Value } from './graph.ts';

// The package is CommonJS, whose names Node cannot see before it runs.
const protocol = onnxProto.onnx;

/** ONNX operator set 20 is the first with a GELU; every provider of ONNX Runtime 1.30 has it. */
const operatorSet = 20;
const irVersion = 9;

const elementTypes: Record<ElementType, onnx.TensorProto.DataType> = {
  float32: protocol.TensorProto.DataType.FLOAT,
  float64: protocol.TensorProto.DataType.DOUBLE,
  int64: protocol.TensorProto.DataType.INT64,
  bool: protocol.TensorProto.DataType.BOOL,
  uint8: protocol.TensorProto.DataType.UINT8,
};

/** The graph as the bytes of an ONNX model. */
export function encodeModel(graph: Graph, name: string): Uint8Array {
  const model = protocol.ModelProto.create({
    irVersion,
    producerName: 'reason2decide',
    opsetImport: [{ domain: '', version: operatorSet }],
    graph: {
      name,
      node: graph.nodes.map((node) => ({
        opType: node.operator,
        name: node.name,
        input: [...node.inputs],
        output: [...node.outputs],
        attribute: Object.entries(node.attributes).map(([key, value]) => encodeAttribute(key, value)),
      })),
      input: graph.inputs.map(encodeValue),
      output: graph.outputs.map(encodeValue),
      initializer: graph.initializers.map(encodeInitializer),
    },
  });
  return protocol.ModelProto.encode(model).finish();
}

function encodeValue(value: Value): onnx.IValueInfoProto {
  const dim = value.shape.map((dimension) =>
    typeof dimension === 'number' ? { dimValue: dimension } : { dimParam: dimension },
  );
  return { name: value.name, type: { tensorType: { elemType: elementTypes[value.type], shape: { dim } } } };
}

function encodeInitializer({ value, data }: Initializer): onnx.ITensorProto {
  const tensor = { name: value.name, dataType: elementTypes[value.type], dims: value.shape.map(Number) };
  if (data instanceof Uint8Array) return { ...tensor, rawData: data };
  return {
    ...tensor,
    dataLocation: protocol.TensorProto.DataLocation.EXTERNAL,
    externalData: [
      { key: 'location', value: data.location },
      { key: 'offset', value: String(data.offset) },
      { key: 'length', value: String(data.length) },
    ],
  };
}

function encodeAttribute(name: string, attribute: Attribute): onnx.IAttributeProto {
  const types = protocol.AttributeProto.AttributeType;
  switch (attribute.kind) {
    case 'int':
      return { name, type: types.INT, i: attribute.value };
    case 'ints':
      return { name, type: types.INTS, ints: [...attribute.value] };
    case 'float':
      return { name, type: types.FLOAT, f: attribute.value };
    case 'string':
      return { name, type: types.STRING, s: new TextEncoder().encode(attribute.value) };
  }
}
