import type { Example } from '../example.ts';
import { readJsonLines } from '../files/json-lines.ts';
import { parseExample } from '../files/read-examples.ts';

/**
 * Reads MedReason as the Reason2Decide-C authors published it: question with answer choices, the right choice as label, a
 * rationale by a language model, one JSON object a line. The id is the line.
 *
 * @throws UserError that names file, line and field.
 */
export async function* readMedReason(path: string): AsyncGenerator<Example, void, undefined> {
  for await (const record of readJsonLines(path)) {
    const { question, label, rationale } = parseExample(record, path);
    yield {
      id: `medreason-${record.line}`,
      question,
      label,
      rationale,
      rationale_source: 'llm',
      note_source: 'medreason',
    };
  }
}
