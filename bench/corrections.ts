// How long a decision takes to be on the disk, and how long a workspace of 100,000 decisions takes to export and to check:
//   npm run bench -- corrections [DECISIONS] [SAVES]
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CorrectionsStore,
  type Decision,
  type ExportFormat,
  exportCorrections,
  type NewDecision,
  noteHash,
} from '../src/corrections/index.ts';
import { DECISION_COLUMNS, GENESIS, toRow } from '../src/corrections/row.ts';
import { connect } from '../src/corrections/sqlite.ts';
import { generateSynthetic, readExamples } from '../src/dataset/index.ts';

const [decisions = '100000', saves = '300'] = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), 'reason2decide-bench-'));
const file = join(folder, 'corrections.db');
const megabytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(0)} MB`;
const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(2)} s`;

// Enough notes that their texts are as long and as varied as those of a workspace; then they repeat under other names.
const notes = [...generateSynthetic({ count: 5000, seed: 3 })];

function decisionOn(index: number): NewDecision {
  const note = notes[index % notes.length];
  if (note === undefined) throw new RangeError('no notes');
  const label = { id: note.label, text: note.label, level: note.level ?? null };
  const accepted = index % 3 !== 0;
  return {
    noteId: `notes/${index}.txt`,
    noteHash: noteHash(note.question),
    noteText: note.question,
    predictionId: `prediction-${index}`,
    model: { id: 'triage-small', version: '0.1.0', fingerprint: 'f'.repeat(64) },
    predicted: {
      labelId: label.id,
      labelText: label.text,
      level: label.level,
      probabilities: { [label.id]: 0.9 },
      rationale: note.rationale,
    },
    action: accepted ? 'accepted' : 'corrected',
    label,
    rationale: accepted ? note.rationale : `${note.rationale} Seen again at the desk.`,
    comment: '',
    reviewer: `reviewer ${index % 7}`,
    supersedes: null,
  };
}

/** Fills the store in one transaction: saved one by one, each would wait for the disk. */
function fill(count: number): void {
  CorrectionsStore.open(file).close();
  const database = connect(file);
  const columns = [...DECISION_COLUMNS, 'hash'] as const;
  const insert = database.prepare(`INSERT INTO decisions VALUES (${columns.map(() => '?').join(', ')})`);
  let previousHash = GENESIS;
  database.exec('BEGIN');
  for (let i = 0; i < count; i++) {
    const decision: Omit<Decision, 'hash'> = {
      ...decisionOn(i),
      offeredRationale: null,
      sequence: i + 1,
      decidedAt: new Date(Date.UTC(2026, 0, 1) + i * 60_000).toISOString(),
      rationaleSource: i % 3 === 0 ? 'nurse-post-processed' : 'nurse-accepted',
      previousHash,
    };
    const row = toRow(decision);
    previousHash = String(row.hash);
    insert.run(...columns.map((name) => row[name]));
  }
  database.exec('COMMIT');
  database.close();
}

function measureSaves(store: CorrectionsStore, count: number): string {
  const times = Array.from({ length: count }, (_, i) => {
    const decision = decisionOn(1_000_000 + i);
    const started = performance.now();
    store.append(decision);
    return performance.now() - started;
  }).sort((a, b) => a - b);
  const at = (share: number) => `${(times[Math.floor(share * (times.length - 1))] ?? 0).toFixed(1)} ms`;
  return `median ${at(0.5)}, 95 % within ${at(0.95)}, slowest ${at(1)}`;
}

async function measureExport(store: CorrectionsStore, format: ExportFormat, deidentify: boolean): Promise<string> {
  const out = join(folder, `out-${format}.${format === 'csv' ? 'csv' : 'jsonl'}`);
  const before = process.memoryUsage().rss;
  let most = before;
  const started = performance.now();
  const { written } = await exportCorrections(store, out, {
    format,
    deidentify,
    onProgress: () => {
      most = Math.max(most, process.memoryUsage().rss);
    },
  });
  const took = performance.now() - started;
  const { size } = await stat(out);
  let read = 0;
  for await (const _ of readExamples(out)) read++;
  if (read !== written) throw new Error(`${written} written, but ${read} read back`);
  return `${written} decisions in ${seconds(took)}, ${megabytes(size)}, memory +${megabytes(most - before)}; ${read} read back`;
}

try {
  console.log(`${cpus()[0]?.model ?? 'unknown CPU'}, ${availableParallelism()} cores`);
  const empty = CorrectionsStore.open(join(folder, 'empty.db'));
  console.log(`accept to durable, new store:     ${measureSaves(empty, Number(saves))}`);
  empty.close();
  fill(Number(decisions));
  const opening = performance.now();
  const store = CorrectionsStore.open(file);
  console.log(
    `opened ${decisions} decisions, ${megabytes((await stat(file)).size)}, in ${(performance.now() - opening).toFixed(1)} ms`,
  );
  console.log(`accept to durable, full store:    ${measureSaves(store, Number(saves))}`);
  for (const format of ['jsonl', 'reference', 'csv'] as const) {
    console.log(`export as ${format.padEnd(23)} ${await measureExport(store, format, false)}`);
  }
  console.log(`export as jsonl, de-identified    ${await measureExport(store, 'jsonl', true)}`);
  const checking = performance.now();
  const { intact } = store.check();
  console.log(`audit: ${intact ? 'intact' : 'broken'}, in ${seconds(performance.now() - checking)}`);
  const looking = performance.now();
  const { action } = store.latest('notes/500.txt') ?? {};
  console.log(`the decision on one note (${action}): ${(performance.now() - looking).toFixed(2)} ms`);
  store.close();
} finally {
  await rm(folder, { recursive: true, force: true });
}
