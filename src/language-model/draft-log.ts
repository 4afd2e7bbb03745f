import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { UserError } from '../common/index.ts';
import { type Example, exampleSchema } from '../dataset/index.ts';
import { AnswerLog } from './answer-log.ts';
import type { DraftFault } from './draft.ts';

/** An example whose rationale a language model wrote. */
export interface DraftedExample extends Example {
  /** Who wrote the rationale. */
  readonly rationale_model?: string;
  /** The share of the rationale's numbers that stand in the note, where one does not. */
  readonly grounded_numbers?: number;
}

/** A note whose drafts were all faulty. It holds no text of the note. */
export interface RejectedDraft {
  readonly key: string;
  readonly id: string | null;
  readonly why: DraftFault;
  readonly rationale_model: string;
}

/** Which question a draft answers: a note with its label. */
export function draftKey({ question, label }: { readonly question: string; readonly label: string }): string {
  return createHash('sha256')
    .update(JSON.stringify([question, label]))
    .digest('hex');
}

const draftedSchema = v.object({
  ...exampleSchema.entries,
  rationale_model: v.optional(v.string()),
  grounded_numbers: v.optional(v.number()),
});

const rejectedSchema = v.object({
  key: v.string(),
  id: v.nullable(v.string()),
  why: v.picklist(['empty', 'too long', 'numbers that do not stand in the note']),
  rationale_model: v.string(),
});

/** Opens the examples that were drafted so far. @throws UserError for another file, or another language model's drafts. */
export function openDrafts(file: string, model: string): Promise<AnswerLog<DraftedExample>> {
  return AnswerLog.open<DraftedExample>(file, {
    what: 'drafts',
    keyOf: draftKey,
    read(line) {
      const parsed = v.safeParse(draftedSchema, line);
      if (!parsed.success || parsed.output.rationale.trim() === '') return null;
      const { rationale_model: writer } = parsed.output;
      if (writer !== undefined && writer !== model) throw otherModel(file, writer);
      return parsed.output;
    },
  });
}

/** Opens the list of notes whose drafts were rejected, beside the drafts. */
export function openRejected(file: string, model: string): Promise<AnswerLog<RejectedDraft>> {
  const path = rejectedFile(file);
  return AnswerLog.open<RejectedDraft>(path, {
    what: 'rejected drafts',
    keyOf: ({ key }) => key,
    read(line) {
      const parsed = v.safeParse(rejectedSchema, line);
      if (!parsed.success) return null;
      if (parsed.output.rationale_model !== model) throw otherModel(path, parsed.output.rationale_model);
      return parsed.output;
    },
  });
}

/** `drafts.rejected.jsonl` for `drafts.jsonl`. */
export function rejectedFile(file: string): string {
  return `${file.replace(/\.jsonl$/i, '')}.rejected.jsonl`;
}

const otherModel = (file: string, writer: string) =>
  new UserError(
    `${file}: holds drafts of ${writer.slice(0, 80)}; name another file for those of another language model.`,
  );
