import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { UserError } from '../common/index.ts';

/** Where a graph runs: ONNX Runtime's execution providers under its own names. */
export type Device = 'cpu' | 'cuda' | 'dml' | 'coreml' | 'webgpu';

/** What a user may ask for: one device, any GPU, or the best that works. */
export type DeviceRequest = 'auto' | 'gpu' | Device;

/** The GPU providers that onnxruntime-node has for a platform, in the order in which they are tried. */
const gpuProviders: Readonly<Record<string, readonly Device[]>> = {
  'linux-x64': ['cuda', 'webgpu'],
  'win32-x64': ['dml', 'webgpu'],
  'win32-arm64': ['dml', 'webgpu'],
  'darwin-arm64': ['webgpu', 'coreml'],
};

const devices: readonly Device[] = ['cpu', 'cuda', 'dml', 'coreml', 'webgpu'];

/** The devices to try for a request, best first. */
export function candidateDevices(request: DeviceRequest): readonly Device[] {
  const gpus = gpuProviders[`${process.platform}-${process.arch}`] ?? [];
  if (request === 'auto') return [...gpus, 'cpu'];
  return request === 'gpu' ? gpus : [request];
}

/** @throws UserError for a device that does not exist. */
export function parseDeviceRequest(text: string): DeviceRequest {
  const request = (['auto', 'gpu', ...devices] as const).find((known) => known === text);
  if (request === undefined) {
    throw new UserError(`There is no device "${text}"; use auto, gpu or one of ${devices.join(', ')}.`);
  }
  return request;
}

export type Tensor = OrtTensor;
export type Tensors = Readonly<Record<string, Tensor>>;

/** An opened graph. `run` computes on the calling thread and gives a name for every output. */
export interface Session {
  readonly device: Device;
  /** Names of the graph's inputs. */
  readonly inputs: readonly string[];
  run(inputs: Tensors, outputs?: readonly string[]): Promise<Tensors>;
  release(): Promise<void>;
}

const load = createRequire(import.meta.url);

/** Loaded at the first session, so that nothing else waits for it. */
function runtime(): typeof import('onnxruntime-node') {
  const ort: typeof import('onnxruntime-node') = load('onnxruntime-node');
  // Its own messages would go to the terminal between ours; what matters comes as an error.
  ort.env.logLevel = 'fatal';
  return ort;
}

/**
 * Opens a graph on one device.
 *
 * @param model the graph's bytes, or the path of its file (needed when its weights are external data beside it).
 * @throws Error with ONNX Runtime's reason when the device is not there or cannot run the graph.
 */
export async function openSession(model: Uint8Array | string, device: Device): Promise<Session> {
  const missing = missingLibrary(device);
  if (missing !== undefined) throw new Error(missing);
  const { InferenceSession } = runtime();
  const options: InferenceSession.SessionOptions = {
    executionProviders: [device],
    graphOptimizationLevel: 'all',
    // Patterns of memory are planned per input shape: with shapes that vary they cost a third more and gain nothing.
    enableMemPattern: false,
    logSeverityLevel: 4,
    // Idle threads of one session that spin starve the next session: without this a label took twice as long.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  };
  const session =
    typeof model === 'string'
      ? await InferenceSession.create(model, options)
      : await InferenceSession.create(model, options);
  return {
    device,
    inputs: session.inputNames,
    run: (inputs, outputs) =>
      outputs === undefined ? session.run({ ...inputs }) : session.run({ ...inputs }, [...outputs]),
    release: () => session.release(),
  };
}

/** Why a device cannot be there at all; asked first because its driver would print its own complaint. */
function missingLibrary(device: Device): string | undefined {
  if (process.platform !== 'linux') return undefined;
  if (device === 'webgpu') {
    if (!systemHasLibrary('libvulkan.so.1')) return 'the Vulkan loader libvulkan.so.1 is not installed';
    return hasVulkanDriver() ? undefined : 'no Vulkan driver is installed';
  }
  if (device !== 'cuda') return undefined;
  const entry = load.resolve('onnxruntime-node');
  const folder = join(dirname(entry), '..', 'bin', 'napi-v6', process.platform, process.arch);
  return existsSync(join(folder, 'libonnxruntime_providers_cuda.so'))
    ? undefined
    : "onnxruntime-node's CUDA libraries are not installed";
}

/** Whether the Vulkan loader will find a driver: named by the environment, or described in one of its folders. */
function hasVulkanDriver(): boolean {
  const { VK_ICD_FILENAMES: files, VK_DRIVER_FILES: drivers, VK_ADD_DRIVER_FILES: added } = process.env;
  if (files || drivers || added) return true;
  const home = process.env.HOME ?? '';
  const folders = ['/etc', '/usr/share', '/usr/local/share', '/usr/local/etc', join(home, '.local', 'share')];
  return folders.some((folder) => {
    try {
      return readdirSync(join(folder, 'vulkan', 'icd.d')).length > 0;
    } catch {
      return false;
    }
  });
}

/** Whether the system's loader finds a library: one that is there fails later, for not being a Node addon. */
function systemHasLibrary(name: string): boolean {
  try {
    process.dlopen({ exports: {} }, name, constants.dlopen.RTLD_LAZY);
    return true;
  } catch (error) {
    return !String(error).includes('cannot open shared object file');
  }
}

/** A tensor over the given elements, without a copy. `data` must have the product of `shape` as its length. */
export function tensor(
  data: Float32Array | Float64Array | BigInt64Array | Uint8Array,
  shape: readonly number[],
  type?: 'bool',
): Tensor {
  const { Tensor } = runtime();
  if (data instanceof Float32Array) return new Tensor('float32', data, shape);
  if (data instanceof Float64Array) return new Tensor('float64', data, shape);
  if (data instanceof BigInt64Array) return new Tensor('int64', data, shape);
  return new Tensor(type ?? 'uint8', data, shape);
}

/** An int64 tensor from ordinary whole numbers. */
export function integers(data: ArrayLike<number>, shape: readonly number[]): Tensor {
  const wide = new BigInt64Array(data.length);
  for (let i = 0; i < data.length; i++) wide[i] = BigInt(data[i] ?? 0);
  return tensor(wide, shape);
}

/** The elements of a float32 output. */
export function floats(tensors: Tensors, name: string): Float32Array {
  const data = named(tensors, name).data;
  if (!(data instanceof Float32Array)) throw new TypeError(`the output ${name} is not float32`);
  return data;
}

/** One tensor of a run's results. */
export function named(tensors: Tensors, name: string): Tensor {
  const found = tensors[name];
  if (found === undefined) throw new RangeError(`the graph has no output ${name}`);
  return found;
}
