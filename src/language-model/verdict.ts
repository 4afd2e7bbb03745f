import * as v from 'valibot';
import { bareReply } from './reply.ts';
import { CRITERIA, type Criterion } from './rubric.ts';

/** One criterion's grade. */
const gradeSchema = v.strictObject({
  reason: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(2000)),
  score: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5)),
});

const verdictSchema = v.strictObject({
  clinical_correctness: gradeSchema,
  faithfulness: gradeSchema,
  completeness: gradeSchema,
  label_consistency: gradeSchema,
});

/** Every criterion with its score, 1 to 5, and the reason, which may quote the note. */
export type Verdict = Readonly<Record<Criterion, { readonly reason: string; readonly score: number }>>;
export type Scores = Readonly<Record<Criterion, number>>;
export type Reasons = Readonly<Record<Criterion, string>>;

/** Reads a judge's answer. @returns null for anything but one JSON object of the one form. */
export function parseVerdict(reply: string): Verdict | null {
  let value: unknown;
  try {
    value = JSON.parse(bareReply(reply));
  } catch {
    return null;
  }
  const parsed = v.safeParse(verdictSchema, value);
  return parsed.success ? parsed.output : null;
}

export function scoresOf(verdict: Verdict): Scores {
  return eachCriterion((criterion) => verdict[criterion].score);
}

export function reasonsOf(verdict: Verdict): Reasons {
  return eachCriterion((criterion) => verdict[criterion].reason);
}

export function eachCriterion<T>(value: (criterion: Criterion) => T): Record<Criterion, T> {
  return Object.fromEntries(CRITERIA.map((criterion) => [criterion, value(criterion)])) as Record<Criterion, T>;
}
