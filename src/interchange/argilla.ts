import { createHash } from 'node:crypto';
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

/** What one user answered. */
interface UserAnswers {
  readonly user: string | null;
  readonly status: string;
  /** By the name of the question. */
  readonly values: Fields;
}

/**
 * Argilla's records: `fields`, `suggestions`, `responses`, `metadata`. Version 2 writes the responses question by question, version 1
 * user by user; both are read. Drafts and discarded answers are left out.
 */
export function readArgilla({ where, fields }: ToolRecord, names: FieldNames): (Annotation | LeftOut)[] {
  const noteText = asText(firstField(asObject(fields.fields), namesOf('text', names)));
  if (noteText === null) return [{ where, why: WITHOUT_TEXT }];
  const answers = answersOf(fields.responses);
  if (answers.length === 0) return [{ where, why: 'has no response' }];
  const metadata = asObject(fields.metadata);
  const suggestion = suggestionOf(fields.suggestions, names);
  const carried = parseCarried(jsonOf(metadata[CARRIED_FIELD]));
  const name = fields.id ?? fields.external_id;
  return answers.map(({ user, status, values }): Annotation | LeftOut => {
    if (status !== 'submitted') return { where, why: status === 'draft' ? 'is a draft' : `was ${status} in Argilla` };
    const label = firstField(values, namesOf('label', names));
    const isCarrier = carried !== null && user === userId(carried.reviewer);
    return {
      where,
      noteText,
      noteName: typeof name === 'string' || typeof name === 'number' ? String(name) : null,
      label: typeof label === 'string' || typeof label === 'number' ? label : null,
      rejected: false,
      rationale: asText(firstField(values, namesOf('rationale', names))),
      comment: asText(firstField(values, namesOf('comment', names))) ?? '',
      annotator: isCarrier ? carried.reviewer : user,
      decidedAt: asMoment(asText(metadata.decided_at)),
      suggestion,
      carried,
    };
  });
}

/** A record with the decision as one user's responses and what the model had said as suggestions. */
export function writeArgilla(decision: ExportedDecision, { people }: WritingOptions): object {
  const { predicted, model, reviewer, rationale, comment } = decision;
  const user = people.get(reviewer) ?? userId(reviewer);
  const response = (value: string) => [{ value, user_id: user, status: 'submitted' }];
  const agent = `${model.id} ${model.version}`.trim();
  return {
    id: decision.noteId,
    fields: { text: decision.noteText },
    metadata: {
      reviewer,
      ...(decision.decidedAt === null ? {} : { decided_at: decision.decidedAt }),
      // Argilla's metadata are single values.
      ...(decision.carried === null ? {} : { [CARRIED_FIELD]: JSON.stringify(decision.carried) }),
    },
    suggestions: {
      ...(predicted.labelText === ''
        ? {}
        : { label: { value: predicted.labelText, score: predicted.probabilities[predicted.labelId] ?? null, agent } }),
      ...(predicted.rationale === '' ? {} : { rationale: { value: predicted.rationale, score: null, agent } }),
    },
    responses: {
      label: response(decision.label.text),
      ...(rationale ? { rationale: response(rationale) } : {}),
      ...(comment === '' ? {} : { comment: response(comment) }),
    },
    vectors: {},
  };
}

/** Argilla knows its users by UUIDs: this one is made from the name, so that it is always the same (RFC 9562, version 8). */
export function userId(name: string): string {
  const bytes = createHash('sha256').update(`reviewer\n${name}`, 'utf8').digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function answersOf(responses: unknown): UserAnswers[] {
  if (Array.isArray(responses)) {
    return asObjects(responses).map(({ user_id: user, status, values }) => ({
      user: asText(user),
      status: asText(status) ?? 'submitted',
      values: Object.fromEntries(
        Object.entries(asObject(values)).map(([name, given]) => [name, asObject(given).value]),
      ),
    }));
  }
  const byUser = new Map<string | null, { status: string; values: Record<string, unknown> }>();
  for (const [name, given] of Object.entries(asObject(responses))) {
    for (const { user_id: id, status, value } of asObjects(given)) {
      const user = asText(id);
      const answers = byUser.get(user) ?? { status: asText(status) ?? 'submitted', values: {} };
      answers.values[name] = value;
      byUser.set(user, answers);
    }
  }
  return [...byUser].map(([user, { status, values }]) => ({ user, status, values }));
}

function suggestionOf(suggestions: unknown, names: FieldNames): Suggestion | null {
  const byName: Fields = Array.isArray(suggestions)
    ? Object.fromEntries(asObjects(suggestions).map((suggestion) => [String(suggestion.question_name), suggestion]))
    : asObject(suggestions);
  const label = asObject(firstField(byName, namesOf('label', names)));
  if (typeof label.value !== 'string' && typeof label.value !== 'number') return null;
  return {
    label: label.value,
    rationale: asText(asObject(firstField(byName, namesOf('rationale', names))).value) ?? '',
    score: typeof label.score === 'number' ? label.score : null,
    model: asText(label.agent) ?? 'Argilla',
  };
}

function jsonOf(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
