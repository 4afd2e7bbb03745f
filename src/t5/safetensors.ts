import { open } from 'node:fs/promises';
import * as v from 'valibot';
import { errorCode, UserError, writeFileAtomically } from '../common/index.ts';

/** A named tensor of 32-bit floats, row-major. */
export interface WeightTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Weights under their Hugging Face parameter names. */
export type Weights = ReadonlyMap<string, WeightTensor>;

const elementBytes = { F32: 4, F16: 2, BF16: 2 } as const;
type StoredType = keyof typeof elementBytes;

const headerSchema = v.record(
  v.string(),
  v.object({
    dtype: v.string(),
    shape: v.array(v.pipe(v.number(), v.integer(), v.minValue(0))),
    data_offsets: v.tuple([v.number(), v.number()]),
  }),
);

/** Where each tensor lies in a safetensors file; offsets and lengths in bytes from the start of the file. */
export interface TensorLocation {
  readonly type: StoredType;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly length: number;
}

/** A header longer than this is damage, not a model: a large T5 has some 50 kB. */
const longestHeader = 16 * 1024 * 1024;

/** Reads which tensors a safetensors file holds and where, without their elements. */
export async function readTensorLocations(path: string): Promise<Map<string, TensorLocation>> {
  const file = await openModelFile(path);
  try {
    const { size } = await file.stat();
    const start = Buffer.alloc(8);
    const { bytesRead } = await file.read(start, 0, 8, 0);
    const headerLength = bytesRead === 8 ? Number(start.readBigUInt64LE()) : Number.NaN;
    if (!(headerLength <= longestHeader)) throw damaged(path);
    if (8 + headerLength > size) throw truncated(path);
    const header = Buffer.alloc(headerLength);
    await file.read(header, 0, headerLength, 8);
    return locate(path, header.toString('utf8'), 8 + headerLength, size);
  } finally {
    await file.close();
  }
}

function locate(path: string, header: string, dataStart: number, fileSize: number): Map<string, TensorLocation> {
  let json: unknown;
  try {
    json = JSON.parse(header);
  } catch {
    throw damaged(path);
  }
  if (typeof json !== 'object' || json === null) throw damaged(path);
  const { __metadata__: _, ...entries } = json as Record<string, unknown>;
  const parsed = v.safeParse(headerSchema, entries);
  if (!parsed.success) throw damaged(path);
  const locations = new Map<string, TensorLocation>();
  for (const [name, { dtype, shape, data_offsets }] of Object.entries(parsed.output)) {
    if (!isStoredType(dtype)) {
      throw new UserError(`${path}: the tensor ${name} is stored as ${dtype}; only F32, F16 and BF16 can be read.`);
    }
    const [begin, end] = data_offsets;
    const expected = shape.reduce((product, size) => product * size, elementBytes[dtype]);
    if (end - begin !== expected) throw damaged(path);
    if (dataStart + end > fileSize) throw truncated(path);
    locations.set(name, { type: dtype, shape, offset: dataStart + begin, length: expected });
  }
  return locations;
}

/**
 * Reads every tensor of a safetensors file as 32-bit floats.
 *
 * @throws UserError when the file is missing, truncated or damaged.
 */
export async function readSafetensors(path: string): Promise<Map<string, WeightTensor>> {
  const locations = await readTensorLocations(path);
  const file = await openModelFile(path);
  try {
    const weights = new Map<string, WeightTensor>();
    for (const [name, { type, shape, offset, length }] of locations) {
      const bytes = new Uint8Array(length);
      const { bytesRead } = await file.read(bytes, 0, length, offset);
      if (bytesRead !== length) throw truncated(path);
      weights.set(name, { shape, data: toFloats(type, bytes) });
    }
    return weights;
  } finally {
    await file.close();
  }
}

/** Writes weights as F32, in the given order, atomically. */
export async function writeSafetensors(path: string, weights: Weights): Promise<void> {
  let position = 0;
  const header: Record<string, unknown> = { __metadata__: { format: 'pt' } };
  for (const [name, { shape, data }] of weights) {
    header[name] = { dtype: 'F32', shape, data_offsets: [position, position + data.byteLength] };
    position += data.byteLength;
  }
  const text = Buffer.from(JSON.stringify(header), 'utf8');
  // Tensors start at a multiple of 8 bytes, as the format's own library writes them.
  const padding = Buffer.alloc((8 - (text.length % 8)) % 8, ' ');
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length + padding.length));
  await writeFileAtomically(path, async (file) => {
    await file.writeFile(Buffer.concat([length, text, padding]));
    for (const { data } of weights.values()) {
      await file.writeFile(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    }
  });
}

function toFloats(type: StoredType, bytes: Uint8Array): Float32Array {
  if (type === 'F32') return new Float32Array(bytes.buffer);
  const halves = new Uint16Array(bytes.buffer);
  const result = new Float32Array(halves.length);
  if (type === 'BF16') {
    // A bfloat16 is the upper half of a float32.
    const bits = new Uint32Array(result.buffer);
    for (let i = 0; i < halves.length; i++) bits[i] = (halves[i] ?? 0) << 16;
  } else {
    for (let i = 0; i < halves.length; i++) result[i] = halfToFloat(halves[i] ?? 0);
  }
  return result;
}

/** IEEE 754 binary16: 1 sign bit, 5 exponent bits (bias 15), 10 fraction bits. */
function halfToFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function isStoredType(text: string): text is StoredType {
  return Object.hasOwn(elementBytes, text);
}

async function openModelFile(path: string) {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
    throw new UserError(`${path}: this file of the model is missing; the folder must hold a whole model.`);
  }
}

const truncated = (path: string) =>
  new UserError(`${path}: the file is cut off (shorter than its header says); copy the model again.`);
const damaged = (path: string) => new UserError(`${path}: this is not a safetensors file, or it is damaged.`);
