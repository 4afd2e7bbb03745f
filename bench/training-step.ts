// A training step of this project beside one of PyTorch with transformers, on the same CPU, in one run:
//   npm run bench -- training-step [STEPS]
// Both do forward, backward, gradient clipping and the optimiser on a batch of 8, 192 tokens in, 64 out, in float32. PYTHON
// names the Python that has torch and transformers; without one only our own speed is printed.
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';

const [steps = '5'] = process.argv.slice(2);
const python = process.env.PYTHON ?? 'python3';
const here = import.meta.dirname;

const sizes = {
  'triage-small': {
    vocab_size: 4096,
    d_model: 192,
    d_kv: 32,
    d_ff: 512,
    num_layers: 3,
    num_decoder_layers: 3,
    num_heads: 6,
    feed_forward_proj: 'gated-gelu',
  },
  't5-small': {
    vocab_size: 32128,
    d_model: 512,
    d_kv: 64,
    d_ff: 2048,
    num_layers: 6,
    num_decoder_layers: 6,
    num_heads: 8,
    feed_forward_proj: 'relu',
  },
};

const common = {
  model_type: 't5',
  tie_word_embeddings: true,
  pad_token_id: 0,
  eos_token_id: 1,
  decoder_start_token_id: 0,
};

const measurement = v.object({
  parameters: v.number(),
  milliseconds: v.object({ median: v.number() }),
  peakResidentBytes: v.number(),
  residentBeforeBytes: v.number(),
});
type Measurement = v.InferOutput<typeof measurement>;

function measure(command: string, args: readonly string[]): Measurement {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args[0]} failed: ${stderr.trim().split('\n').at(-1)}`);
  return v.parse(measurement, JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
}

const hasPeer = spawnSync(python, ['-c', 'import torch, transformers']).status === 0;

/** Multiply-adds of a step count twice, and backward twice forward: 6 per weight of a matrix and token, attention left out. */
function floatingPointOperations({
  vocab_size,
  d_model,
  d_kv,
  d_ff,
  num_layers,
  num_heads,
  ...rest
}: (typeof sizes)['t5-small']) {
  const [source, target] = [8 * 192, 8 * 64];
  const attention = 4 * d_model * d_kv * num_heads;
  const forward = (rest.feed_forward_proj === 'relu' ? 2 : 3) * d_model * d_ff;
  const encoder = num_layers * (attention + forward) * source;
  const cross = num_layers * (attention / 2) * (source + target);
  const decoder = num_layers * (attention + forward) * target + cross + vocab_size * d_model * target;
  return 6 * (encoder + decoder);
}

const folder = await mkdtemp(join(tmpdir(), 'bench-step-'));
console.log(`${cpus()[0]?.model ?? 'unknown CPU'}, ${availableParallelism()} cores; median of ${steps} steps`);
for (const [name, size] of Object.entries(sizes)) {
  const path = join(folder, 'config.json');
  await writeFile(path, JSON.stringify({ ...common, ...size }));
  for (const optimizer of ['adamw', 'adafactor']) {
    const ours = measure(process.execPath, [join(here, 'peers', 'own_step.ts'), folder, steps, optimizer]);
    const threads = String(availableParallelism());
    const peerOptions = ['--config', path, '--steps', steps, '--optimizer', optimizer, '--threads', threads];
    const peer = hasPeer && measure(python, [join(here, 'peers', 'pytorch_step.py'), ...peerOptions]);
    const rate = floatingPointOperations(size) / ours.milliseconds.median / 1e6;
    const own = `${ours.milliseconds.median.toFixed(0)} ms, ${rate.toFixed(0)} GFLOP/s, peak ${megabytes(ours.peakResidentBytes)}`;
    const title = `${name} (${(ours.parameters / 1e6).toFixed(1)} M) ${optimizer}`;
    if (!peer) console.log(`${title}: ${own}; PyTorch with transformers is not installed`);
    else {
      const grown = ({ peakResidentBytes, residentBeforeBytes }: Measurement) =>
        peakResidentBytes - residentBeforeBytes;
      console.log(
        `${title}: ${own}; PyTorch ${peer.milliseconds.median.toFixed(0)} ms, peak ${megabytes(peer.peakResidentBytes)}; ` +
          `ours / PyTorch: time ${(ours.milliseconds.median / peer.milliseconds.median).toFixed(2)}, ` +
          `peak memory ${(ours.peakResidentBytes / peer.peakResidentBytes).toFixed(2)}, ` +
          `without what each held before ${(grown(ours) / grown(peer)).toFixed(2)}`,
      );
    }
  }
}
await rm(folder, { recursive: true });

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}
