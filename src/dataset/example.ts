import * as v from 'valibot';

const text = (what: string) =>
  v.pipe(
    v.string(`must be text: ${what}`),
    v.check((value) => value.trim() !== '', `is empty: ${what}`),
  );

/** A finding that decided the level and where the note states it: character offsets into `question`, end not included. */
export const decidingSpanSchema = v.object({
  start: v.pipe(
    v.number('must be a number'),
    v.integer('must be a whole number'),
    v.minValue(0, 'must not be negative'),
  ),
  end: v.pipe(v.number('must be a number'), v.integer('must be a whole number'), v.minValue(0, 'must not be negative')),
  finding: v.string('must be text: the name of the finding'),
});

/**
 * One example of the data set. `question`, `label` and `rationale` are the reference code's three columns; the others say
 * where the record comes from. Fields that the schema does not name are dropped.
 */
export const exampleSchema = v.object({
  question: text('the clinical note'),
  label: text('one of the labels'),
  rationale: v.optional(v.string('must be text, or empty where the record has no rationale'), ''),
  id: v.optional(v.string('must be text')),
  /** Who wrote the rationale: `llm`, `nurse`, `nurse-post-processed`, `nurse-accepted`, … */
  rationale_source: v.optional(v.string('must be text, such as "nurse" or "llm"')),
  /** Where the note comes from: `synthetic`, `ktas`, … */
  note_source: v.optional(v.string('must be text, such as "synthetic"')),
  reviewer: v.optional(v.string('must be text')),
  decided_at: v.optional(v.string('must be text: a date and time in ISO 8601')),
  model: v.optional(v.string('must be text: the model whose prediction was reviewed')),
  split: v.optional(v.string('must be text, such as "train" or "test"')),
  deciding_spans: v.optional(v.array(decidingSpanSchema, 'must be a list of {start, end, finding}')),
  style: v.optional(v.string('must be text')),
  complaint: v.optional(v.string('must be text')),
  level: v.optional(
    v.pipe(
      v.number('must be a number from 1 to 5'),
      v.integer('must be a whole number from 1 to 5'),
      v.minValue(1, 'must be from 1 to 5'),
      v.maxValue(5, 'must be from 1 to 5'),
    ),
  ),
});

export type Example = v.InferOutput<typeof exampleSchema>;
export type DecidingSpan = v.InferOutput<typeof decidingSpanSchema>;

/** The columns of the reference code, in its order. */
export const REFERENCE_COLUMNS = ['question', 'label', 'rationale'] as const;

/** Every field of an example, in the order in which it is written. */
export const EXAMPLE_COLUMNS = Object.keys(exampleSchema.entries) as readonly (keyof Example)[];
