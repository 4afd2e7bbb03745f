import { extname } from 'node:path';
import { UserError, writeFileAtomically } from '../common/index.ts';
import { readReport, renderReport } from '../report/index.ts';
import { readArguments, required } from './arguments.ts';

export const reportUsage = 'report EVALUATION.json… [--log LOG.jsonl] --output FILE.html';

/** Writes a report of one evaluation, or of several side by side, as one page to open in a browser. */
export async function reportCommand(argv: readonly string[]): Promise<boolean> {
  const { values, positionals } = readArguments(argv, { values: ['log', 'output'], flags: [] }, reportUsage);
  const output = required(values.output, 'output', reportUsage);
  // A slip of the keyboard must not write over an evaluation.
  if (!['.html', '.htm'].includes(extname(output).toLowerCase())) {
    throw new UserError(`${output}: a report is a web page; give --output a name that ends in .html.`);
  }
  const isLog = (file: string) => extname(file).toLowerCase() === '.jsonl';
  // More logs than one are given like the evaluations.
  const trainingLogs = [...(values.log === undefined ? [] : [values.log]), ...positionals.filter(isLog)];
  const evaluations = positionals.filter((file) => !isLog(file));
  if (evaluations.length === 0) throw new UserError(`Give at least one evaluation; use: ${reportUsage}.`);
  const html = renderReport(await readReport({ evaluations, trainingLogs }));
  await writeFileAtomically(output, (file) => file.writeFile(html));
  console.log(`Wrote ${output}; open it in a browser.`);
  return true;
}
