import {
  type Annotation,
  type FieldNames,
  type LeftOut,
  namesOf,
  type Suggestion,
  WITHOUT_TEXT,
} from './annotation.ts';
import { CARRIED_FIELD, parseCarried } from './carried-decision.ts';
import type { ExportedDecision, WritingOptions } from './exported-decision.ts';
import { asMoment, asObject, asObjects, asText, type Fields, firstField, type ToolRecord } from './shape.ts';

/**
 * Label Studio's JSON of annotated tasks: `data`, and in each of `annotations` a `result` of what every control gave. A label
 * comes from Choices, a Rating or a Number, a text from a TextArea. Skipped and empty annotations are left out, drafts are not read.
 */
export function readLabelStudio({ where, fields }: ToolRecord, names: FieldNames): (Annotation | LeftOut)[] {
  const data = asObject(fields.data);
  const noteText = asText(firstField(data, namesOf('text', names)));
  if (noteText === null) return [{ where, why: WITHOUT_TEXT }];
  const annotations = asObjects(fields.annotations);
  if (annotations.length === 0) return [{ where, why: 'has no annotation' }];
  const suggestion = suggestionOf(asObjects(fields.predictions)[0], names);
  const carried = parseCarried(asObject(fields.meta)[CARRIED_FIELD]);
  const name = firstField(data, ['note_id', 'id', 'file', 'filename']);
  return annotations.map((annotation): Annotation | LeftOut => {
    if (annotation.was_cancelled === true) return { where, why: 'was skipped in Label Studio' };
    const results = asObjects(annotation.result);
    return {
      where,
      noteText,
      noteName: name === undefined ? null : String(name),
      label: labelIn(results, names),
      rejected: false,
      rationale: textIn(results, namesOf('rationale', names)) ?? onlyText(results, names),
      comment: textIn(results, namesOf('comment', names)) ?? '',
      annotator: annotatorOf(annotation.completed_by),
      decidedAt: asMoment(annotation.updated_at ?? annotation.created_at),
      suggestion,
      carried,
    };
  });
}

/** A task with the decision as its annotation and what the model had said as its prediction. */
export function writeLabelStudio(decision: ExportedDecision, { people }: WritingOptions): object {
  const { predicted, model, decidedAt } = decision;
  const person = people.get(decision.reviewer);
  const probability = predicted.probabilities[predicted.labelId];
  return {
    data: { text: decision.noteText, note_id: decision.noteId, reviewer: decision.reviewer },
    ...(decision.carried === null ? {} : { meta: { [CARRIED_FIELD]: decision.carried } }),
    annotations: [
      {
        result: resultsOf(decision.label.text, decision.rationale, decision.comment),
        was_cancelled: false,
        // Without it Label Studio takes every imported annotation for the truth.
        ground_truth: false,
        ...(decidedAt === null ? {} : { created_at: decidedAt, updated_at: decidedAt }),
        // Label Studio refuses a whole file for one person that it does not know.
        ...(person === undefined ? {} : { completed_by: /^\d+$/.test(person) ? Number(person) : { email: person } }),
      },
    ],
    predictions:
      predicted.labelText === ''
        ? []
        : [
            {
              model_version: `${model.id} ${model.version}`.trim(),
              ...(probability === undefined ? {} : { score: probability }),
              result: resultsOf(predicted.labelText, predicted.rationale, ''),
            },
          ],
  };
}

function resultsOf(label: string, rationale: string | null, comment: string): object[] {
  const text = (name: string, value: string) => ({
    id: name,
    from_name: name,
    to_name: 'text',
    type: 'textarea',
    value: { text: [value] },
  });
  return [
    { id: 'label', from_name: 'label', to_name: 'text', type: 'choices', value: { choices: [label] } },
    ...(rationale ? [text('rationale', rationale)] : []),
    ...(comment === '' ? [] : [text('comment', comment)]),
  ];
}

/** The one label that was chosen; where several controls give one, the control that is named for it. */
function labelIn(results: readonly Fields[], names: FieldNames): Annotation['label'] {
  const labelled = results.filter(({ type }) => ['choices', 'rating', 'number'].includes(String(type)));
  const known = namesOf('label', names);
  const named = labelled.find(({ from_name: name }) => known.includes(String(name)));
  const [only, ...others] = labelled;
  const result = named ?? (names.label === undefined && others.length === 0 ? only : undefined);
  const value = asObject(result?.value);
  const chosen = Array.isArray(value.choices) ? value.choices : [value.rating ?? value.number];
  const [first, ...more] = chosen;
  if (more.length > 0) return null;
  return typeof first === 'string' || typeof first === 'number' ? first : null;
}

function textIn(results: readonly Fields[], names: readonly string[]): string | null {
  const result = results.find(({ type, from_name: name }) => type === 'textarea' && names.includes(String(name)));
  return result === undefined ? null : textOf(result);
}

/** The only text there is, whatever its control is called, unless it is the comment. */
function onlyText(results: readonly Fields[], names: FieldNames): string | null {
  if (names.rationale !== undefined) return null;
  const [only, ...others] = results.filter(({ type }) => type === 'textarea');
  if (only === undefined || others.length > 0 || namesOf('comment', names).includes(String(only.from_name)))
    return null;
  return textOf(only);
}

/** A TextArea may be submitted several times: each is a line. */
function textOf(result: Fields): string | null {
  const { text } = asObject(result.value);
  return asText(Array.isArray(text) ? text.filter((part) => typeof part === 'string').join('\n') : text);
}

/** A user's number, or an object that names them. */
function annotatorOf(value: unknown): string | null {
  if (typeof value === 'number' || typeof value === 'string') return String(value);
  const { id, email, first_name: first, last_name: last } = asObject(value);
  const name = [first, last].filter((part) => asText(part) !== null).join(' ');
  return asText(name) ?? asText(email) ?? (typeof id === 'number' ? String(id) : null);
}

function suggestionOf(prediction: Fields | undefined, names: FieldNames): Suggestion | null {
  if (prediction === undefined) return null;
  const results = asObjects(prediction.result);
  const label = labelIn(results, names);
  if (label === null) return null;
  return {
    label,
    rationale: textIn(results, namesOf('rationale', names)) ?? '',
    score: typeof prediction.score === 'number' ? prediction.score : null,
    model: asText(prediction.model_version) ?? 'Label Studio',
  };
}
