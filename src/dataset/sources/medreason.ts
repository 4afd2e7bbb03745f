import { UserError } from '../../common/index.ts';
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

/** The labels of `readMedReasonChoices`. */
export const MEDREASON_CHOICES = ['A', 'B', 'C', 'D'] as const;

/**
 * The same examples with the letter of the right choice as label: as texts the choices differ from question to question, and a
 * model's labels must not.
 *
 * @throws UserError that names the record whose label is none of its choices.
 */
export async function* readMedReasonChoices(path: string): AsyncGenerator<Example, void, undefined> {
  for await (const example of readMedReason(path)) {
    const choices = example.question.slice(example.question.lastIndexOf(CHOICES)).matchAll(CHOICE);
    const right = [...choices].find(([, , text = '']) => plain(text) === plain(example.label));
    const letter = MEDREASON_CHOICES.find((known) => known === right?.[1]);
    if (letter === undefined) {
      throw new UserError(
        `${path}, record ${example.id}: its label is none of its answer choices A to D; give the file as published.`,
      );
    }
    yield { ...example, label: letter };
  }
}

const CHOICES = 'Answer Choices:';
const CHOICE = /^([A-Z])\. (.*)$/gm;

/** A choice without the marks and blanks that some labels have at their end, and the others not. */
const plain = (text: string): string =>
  text
    .replace(/[\s".]+$/, '')
    .trim()
    .toLowerCase();
