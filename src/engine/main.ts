// The model's own process: answers its parent's requests, and leaves when the parent does.
import { writeSync } from 'node:fs';
import { describeFault } from './fault.ts';
import { ModelService } from './server.ts';
import { answerRequests, connect, sendNotice } from './wire.ts';

/** A state that nobody foresaw: a new process is safer than going on in this one. */
function leave(error: unknown): void {
  // Written at once, for the process ends before a pipe would be emptied. A closed pipe has no reader to miss it.
  try {
    writeSync(2, `${describeFault(error)}\n`);
  } finally {
    process.exit(1);
  }
}

if (process.send === undefined) {
  writeSync(2, 'This is the process of the model, which the extension starts; it does nothing by itself.\n');
  process.exit(2);
}
process.on('uncaughtException', leave);
// The channel closes with its other end, however that one ended.
process.on('disconnect', () => process.exit(0));

const connection = connect(process);
answerRequests(connection, new ModelService((status) => sendNotice(connection, 'deviceChanged', status)), leave);
connection.listen();
