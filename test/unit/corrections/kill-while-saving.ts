import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Random } from '../../../src/common/index.ts';
import { CorrectionsStore } from '../../../src/corrections/index.ts';

export interface KillReport {
  readonly rounds: number;
  readonly acknowledged: number;
  /** Acknowledged decisions that are not in the database. */
  readonly lost: number;
  /** Rounds after which the database could not be read, or its chain was broken. */
  readonly unreadable: number;
  /** Rounds whose process was killed while it was still creating the database or had saved nothing. */
  readonly early: number;
}

const child = join(import.meta.dirname, 'append-in-child.ts');
/** Every so often the database is begun anew, so that its creation is met too. */
const ANEW_EVERY = 8;

/**
 * Kills a process with signal 9 in the middle of saving decisions, again and again, and looks each time whether every
 * decision that it acknowledged is there.
 */
export async function killWhileSaving(folder: string, rounds: number, seed: number): Promise<KillReport> {
  const random = Random.derive(seed, 'kill');
  const file = join(folder, 'corrections.db');
  const report = { rounds, acknowledged: 0, lost: 0, unreadable: 0, early: 0 };
  let kept: string[] = [];
  for (let round = 0; round < rounds; round++) {
    const anew = round % ANEW_EVERY === 0;
    if (anew) {
      rmSync(folder, { recursive: true, force: true });
      kept = [];
    }
    const saved = await killedSaving(file, `round-${round}`, anew && random.chance(0.5), random);
    if (saved.length === 0) report.early++;
    report.acknowledged += saved.length;
    kept.push(...saved);
    const found = readBack(file);
    if (found === null) report.unreadable++;
    else report.lost += kept.filter((entry) => !found.has(entry)).length;
  }
  return report;
}

/** @returns what the process acknowledged before it died: `sequence hash` of each decision. */
async function killedSaving(file: string, name: string, early: boolean, random: Random): Promise<string[]> {
  const process_ = spawn(process.execPath, [child, file, '1000000', name], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  process_.stdout.setEncoding('utf8');
  process_.stdout.on('data', (text: string) => {
    output += text;
  });
  const closed = once(process_, 'close');
  // Before the first is saved, or at any moment among the following.
  if (early) await pause(40 + 160 * random.uniform());
  else {
    await firstOutput(process_);
    await pause(60 * random.uniform());
  }
  process_.kill('SIGKILL');
  await closed;
  // A line that was cut off was not acknowledged.
  return output.split('\n').slice(0, -1);
}

async function firstOutput(process_: ChildProcess): Promise<void> {
  if (process_.stdout) await once(process_.stdout, 'data');
}

const pause = (milliseconds: number) => new Promise((resume) => setTimeout(resume, milliseconds));

/** What the database holds, or null where it cannot be read or is not whole. */
function readBack(file: string): Set<string> | null {
  let recovered = false;
  try {
    const store = CorrectionsStore.open(file, {
      onRecovery: () => {
        recovered = true;
      },
    });
    try {
      if (!store.check().intact || recovered) return null;
      return new Set([...store.latestOfAll()].map(({ sequence, hash }) => `${sequence} ${hash}`));
    } finally {
      store.close();
    }
  } catch {
    return null;
  }
}
