import { train } from '../../../src/training/index.ts';
import { onCpu } from './tiny.ts';

/**
 * Runs the training configuration that stands as JSON in the first argument, to be killed at any moment. Resumes what is
 * there already. One line on standard output for every record.
 */
await train(
  JSON.parse(process.argv[2] ?? ''),
  onCpu({
    resume: true,
    onRecord: ({ kind, stage, step }) => {
      process.stdout.write(`${kind} ${stage} ${step}\n`);
    },
  }),
);
