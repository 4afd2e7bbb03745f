import { createHash } from 'node:crypto';
import { type Annotation, type FieldNames, type LeftOut, namesOf, SEVERAL_LABELS, WITHOUT_TEXT } from './annotation.ts';
import { CARRIED_FIELD, parseCarried } from './carried-decision.ts';
import type { ExportedDecision, WritingOptions } from './exported-decision.ts';
import { asMoment, asObject, asObjects, asText, type Fields, firstField, type ToolRecord } from './shape.ts';

/**
 * Prodigy's JSON Lines, as `db-out` writes them: the choice interface gives `accept`, a list of option ids; a classification gives
 * `label`, which `answer` accepts or rejects; a text input gives a field of its own name.
 */
export function readProdigy({ where, fields }: ToolRecord, names: FieldNames): (Annotation | LeftOut)[] {
  const noteText = asText(firstField(fields, namesOf('text', names)));
  if (noteText === null) return [{ where, why: WITHOUT_TEXT }];
  const { answer } = fields;
  if (answer !== 'accept' && answer !== 'reject') {
    return [{ where, why: answer === 'ignore' ? 'was ignored in Prodigy' : 'has no answer' }];
  }
  const chosen = chosenLabels(fields, names);
  if (chosen.length > 1) return [{ where, why: SEVERAL_LABELS }];
  const [label = null] = chosen;
  const name = firstField(asObject(fields.meta), ['note_id', 'id', 'file']);
  const rejected = answer === 'reject';
  const suggested = fields.label;
  return [
    {
      where,
      noteText,
      noteName: name === undefined ? null : String(name),
      label: rejected ? null : label,
      rejected,
      rationale: asText(firstField(fields, namesOf('rationale', names))),
      comment: asText(firstField(fields, namesOf('comment', names))) ?? '',
      annotator: personOf(fields._annotator_id ?? fields._session_id),
      decidedAt: typeof fields._timestamp === 'number' ? asMoment(fields._timestamp) : null,
      suggestion:
        rejected && typeof suggested === 'string'
          ? { label: suggested, rationale: '', score: null, model: 'Prodigy' }
          : null,
      carried: parseCarried(fields[CARRIED_FIELD]),
    },
  ];
}

/** A task of the choice interface beside two text inputs, answered. */
export function writeProdigy(decision: ExportedDecision, { labels, people }: WritingOptions): object {
  const { noteText: text, noteId, reviewer, decidedAt } = decision;
  const options = labels.map((label) => ({ id: label, text: label }));
  const input = hash([text]);
  const person = people.get(reviewer) ?? reviewer;
  return {
    text,
    options,
    accept: [decision.label.text],
    answer: 'accept',
    rationale: decision.rationale ?? '',
    comment: decision.comment,
    meta: { note_id: noteId },
    _input_hash: input,
    // The same question has the same hash whatever the answer, so that a later answer is known for one to the same question.
    _task_hash: hash([text, ...labels]),
    _view_id: 'blocks',
    ...(decidedAt === null ? {} : { _timestamp: Date.parse(decidedAt) / 1000 }),
    _annotator_id: person,
    _session_id: person,
    ...(decision.carried === null ? {} : { [CARRIED_FIELD]: decision.carried }),
  };
}

/** Options may be known by ids of their own: then their text is the label. */
function chosenLabels(fields: Fields, names: FieldNames): (string | number)[] {
  const isLabel = (value: unknown) => typeof value === 'string' || typeof value === 'number';
  if (!Array.isArray(fields.accept)) {
    const label = firstField(fields, namesOf('label', names));
    return isLabel(label) ? [label] : [];
  }
  const options = asObjects(fields.options);
  return fields.accept.filter(isLabel).map((id) => asText(options.find((option) => option.id === id)?.text) ?? id);
}

/** Without a named session Prodigy writes the time at which the session began, and that is nobody. */
function personOf(value: unknown): string | null {
  const name = asText(value);
  return name === null || /^\d{4}-\d{2}-\d{2}_\d{2}-\d{2}-\d{2}$/.test(name) ? null : name;
}

/** A whole number of 32 bits with its sign, as Prodigy's own hashes are; always the same for the same texts. */
function hash(texts: readonly string[]): number {
  return createHash('sha256').update(JSON.stringify(texts), 'utf8').digest().readInt32BE(0);
}
