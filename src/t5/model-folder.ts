import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode, UserError, writeFileAtomically } from '../common/index.ts';
import { type Device, type ExternalData, openSession, readExternalData, type Session } from '../onnx/index.ts';
import { configText, readConfig, type T5Config } from './config.ts';
import { decoderGraph, encoderGraph } from './inference-graphs.ts';
import { listParameters, requireShape } from './parameters.ts';
import { T5Runner } from './runner.ts';
import { readTensorLocations, type TensorLocation, type Weights, writeSafetensors } from './safetensors.ts';

/** The files of a T5 in its folder; the graphs take their weights out of the safetensors file. */
export const modelFiles = {
  config: 'config.json',
  weights: 'model.safetensors',
  generation: 'generation_config.json',
  encoder: 'encoder.onnx',
  decoder: 'decoder.onnx',
} as const;

/** Writes a T5 as Hugging Face transformers opens it, with the ONNX graphs beside its weights. */
export async function writeModelFolder(folder: string, config: T5Config, weights: Weights): Promise<void> {
  await writeFileAtomically(join(folder, modelFiles.config), (file) => file.writeFile(configText(config)));
  await writeJson(join(folder, modelFiles.generation), {
    decoder_start_token_id: config.decoderStartId,
    eos_token_id: config.endId,
    pad_token_id: config.padId,
  });
  await writeSafetensors(join(folder, modelFiles.weights), weights);
  await writeGraphs(folder, config);
}

/** Writes the encoder's and the decoder's graph for the weights that lie in the folder. */
export async function writeGraphs(folder: string, config: T5Config): Promise<void> {
  const path = join(folder, modelFiles.weights);
  const locations = await readTensorLocations(path);
  const source = {
    kind: 'external',
    locate(name: string) {
      const location = locations.get(name);
      if (location === undefined) throw new RangeError(`${path} has no tensor ${name}`);
      return { location: modelFiles.weights, offset: location.offset, length: location.length };
    },
  } as const;
  for (const [file, graph] of [
    [modelFiles.encoder, encoderGraph(config, source)],
    [modelFiles.decoder, decoderGraph(config, source)],
  ] as const) {
    await writeFileAtomically(join(folder, file), (handle) => handle.writeFile(graph));
  }
}

/**
 * Checks that the folder's weights are whole and fit its configuration, and opens its graphs.
 *
 * @throws UserError when a file is missing, truncated, or of another model.
 */
export async function openModelFolder(folder: string, device: Device): Promise<T5Runner> {
  const config = await readConfig(folder);
  const path = join(folder, modelFiles.weights);
  const locations = await readTensorLocations(path);
  for (const { name, shape } of listParameters(config)) {
    requireShape(path, name, shape, locations.get(name)?.shape);
  }
  const encoder = await openGraph(folder, modelFiles.encoder, locations, device);
  try {
    const decoder = await openGraph(folder, modelFiles.decoder, locations, device);
    return new T5Runner(config, { encoder, decoder });
  } catch (error) {
    await encoder.release();
    throw error;
  }
}

/** A graph that the CPU cannot open is a damaged file; one that only a GPU cannot open is that GPU's affair. */
async function openGraph(
  folder: string,
  file: string,
  locations: ReadonlyMap<string, TensorLocation>,
  device: Device,
): Promise<Session> {
  const path = join(folder, file);
  await requireSamePlaces(path, locations);
  try {
    return await openSession(path, device);
  } catch (error) {
    if (device !== 'cpu') throw error;
    throw damagedGraph(path);
  }
}

/**
 * The graph reads its weights by their places in the safetensors file. When another program has written that file anew, the
 * places move, and the graph would compute with the wrong numbers without a sign.
 */
async function requireSamePlaces(path: string, locations: ReadonlyMap<string, TensorLocation>): Promise<void> {
  let graph: Uint8Array;
  try {
    graph = await readFile(path);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
    throw new UserError(`${path}: this file of the model is missing; the folder must hold a whole model.`);
  }
  let places: ReadonlyMap<string, ExternalData>;
  try {
    places = readExternalData(graph);
  } catch {
    throw damagedGraph(path);
  }
  for (const [name, { location, offset, length }] of places) {
    const tensor = locations.get(name);
    const same = location === modelFiles.weights && tensor?.offset === offset && tensor.length === length;
    if (!same || tensor.type !== 'F32') {
      throw new UserError(
        `${path}: ${modelFiles.weights} was written anew since this graph was made, so the tensor ${name} is no longer ` +
          'where the graph reads it; copy the model again.',
      );
    }
  }
}

const damagedGraph = (path: string) =>
  new UserError(`${path}: this graph is damaged or belongs to other weights; copy the model again.`);

async function writeJson(path: string, json: unknown): Promise<void> {
  await writeFileAtomically(path, (file) => file.writeFile(`${JSON.stringify(json, undefined, 2)}\n`));
}
