import * as v from 'valibot';
import { UserError } from '../common/index.ts';
import { AnswerLog } from './answer-log.ts';
import { RUBRIC_VERSION } from './rubric.ts';

const score = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5));

const recordSchema = v.object({
  /** Which rationale was judged. */
  key: v.string(),
  id: v.nullable(v.string()),
  judge: v.string(),
  rubric: v.number(),
  label: v.string(),
  /** Null where the judge gave no verdict. */
  scores: v.nullable(
    v.object({ clinical_correctness: score, faithfulness: score, completeness: score, label_consistency: score }),
  ),
  /** Only where they were asked for: a reason may quote the note. */
  reasons: v.optional(v.record(v.string(), v.string())),
});

/** One line of the file of verdicts. Without `reasons` it holds no text of the note. */
export type VerdictRecord = v.InferOutput<typeof recordSchema>;

/** Opens the verdicts given so far. @throws UserError for another file, another judge's, or another rubric's. */
export function openVerdicts(file: string, judge: string): Promise<AnswerLog<VerdictRecord>> {
  return AnswerLog.open<VerdictRecord>(file, {
    what: 'verdicts',
    keyOf: ({ key }) => key,
    read(line) {
      const parsed = v.safeParse(recordSchema, line);
      if (!parsed.success) return null;
      if (parsed.output.judge !== judge || parsed.output.rubric !== RUBRIC_VERSION) {
        throw new UserError(
          `${file}: holds verdicts of ${parsed.output.judge.slice(0, 80)} by rubric ${parsed.output.rubric}; name another file for those of ${judge} by rubric ${RUBRIC_VERSION}.`,
        );
      }
      return parsed.output;
    },
  });
}
