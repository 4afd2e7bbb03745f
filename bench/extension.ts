// How long a reviewer waits, in the real workbench with the packaged extension, and how large the package is:
//   npm run bench -- extension [ROUNDS]
import { appendFileSync, statSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay, setImmediate } from 'node:timers/promises';
import { ensurePackage } from '../scripts/package.mjs';
import { logsWith } from '../test/e2e/workbench/harness/logs.ts';
import { RunningWorkbench } from '../test/e2e/workbench/harness/running-workbench.ts';
import type { WorkbenchWindow } from '../test/e2e/workbench/harness/workbench-window.ts';

const [rounds = '5'] = process.argv.slice(2);
const notes = [
  '03-chest-pain-shorthand.txt',
  '01-ambulance-collapse.txt',
  '04-right-lower-abdomen.txt',
  '05-fever-telephone.txt',
  '06-ankle-record.txt',
  '08-prescription.txt',
];

const megabytes = statSync(await ensurePackage()).size / 1e6;
const workbench = await RunningWorkbench.start();
const activation: number[] = [];
const cold: number[] = [];
const warm: number[] = [];
const durable: number[] = [];
try {
  for (let round = 0; round < Number(rounds); round++) await measure(round);
} finally {
  await workbench.stop();
}

console.log(
  `${cpus()[0]?.model ?? 'unknown CPU'}, ${cpus().length} cores; ${rounds} rounds, the median and the slowest`,
);
report('activate()', activation, 30);
report('palette to first words of the rationale, cold engine', cold, 3000);
report('palette to first words of the rationale, warm engine', warm, 1000);
report('accept to durable', durable, 50);
console.log(`package: ${megabytes.toFixed(1)} MB (at most 45)`);

/** One session in a new window, which has an engine of its own, with notes that were never triaged before. */
async function measure(round: number): Promise<void> {
  for (const note of notes) appendFileSync(join(workbench.workspace, note), `Bed ${round + 1}.\n`);
  const window = await workbench.openWindow();
  // Until then a command waits for the editor, whose own start is not what is measured.
  while (logsWith(workbench.logs, 'Eager extensions activated').length <= round) await delay(100);
  const [first = '', ...others] = notes;
  cold.push(await firstWords(window, first));
  for (const note of others) {
    warm.push(await firstWords(window, note));
    await window.sidebar.triaged(note);
    durable.push(await acceptance(window));
    await window.sidebar.inState('accepted');
  }
  activation.push(await activationTime(window));
  await window.close();
  // The window's engine leaves with it.
  while (workbench.engines().length > 0) await delay(100);
}

/** Milliseconds from Enter in the palette to the first words on the page. */
async function firstWords(window: WorkbenchWindow, note: string): Promise<number> {
  await window.openNote(note);
  const watched = await window.sidebar.watch();
  await window.palette.find('Reason2Decide: Triage this note');
  const started = Date.now();
  const [drawn] = await Promise.all([watched.firstWords(), window.page.keyboard.press('Enter')]);
  return drawn - started;
}

/** Milliseconds from the press of the button to the row that another process finds in the database. */
async function acceptance(window: WorkbenchWindow): Promise<number> {
  const database = () => new DatabaseSync(workbench.corrections, { readOnly: true });
  const count = () => {
    try {
      using opened = database();
      return Number(opened.prepare('SELECT count(*) AS decisions FROM decisions').get()?.decisions);
    } catch {
      // Not created yet, or being created.
      return 0;
    }
  };
  const before = count();
  const pressed = window.sidebar.button(/^Accept as it is/).evaluate((button: { click(): void }) => {
    const at = Date.now();
    button.click();
    return at;
  });
  while (count() === before) await setImmediate();
  const found = Date.now();
  return found - (await pressed);
}

/** Milliseconds that the editor says the extension's `activate()` took. */
async function activationTime(window: WorkbenchWindow): Promise<number> {
  await window.palette.run('Developer: Startup Performance');
  const row = await window.findInEditor('reason2decide.reason2decide-review');
  const columns = row.split('|').map((column) => column.trim());
  return Number(columns[4]);
}

function report(what: string, milliseconds: readonly number[], limit: number): void {
  const sorted = milliseconds.toSorted((left, right) => left - right);
  const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const slowest = sorted.at(-1) ?? Number.NaN;
  console.log(`${what}: ${median.toFixed(0)} ms, ${slowest.toFixed(0)} ms (at most ${limit})`);
}
