import { UserError } from '../../../src/common/index.ts';
import { TriageModel } from '../../../src/triage/index.ts';

/** Opens the model folders named as arguments and prints what is said of each, as a JSON list; nothing else is printed. */
const messages: string[] = [];
for (const folder of process.argv.slice(2)) {
  try {
    const model = await TriageModel.open(folder, 'cpu');
    messages.push(`opened ${model.manifest.id}`);
    await model.release();
  } catch (error) {
    messages.push(UserError.is(error) ? error.message : `a fault: ${String(error)}`);
  }
}
process.stdout.write(JSON.stringify(messages));
