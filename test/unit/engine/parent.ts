// A parent for an engine's process: opens a model, begins to stream, and prints the process's number on a line.
import { EngineClient } from '../../../src/engine/index.ts';

const [, , entry = '', model = '', task = ''] = process.argv;
const client = new EngineClient({ entry, hangMilliseconds: 60_000, log: () => undefined });
await client.openModel(model, 'cpu');
if (task === 'idle') console.log(client.processId);
else {
  let told = false;
  await client.triage('Chest pain, HR 118.', {
    priority: 'visible',
    onRationale: () => {
      if (!told) console.log(client.processId);
      told = true;
    },
  });
}
