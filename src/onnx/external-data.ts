import onnxProto from 'onnx-proto';
import type { ExternalData } from './graph.ts';

/**
 * Where an ONNX model says that its weights lie, by their names.
 *
 * @throws Error when the bytes are not an ONNX model.
 */
export function readExternalData(model: Uint8Array): Map<string, ExternalData> {
  // A plain array, because the library makes its empty fields with the constructor of what it reads, and Buffer's is deprecated.
  const bytes = new Uint8Array(model.buffer, model.byteOffset, model.byteLength);
  const { graph } = onnxProto.onnx.ModelProto.decode(bytes);
  const places = new Map<string, ExternalData>();
  for (const { name, externalData } of graph?.initializer ?? []) {
    if (!name || !externalData || externalData.length === 0) continue;
    const entries = new Map(externalData.map(({ key, value }) => [key, value ?? '']));
    places.set(name, {
      location: entries.get('location') ?? '',
      offset: Number(entries.get('offset') ?? 0),
      length: Number(entries.get('length') ?? Number.NaN),
    });
  }
  return places;
}
