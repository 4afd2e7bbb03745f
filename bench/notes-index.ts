// The index of a workspace's notes, on synthetic notes in a temporary folder:
//   npm run bench -- notes-index [NOTES]
// A third of the notes is predicted, a third decided, and the rest untouched. A block is the time for which the editor's
// other extensions would have had to wait. On a busy machine only the processor's time says something.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { noteHash } from '../src/corrections/index.ts';
import { ACUITY_LABELS, generateSynthetic } from '../src/dataset/index.ts';
import type { LatestDecision } from '../src/extension/notes/note-entry.ts';
import { NoteIndex } from '../src/extension/notes/note-index.ts';
import { noteTextOf } from '../src/extension/notes/note-text.ts';
import { PredictionCache, toCachedPrediction } from '../src/extension/predictions/index.ts';

const count = Number(process.argv[2] ?? '10000');
const fingerprint = 'f'.repeat(64);
const folder = mkdtempSync(join(tmpdir(), 'notes-index-'));
const cacheFile = join(folder, '.reason2decide', 'predictions.db');
const decisions = new Map<string, LatestDecision>();
// Every bench of memory needs a collection that is begun by hand.
setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

function prepare(): void {
  const cache = PredictionCache.open(cacheFile, console.error);
  let i = 0;
  for (const { question, label, rationale } of generateSynthetic({ count, seed: 1 })) {
    const id = `ward ${i % 20}/ed-${i}.txt`;
    const path = join(folder, id);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, question);
    const hash = noteHash(noteTextOf(question));
    if (i % 3 === 0) cache.put(toCachedPrediction({ prediction: predictionOf(label, i), rationale }, hash, model));
    if (i % 3 === 1) decisions.set(id, decisionOn(id, hash, i));
    i++;
  }
  cache.close();
}

const model = { fingerprint, labels: ACUITY_LABELS };

function predictionOf(text: string, i: number) {
  const label = ACUITY_LABELS.find((each) => each.text === text) ?? ACUITY_LABELS[0];
  if (label === undefined) throw new TypeError('there are no labels');
  const certainty = 0.4 + (i % 60) / 100;
  const rest = (1 - certainty) / (ACUITY_LABELS.length - 1);
  const probabilities = ACUITY_LABELS.map(({ id }) => ({
    labelId: id,
    probability: id === label.id ? certainty : rest,
  }));
  return { label, probabilities, truncated: false };
}

function decisionOn(noteId: string, hash: string, sequence: number): LatestDecision {
  const { id, text, level } = predictionOf('urgent', 0).label;
  const predicted = { labelId: id, labelText: text, level, probabilities: { [id]: 0.9 } };
  return { noteId, noteHash: hash, sequence, action: 'accepted', predicted, label: { text, level } };
}

function openIndex(): { readonly index: NoteIndex; readonly cache: PredictionCache } {
  const cache = PredictionCache.open(cacheFile, console.error);
  const index = new NoteIndex({
    places: () => ({ roots: [folder], pattern: '**/*.{txt,md,note}', excluded: ['**/.git'] }),
    cache,
    // The decisions come from memory here: their own database has its own bench.
    decisions: () => ({
      latest: (noteId) => decisions.get(noteId),
      decidedParts: () => [],
      latestOfAll: () => decisions.values(),
      count: () => decisions.size,
    }),
    log: console.error,
  });
  index.setModel(fingerprint);
  return { index, cache };
}

async function measure(name: string, work: () => unknown): Promise<void> {
  const blocks = monitorEventLoopDelay({ resolution: 1 });
  await delay(20);
  blocks.enable();
  const start = performance.now();
  const usage = process.cpuUsage();
  await work();
  const took = performance.now() - start;
  const { user, system } = process.cpuUsage(usage);
  // The last block is only seen by a timer that comes after it.
  await delay(10);
  blocks.disable();
  const longest = Math.max(0, blocks.max / 1e6);
  const figures = [took, (user + system) / 1000, longest].map((value) => value.toFixed(1).padStart(8));
  console.log(`${name.padEnd(44)} ${figures[0]} ms, processor ${figures[1]} ms, longest block ${figures[2]} ms`);
}

function heapMegabytes(): number {
  collect();
  return process.memoryUsage().heapUsed / 1e6;
}

console.log(`${cpus()[0]?.model ?? 'unknown CPU'}, ${availableParallelism()} cores; ${count} notes`);
try {
  prepare();
  const before = heapMegabytes();
  const first = openIndex();
  await measure('first window: listed', () => first.index.start());
  await measure('first window: all read and shown', () => first.index.settled());
  first.index.dispose();
  first.cache.close();

  const { index, cache } = openIndex();
  await measure('next window: listed, nothing read', async () => {
    await index.start();
    await index.settled();
  });
  const after = heapMegabytes();
  for (const order of ['uncertainty', 'name', 'urgency'] as const) {
    await measure(`sorted by ${order}`, () => {
      index.order = order;
    });
  }
  await measure('filtered by state', () => {
    index.filter = new Set(['predicted']);
  });
  index.filter = undefined;

  const ids = index.entries.map(({ id }) => id);
  const updated = Math.min(1000, ids.length);
  await measure(`${updated} notes predicted, one by one`, async () => {
    for (const id of ids.slice(-updated)) {
      const { hash } = await index.read(id);
      cache.put(toCachedPrediction({ prediction: predictionOf('emergent', 1), rationale: 'HR 118.' }, hash, model));
    }
  });
  const some = ids[Math.floor(ids.length / 2)] ?? '';
  await measure('one note decided', async () => {
    const { noteHash: hash = '' } = index.get(some) ?? {};
    decisions.set(some, { ...decisionOn(some, hash, count + 1), label: { text: 'resuscitation', level: 1 } });
    await index.refresh(some);
  });
  await measure('1000 steps to the next note', () => {
    let at = index.entries[0];
    for (let step = 0; step < 1000 && at !== undefined; step++) at = index.next(at.id);
  });
  await measure('read anew, nothing changed', async () => {
    await index.relist();
    await index.settled();
  });
  console.log(`${'memory of the index'.padEnd(44)} ${(after - before).toFixed(1).padStart(8)} MB`);
  index.dispose();
  cache.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
