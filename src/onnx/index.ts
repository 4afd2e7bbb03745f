export { crossEntropy, gelu, rmsNorm } from './composites.ts';
export { DeviceHost, type DeviceOpener } from './device-host.ts';
export { encodeModel } from './encode.ts';
export { readExternalData } from './external-data.ts';
export { differentiableOperators, gradients } from './gradients.ts';
export {
  type Dimension,
  type ElementType,
  type ExternalData,
  Graph,
  GraphError,
  type Shape,
  type Value,
} from './graph.ts';
export * as op from './operators.ts';
export {
  candidateDevices,
  type Device,
  type DeviceRequest,
  floats,
  integers,
  named,
  openSession,
  parseDeviceRequest,
  type Session,
  type Tensor,
  type Tensors,
  tensor,
} from './sessions.ts';
