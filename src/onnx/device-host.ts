import { UserError } from '../common/index.ts';
import { candidateDevices, type Device, type DeviceRequest } from './sessions.ts';

/** How to open something on a device, and how to prove that the device computes what the CPU computes. */
export interface DeviceOpener<T> {
  open(device: Device): Promise<T>;
  release(opened: T): Promise<void>;
  /** A short computation whose whole numbers (tokens) must be the same on every device. */
  check(opened: T): Promise<readonly number[]>;
}

/**
 * Something opened on the first device that works, moved to the CPU if that device fails in the middle of its work. The
 * request that met the failure is run again, so it is never lost.
 */
export class DeviceHost<T> {
  readonly #opener: DeviceOpener<T>;
  #opened: T;
  #device: Device;
  #explanation: string;
  #moving: Promise<void> | undefined;

  private constructor(opener: DeviceOpener<T>, opened: T, device: Device, explanation: string) {
    this.#opener = opener;
    this.#opened = opened;
    this.#device = device;
    this.#explanation = explanation;
  }

  /**
   * Takes the first device that opens and gives the CPU's tokens on the check.
   *
   * @throws UserError when a device was asked for by name, or as `gpu`, and none works.
   */
  static async open<T>(request: DeviceRequest, opener: DeviceOpener<T>): Promise<DeviceHost<T>> {
    const refusals: string[] = [];
    for (const device of candidateDevices(request)) {
      if (device === 'cpu') {
        const why = refusals.length === 0 ? '' : ` (${refusals.join('; ')})`;
        return new DeviceHost(opener, await opener.open('cpu'), 'cpu', `cpu${why}`);
      }
      const result = await tryGpu(device, opener);
      if ('opened' in result) {
        const skipped = refusals.length === 0 ? '' : `; ${refusals.join('; ')}`;
        return new DeviceHost(opener, result.opened, device, `${device} (gives the CPU's tokens${skipped})`);
      }
      refusals.push(`${device}: ${result.refusal}`);
    }
    const why = refusals.length === 0 ? 'this platform has no GPU provider' : refusals.join('; ');
    throw new UserError(`The device "${request}" cannot be used (${why}); use --device auto or --device cpu.`);
  }

  get device(): Device {
    return this.#device;
  }

  /** One line: which device, and why not another. */
  get explanation(): string {
    return this.#explanation;
  }

  /** Runs `work`; when the GPU fails in it, moves to the CPU and runs it once more from its beginning. */
  async use<R>(work: (opened: T) => Promise<R>): Promise<R> {
    const [opened, device] = [this.#opened, this.#device];
    try {
      return await work(opened);
    } catch (error) {
      if (device === 'cpu' || UserError.is(error) || isAbort(error)) throw error;
      // Several requests may be at work when the GPU fails: the first to notice moves, and the others wait for it.
      if (this.#opened === opened) {
        this.#moving ??= this.#moveToCpu(error).finally(() => {
          this.#moving = undefined;
        });
        await this.#moving;
      }
      return await work(this.#opened);
    }
  }

  async release(): Promise<void> {
    await this.#opener.release(this.#opened);
  }

  async #moveToCpu(error: unknown): Promise<void> {
    const failed = this.#opened;
    this.#opened = await this.#opener.open('cpu');
    this.#explanation = `cpu (${this.#device} failed while working: ${firstSentence(error)})`;
    this.#device = 'cpu';
    await this.#opener.release(failed).catch(() => undefined);
  }
}

type GpuTrial<T> = { readonly opened: T } | { readonly refusal: string };

async function tryGpu<T>(device: Device, opener: DeviceOpener<T>): Promise<GpuTrial<T>> {
  let opened: T;
  try {
    opened = await opener.open(device);
  } catch (error) {
    if (UserError.is(error)) throw error;
    return { refusal: firstSentence(error) };
  }
  try {
    const expected = await tokensOfCpu(opener);
    const got = await opener.check(opened);
    if (got.length === expected.length && got.every((token, i) => token === expected[i])) return { opened };
    await opener.release(opened);
    return { refusal: "its tokens differ from the CPU's" };
  } catch (error) {
    await opener.release(opened).catch(() => undefined);
    if (UserError.is(error)) throw error;
    return { refusal: firstSentence(error) };
  }
}

async function tokensOfCpu<T>(opener: DeviceOpener<T>): Promise<readonly number[]> {
  const opened = await opener.open('cpu');
  try {
    return await opener.check(opened);
  } finally {
    await opener.release(opened);
  }
}

/** The reasons of a signal that was aborted by hand, or by its time limit. */
function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError');
}

/** ONNX Runtime's messages begin with source positions; what a user can act on is their last sentence. */
function firstSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const telling = message.split(/was false\.|\(\)> |\[ONNXRuntimeError\] : \d+ : \w+ : /).at(-1) ?? message;
  return telling.split('\n')[0]?.trim().replace(/\.$/, '').slice(0, 160) ?? 'it failed';
}
