// A program of its own, because a process's GPU drivers are chosen by its environment before the first use of the GPU. It
// does a job (its argument, as JSON): opens a model on devices, lets them fail, and prints what came of it as one line of
// JSON. Anything else that it printed would be noise of a driver or of ONNX Runtime.
import {
  DeviceHost,
  type DeviceOpener,
  type DeviceRequest,
  encodeModel,
  Graph,
  named,
  op,
  openSession,
  tensor,
} from '../../../src/onnx/index.ts';
import { openModelFolder, scoreTargets, type T5Runner } from '../../../src/t5/index.ts';
import { greedyTokens } from './golden-model.ts';

/** What became of one request for a device. */
export interface Opened {
  readonly device?: string;
  readonly explanation?: string;
  readonly tokens?: number[][];
  /** Log-probabilities of the targets, scored against one source. */
  readonly scores?: number[];
  readonly error?: { readonly name: string; readonly message: string };
}

export interface Report {
  readonly requests: Readonly<Record<string, Opened>>;
  /** Where the GPU is there: what happens when it gives other tokens, and when it fails. */
  readonly wrong?: Readonly<Record<string, Opened>>;
  readonly failing?: Opened & {
    readonly attempts: number;
    readonly together: number[][][];
    readonly releases: string[];
  };
  /** Shape of an empty tensor, cut up on the GPU. */
  readonly empty?: readonly number[];
}

export interface Job {
  readonly folder: string;
  readonly sources: readonly (readonly number[])[];
  readonly targets: readonly (readonly number[])[];
  readonly requests: readonly DeviceRequest[];
  readonly withGpu: boolean;
}

type Placed = { readonly runner: T5Runner; readonly device: string };

const job: Job = JSON.parse(process.argv[2] ?? '');
const released: string[] = [];
const opener: DeviceOpener<Placed> = {
  open: async (device) => ({ runner: await openModelFolder(job.folder, device), device }),
  async release({ runner, device }) {
    released.push(device);
    await runner.release();
  },
  check: async ({ runner }) => (await greedyTokens(runner, job.sources, { maxNewTokens: 2 })).flat(),
};
const wrongOnGpu: DeviceOpener<Placed> = {
  ...opener,
  check: async (opened) => (opened.device === 'cpu' ? [1, 2, 3] : [1, 2, 4]),
};

async function open(request: DeviceRequest, how: DeviceOpener<Placed>): Promise<Opened> {
  try {
    const host = await DeviceHost.open(request, how);
    const tokens = await host.use(({ runner }) => greedyTokens(runner, job.sources));
    const scores = await host.use(async ({ runner }) =>
      scoreTargets(runner, await runner.encode(job.sources.slice(0, 1)), job.targets),
    );
    const { device, explanation } = host;
    await host.release();
    return { device, explanation, tokens, scores };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { error: { name: error.name, message: error.message } };
  }
}

/** Takes the sessions away under a running request, so that the GPU's next step throws. */
async function failInTheMiddle(): Promise<Report['failing']> {
  const host = await DeviceHost.open('webgpu', opener);
  released.length = 0;
  let attempts = 0;
  const broken = async ({ runner }: Placed) => {
    attempts++;
    let count = 0;
    const onToken = () => {
      if (attempts <= 2 && ++count === 4) void runner.release();
    };
    return greedyTokens(runner, job.sources, { onToken });
  };
  const together = await Promise.all([host.use(broken), host.use(broken)]);
  const tokens = await host.use(({ runner }) => greedyTokens(runner, job.sources));
  const { device, explanation } = host;
  const releases = [...released];
  await host.release();
  return { device, explanation, tokens, attempts, together, releases };
}

async function cutEmptyTensor(): Promise<readonly number[]> {
  const graph = new Graph();
  const x = graph.input('x', 'float32', ['batch', 'past', 4]);
  graph.output('cut', op.transpose(op.reshape(x, ['past', 'batch', 2, 2]), [1, 2, 0, 3]));
  const session = await openSession(encodeModel(graph, 'empty'), 'webgpu');
  const { dims } = named(await session.run({ x: tensor(new Float32Array(0), [3, 0, 4]) }), 'cut');
  await session.release();
  return dims;
}

const requests: Record<string, Opened> = {};
for (const request of job.requests) requests[request] = await open(request, opener);
const report: Report = job.withGpu
  ? {
      requests,
      wrong: { auto: await open('auto', wrongOnGpu), webgpu: await open('webgpu', wrongOnGpu) },
      failing: await failInTheMiddle(),
      empty: await cutEmptyTensor(),
    }
  : { requests };
process.stdout.write(`${JSON.stringify(report)}\n`);
