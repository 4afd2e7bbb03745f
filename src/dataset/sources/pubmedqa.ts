import { access } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { UserError } from '../../common/index.ts';
import type { Example } from '../example.ts';
import { readJsonObject } from '../files/read-json.ts';

const GROUND_TRUTH = 'test_ground_truth.json';

const recordSchema = v.object({
  QUESTION: v.string('must be text'),
  CONTEXTS: v.array(v.string('must be text'), 'must be a list of texts'),
  LONG_ANSWER: v.string('must be text'),
  final_decision: v.picklist(['yes', 'no', 'maybe'], 'must be yes, no or maybe'),
});

/**
 * Reads PubMedQA PQA-L as published (`ori_pqal.json`): the question and its abstract become the note, yes/no/maybe the label,
 * the long answer, written by the authors of the paper, the rationale. Where the file of the 500 test ids is given or lies
 * beside it, `split` says test or train.
 *
 * @throws UserError that names file, record and field.
 */
export async function* readPubMedQa(path: string, groundTruth?: string): AsyncGenerator<Example, void, undefined> {
  const records = await readJsonObject(path);
  const testIds = await readTestIds(path, groundTruth);
  for (const [id, fields] of Object.entries(records)) {
    const parsed = v.safeParse(recordSchema, fields);
    if (!parsed.success) {
      const [issue] = parsed.issues;
      throw new UserError(
        `${path}, record ${id}, field "${v.getDotPath(issue) ?? ''}": is missing or of the wrong kind; give the file as published.`,
      );
    }
    const { QUESTION, CONTEXTS, LONG_ANSWER, final_decision } = parsed.output;
    yield {
      id: `pubmedqa-${id}`,
      question: [QUESTION, ...CONTEXTS].join('\n'),
      label: final_decision,
      rationale: LONG_ANSWER,
      rationale_source: 'author',
      note_source: 'pubmedqa',
      ...(testIds === undefined ? {} : { split: testIds.has(id) ? 'test' : 'train' }),
    };
  }
}

async function readTestIds(path: string, groundTruth: string | undefined): Promise<ReadonlySet<string> | undefined> {
  const beside = join(dirname(path), GROUND_TRUTH);
  if (groundTruth === undefined) {
    try {
      await access(beside);
    } catch {
      return undefined;
    }
  }
  return new Set(Object.keys(await readJsonObject(groundTruth ?? beside)));
}
