// Each operator adds one ONNX node after checking element types and shapes, so that a mistake is an error here, with the
// node's name, and not a session that fails to open.

export * from './arithmetic.ts';
export * from './constants.ts';
export * from './indexing.ts';
export * from './layout.ts';
