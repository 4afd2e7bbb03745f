// Saves decisions, and says so behind each:
//   node append-in-child.ts FILE COUNT NAME
import { writeSync } from 'node:fs';
import { CorrectionsStore } from '../../../src/corrections/index.ts';
import { newChildDecision } from './child-decision.ts';

const [file = '', count = '1', name = 'child'] = process.argv.slice(2);
const store = CorrectionsStore.open(file);
for (let i = 0; i < Number(count); i++) {
  const { sequence, hash } = store.append(newChildDecision(name, i));
  // Straight to the pipe: what is acknowledged here has left this process when it is killed.
  writeSync(1, `${sequence} ${hash}\n`);
}
store.close();
