import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { UserError } from '../../../src/common/index.ts';
import {
  candidateDevices,
  type Device,
  DeviceHost,
  type DeviceOpener,
  type DeviceRequest,
  parseDeviceRequest,
} from '../../../src/onnx/index.ts';
import type { Job, Report } from './device-program.ts';
import { copyGoldenModel, type GoldenModel } from './golden-model.ts';

describe('a device request', () => {
  it.each(['auto', 'gpu', 'cpu', 'cuda', 'dml', 'coreml', 'webgpu'])('may be %s', (text) => {
    expect(parseDeviceRequest(text)).toBe(text);
  });

  it.each(['', 'GPU', 'tpu', 'cuda:0', ' cpu'])('may not be "%s"', (text) => {
    expect(() => parseDeviceRequest(text)).toThrow(UserError);
    expect(() => parseDeviceRequest(text)).toThrow(
      `There is no device "${text}"; use auto, gpu or one of cpu, cuda, dml, coreml, webgpu.`,
    );
  });

  it('names the devices to try: GPUs first, the CPU only where it is not refused', () => {
    const gpus = candidateDevices('gpu');
    expect(gpus).not.toContain('cpu');
    expect(candidateDevices('auto')).toEqual([...gpus, 'cpu']);
    expect(candidateDevices('webgpu')).toEqual(['webgpu']);
    expect(candidateDevices('cpu')).toEqual(['cpu']);
  });
});

/** Stands for something opened on a device; `tokens` is what its check computes. */
interface Opened {
  readonly device: Device;
  readonly tokens: readonly number[];
}

/** Opens devices that need no GPU, and keeps account of what is open. */
class FakeOpener implements DeviceOpener<Opened> {
  readonly opened: Opened[] = [];
  readonly history: Device[] = [];
  readonly #tokens: (device: Device) => readonly number[];

  /** @param tokens what a device computes; it may throw, as a device that cannot be opened does. */
  constructor(tokens: (device: Device) => readonly number[] = () => [1, 2]) {
    this.#tokens = tokens;
  }

  async open(device: Device): Promise<Opened> {
    const opened = { device, tokens: this.#tokens(device) };
    this.opened.push(opened);
    this.history.push(device);
    return opened;
  }

  async release(opened: Opened): Promise<void> {
    this.opened.splice(this.opened.indexOf(opened), 1);
  }

  async check(opened: Opened): Promise<readonly number[]> {
    return opened.tokens;
  }

  get openDevices(): Device[] {
    return this.opened.map(({ device }) => device);
  }
}

const failure = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('opening on a device', () => {
  const noGpu = () =>
    new FakeOpener((device) => {
      if (device !== 'cpu') throw new Error(`no ${device} here.`);
      return [1, 2];
    });

  it('auto takes the CPU when every GPU refuses, and says in one line why each did', async () => {
    const host = await DeviceHost.open('auto', noGpu());
    const refusals = candidateDevices('gpu').map((device) => `${device}: no ${device} here`);
    expect(host.device).toBe('cpu');
    expect(host.explanation).toBe(refusals.length === 0 ? 'cpu' : `cpu (${refusals.join('; ')})`);
  });

  it('a GPU that was asked for and refuses is one error for the user, and so is one that does not exist', async () => {
    for (const request of ['gpu', 'webgpu'] as const) {
      const error = await failure(DeviceHost.open(request, noGpu()));
      expect(error).toBeInstanceOf(UserError);
      const reasons = candidateDevices(request)
        .map((device) => `${device}: no ${device} here`)
        .join('; ');
      expect(String(error)).toBe(
        `UserError: The device "${request}" cannot be used (${reasons || 'this platform has no GPU provider'}); ` +
          'use --device auto or --device cpu.',
      );
    }
  });

  it('a device that gives other tokens than the CPU is refused and closed', async () => {
    for (const wrong of [[1, 3], [1], [1, 2, 3], []]) {
      const opener = new FakeOpener((device) => (device === 'cpu' ? [1, 2] : wrong));
      expect(await failure(DeviceHost.open('webgpu', opener))).toMatchObject({
        message: expect.stringContaining("webgpu: its tokens differ from the CPU's"),
      });
      expect(opener.openDevices).toEqual([]);
    }
  });

  it('a device that gives the same tokens is taken, and nothing else stays open', async () => {
    const opener = new FakeOpener();
    const host = await DeviceHost.open('webgpu', opener);
    expect(host.device).toBe('webgpu');
    expect(host.explanation).toBe("webgpu (gives the CPU's tokens)");
    expect(opener.openDevices).toEqual(['webgpu']);
    await host.release();
    expect(opener.openDevices).toEqual([]);
  });

  it("a damaged model is the model's error, not the device's", async () => {
    const damaged = new UserError('model.safetensors: this file is truncated.');
    const everywhere = new FakeOpener(() => {
      throw damaged;
    });
    expect(await failure(DeviceHost.open('auto', everywhere))).toBe(damaged);
    const onlyOnCpu = new FakeOpener((device) => {
      if (device === 'cpu') throw damaged;
      return [1, 2];
    });
    expect(await failure(DeviceHost.open('webgpu', onlyOnCpu))).toBe(damaged);
    expect(onlyOnCpu.openDevices).toEqual([]);
  });

  it("keeps the telling part of ONNX Runtime's messages", async () => {
    const message =
      '/onnxruntime_src/onnxruntime/core/providers/webgpu/webgpu_context.cc:136 onnxruntime::webgpu::WebGpuContext::' +
      'Initialize(const onnxruntime::webgpu::WebGpuContextConfig&)::<lambda()> adapter_result.status == ' +
      'wgpu::RequestAdapterStatus::Success was false. Failed to get a WebGPU adapter: No supported adapters\n';
    const opener = new FakeOpener((device) => {
      if (device !== 'cpu') throw new Error(message);
      return [1, 2];
    });
    expect(String(await failure(DeviceHost.open('webgpu', opener)))).toContain(
      '(webgpu: Failed to get a WebGPU adapter: No supported adapters)',
    );
  });
});

describe('a device that fails in the middle', () => {
  /** Work that fails on every device but the CPU. */
  const fragile = async (opened: Opened): Promise<string> => {
    if (opened.device !== 'cpu') throw new Error('device lost.');
    return 'answered';
  };

  it('hands the same request to the CPU, and stays there', async () => {
    const opener = new FakeOpener();
    const host = await DeviceHost.open('webgpu', opener);
    expect(await host.use(fragile)).toBe('answered');
    expect(host.device).toBe('cpu');
    expect(host.explanation).toBe('cpu (webgpu failed while working: device lost)');
    expect(opener.openDevices).toEqual(['cpu']);
  });

  it('hands all requests to the CPU that were at work, and opens it once', async () => {
    const opener = new FakeOpener();
    const host = await DeviceHost.open('webgpu', opener);
    const late = async (opened: Opened): Promise<string> => {
      // Fails only when the first request has moved to the CPU already.
      for (let turn = 0; turn < 20; turn++) await Promise.resolve();
      return fragile(opened);
    };
    expect(await Promise.all([host.use(fragile), host.use(fragile), host.use(late)])).toEqual(
      new Array(3).fill('answered'),
    );
    expect(host.explanation).toBe('cpu (webgpu failed while working: device lost)');
    expect(opener.openDevices).toEqual(['cpu']);
    // The GPU, the CPU for the check of its tokens, and the CPU to stay.
    expect(opener.history).toEqual(['webgpu', 'cpu', 'cpu']);
  });

  it('fails when the CPU fails too, with the error of the CPU', async () => {
    const host = await DeviceHost.open('webgpu', new FakeOpener());
    const error = await failure(host.use(async ({ device }) => Promise.reject(new Error(`${device} broke`))));
    expect(String(error)).toBe('Error: cpu broke');
  });

  it.each([
    ['an error for the user', new UserError('The note is empty.')],
    ['an abort', new DOMException('stopped', 'AbortError')],
    ['a time limit', new DOMException('too late', 'TimeoutError')],
  ])('is not what %s means: that goes to the caller at once', async (_, thrown) => {
    const host = await DeviceHost.open('webgpu', new FakeOpener());
    let runs = 0;
    const error = await failure(
      host.use(async () => {
        runs++;
        throw thrown;
      }),
    );
    expect(error).toBe(thrown);
    expect(runs).toBe(1);
    expect(host.device).toBe('webgpu');
  });
});

const program = join(import.meta.dirname, 'device-program.ts');
const targets = [[1], [45, 1], [41, 40, 39, 16, 7, 8, 45, 1]];

/** Runs the device program under an environment; its standard output must be the report alone. */
async function runProgram(
  model: GoldenModel,
  requests: readonly DeviceRequest[],
  withGpu: boolean,
  environment: Readonly<Record<string, string>>,
): Promise<Report> {
  const job: Job = { folder: model.folder, sources: model.sources, targets, requests, withGpu };
  // No CUDA device either: the tests are about WebGPU, on whatever machine they run.
  const env = { ...process.env, CUDA_VISIBLE_DEVICES: '', ...environment };
  const { stdout } = await promisify(execFile)(process.execPath, [program, JSON.stringify(job)], { env });
  expect(stdout).toMatch(/^\{[^\n]*\}\n$/);
  return JSON.parse(stdout);
}

describe('real devices', () => {
  let model: GoldenModel;
  beforeAll(async () => {
    model = await copyGoldenModel();
  });
  afterAll(() => model.remove());

  it('without a GPU, auto gives the CPU and names each refusal; gpu and webgpu are one error', async (context) => {
    const elsewhere = process.platform !== 'linux' || process.arch !== 'x64';
    context.skip(elsewhere, "only Vulkan's loader, on Linux, can be made to find no GPU");
    const nothing = join(model.folder, 'no-driver.json');
    const environment = { VK_ICD_FILENAMES: nothing, VK_DRIVER_FILES: nothing, VK_ADD_DRIVER_FILES: '' };
    const { requests } = await runProgram(model, ['auto', 'gpu', 'webgpu', 'dml', 'cpu'], false, environment);
    expect(requests.auto).toMatchObject({ device: 'cpu', tokens: model.tokens });
    expect(requests.auto?.explanation).toMatch(/^cpu \(cuda: [^;]+; webgpu: [^;]+\)$/);
    expect(requests.cpu).toMatchObject({ device: 'cpu', explanation: 'cpu', tokens: model.tokens });
    for (const request of ['gpu', 'webgpu', 'dml']) {
      expect(requests[request]?.error?.name).toBe('UserError');
      expect(requests[request]?.error?.message).toMatch(
        new RegExp(`^The device "${request}" cannot be used \\([^\\n]+\\); use --device auto or --device cpu\\.$`),
      );
    }
  });

  describe('WebGPU on SwiftShader', () => {
    const driver = '/usr/lib/chromium/vk_swiftshader_icd.json';
    const loader = '/usr/lib/x86_64-linux-gnu/libvulkan.so.1';
    const missing = [driver, loader].filter((path) => !existsSync(path));
    let report: Report;

    beforeAll(async () => {
      if (missing.length > 0) return;
      const environment = { VK_ICD_FILENAMES: driver, VK_DRIVER_FILES: driver };
      report = await runProgram(model, ['cpu', 'auto', 'webgpu'], true, environment);
    });

    const needsDriver = (context: TestContext) =>
      context.skip(missing.length > 0, `not installed: ${missing.join(' and ')} (Debian's chromium and libvulkan1)`);

    it.for(['auto', 'webgpu'])("%s picks it, and it gives the CPU's tokens", (request, context) => {
      needsDriver(context);
      const opened = report.requests[request];
      expect(opened).toMatchObject({ device: 'webgpu', tokens: model.tokens });
      expect(opened?.explanation).toMatch(/^webgpu \(gives the CPU's tokens/);
    });

    it('scores several targets against one source as the CPU does', (context) => {
      needsDriver(context);
      const [onCpu, onGpu] = [report.requests.cpu?.scores ?? [], report.requests.webgpu?.scores ?? []];
      expect(onCpu).toHaveLength(targets.length);
      onCpu.forEach((score, i) => {
        expect(onGpu[i]).toBeCloseTo(score, 3);
      });
    });

    it('is refused when its tokens differ', (context) => {
      needsDriver(context);
      expect(report.wrong?.auto).toMatchObject({ device: 'cpu', tokens: model.tokens });
      expect(report.wrong?.auto?.explanation).toMatch(/webgpu: its tokens differ from the CPU's\)$/);
      expect(report.wrong?.webgpu?.error).toEqual({
        name: 'UserError',
        message:
          'The device "webgpu" cannot be used (webgpu: its tokens differ from the CPU\'s); ' +
          'use --device auto or --device cpu.',
      });
    });

    it('that fails between two tokens leaves the same requests to the CPU, which gives the right tokens', (context) => {
      needsDriver(context);
      const { failing } = report;
      expect(failing?.together).toEqual([model.tokens, model.tokens]);
      expect(failing?.attempts).toBe(4);
      expect(failing?.device).toBe('cpu');
      expect(failing?.explanation).toMatch(/^cpu \(webgpu failed while working: [^\n]+\)$/);
      expect(failing?.tokens).toEqual(model.tokens);
      expect(failing?.releases).toEqual(['webgpu']);
    });

    it('computes with tensors of no elements', (context) => {
      needsDriver(context);
      expect(report.empty).toEqual([3, 2, 0, 2]);
    });
  });
});
