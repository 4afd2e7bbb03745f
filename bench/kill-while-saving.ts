// Kills a process with signal 9 while it saves decisions, and looks whether any that it acknowledged is lost:
//   npm run bench -- kill-while-saving [ROUNDS] [SEED]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killWhileSaving } from '../test/unit/corrections/kill-while-saving.ts';

const [rounds = '200', seed = '1'] = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), 'reason2decide-bench-'));
try {
  const report = await killWhileSaving(join(folder, 'workspace'), Number(rounds), Number(seed));
  console.log(
    `${report.rounds} rounds (${report.early} before anything was saved), ${report.acknowledged} decisions acknowledged: ` +
      `${report.lost} lost, ${report.unreadable} times a database that was unreadable or broken`,
  );
  if (report.lost + report.unreadable > 0) process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
