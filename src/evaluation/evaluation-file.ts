import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { errorCode, UserError, writeFileAtomically } from '../common/index.ts';
import type { MetricLabel } from './classification.ts';
import type { Evaluation } from './evaluation.ts';

/** What a model said of one example, without any text of its note. */
export interface JudgedExample {
  /** The example's own id, or else its place in the data. */
  readonly id: string;
  /** The text of the gold label. */
  readonly gold: string;
  /** The text of the predicted label. */
  readonly predicted: string;
  /** One probability per label, in the order of the file's labels; they sum to 1. */
  readonly probabilities: readonly number[];
  /** Whether the model was asked for a rationale and wrote one. */
  readonly rationaleWritten: boolean;
}

/** One evaluation of one model on one file of examples, as it is kept. It holds no text of any note or rationale. */
export interface EvaluationFile {
  readonly format: 1;
  /** ISO 8601. */
  readonly createdAt: string;
  /** `fingerprint` is the SHA-256 of the model's weights. */
  readonly model: { readonly id: string; readonly version: string; readonly fingerprint: string };
  /** `name` is the file's own name, without its folder; `sha256` that of its bytes. */
  readonly data: { readonly name: string; readonly sha256: string; readonly examples: number };
  readonly labels: readonly MetricLabel[];
  readonly metrics: Evaluation;
  readonly examples: readonly JudgedExample[];
}

const ratio = v.number();
const maybe = v.nullable(v.number());
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const interval = v.nullable(v.object({ low: v.number(), high: v.number() }));

const evaluationSchema = v.object({
  n: count,
  accuracy: ratio,
  macroF1: ratio,
  perLevel: v.array(
    v.object({
      label: v.string(),
      level: maybe,
      support: count,
      precision: ratio,
      recall: ratio,
      f1: ratio,
    }),
  ),
  confusion: v.object({ labels: v.array(v.string()), counts: v.array(v.array(count)) }),
  underTriage: maybe,
  overTriage: maybe,
  quadraticKappa: maybe,
  urgentRecall: maybe,
  calibrationError: ratio,
  reliability: v.array(v.object({ low: ratio, high: ratio, count, confidence: maybe, accuracy: maybe })),
  rationales: count,
  bleu: maybe,
  corpusBleu: maybe,
  rougeL: maybe,
  bertPrecision: maybe,
  bertRecall: maybe,
  bertF1: maybe,
  bertEncoder: v.nullable(v.string()),
  groundedNumbers: maybe,
  consistency: maybe,
  sufficiency: maybe,
  goldRobustness: maybe,
  intervals: v.object({
    accuracy: interval,
    macroF1: interval,
    underTriage: interval,
    overTriage: interval,
    quadraticKappa: interval,
    urgentRecall: interval,
    calibrationError: interval,
    bleu: interval,
    corpusBleu: interval,
    rougeL: interval,
    bertPrecision: interval,
    bertRecall: interval,
    bertF1: interval,
    groundedNumbers: interval,
    consistency: interval,
    sufficiency: interval,
    goldRobustness: interval,
  }),
  levelIntervals: v.array(v.object({ label: v.string(), precision: interval, recall: interval, f1: interval })),
});

const fileSchema = v.pipe(
  v.object({
    format: v.literal(1),
    createdAt: v.string(),
    model: v.object({ id: v.string(), version: v.string(), fingerprint: v.string() }),
    data: v.object({ name: v.string(), sha256: v.string(), examples: count }),
    labels: v.pipe(
      v.array(v.object({ text: v.string(), level: v.optional(v.nullable(v.number())) })),
      v.minLength(1, 'needs at least one label'),
    ),
    metrics: evaluationSchema,
    examples: v.array(
      v.object({
        id: v.string(),
        gold: v.string(),
        predicted: v.string(),
        probabilities: v.array(v.number()),
        rationaleWritten: v.boolean(),
      }),
    ),
  }),
  v.check(
    ({ labels, examples }) => examples.every(({ probabilities }) => probabilities.length === labels.length),
    'an example has not one probability per label',
  ),
  v.check(({ labels, examples }) => {
    const known = new Set(labels.map(({ text }) => text));
    return examples.every(({ gold, predicted }) => known.has(gold) && known.has(predicted));
  }, 'an example has a label that is none of its labels'),
);

/**
 * Writes an evaluation as one JSON object.
 *
 * @throws UserError when the file cannot be written.
 */
export async function writeEvaluation(file: string, evaluation: EvaluationFile): Promise<void> {
  await writeFileAtomically(file, (handle) => handle.writeFile(`${JSON.stringify(evaluation)}\n`));
}

/** @throws UserError when the file is missing, damaged, or not an evaluation. */
export async function readEvaluation(file: string): Promise<EvaluationFile> {
  const result = v.safeParse(fileSchema, parseJson(file, await readText(file)));
  if (result.success) return result.output;
  const [issue] = result.issues;
  const field = v.getDotPath(issue);
  const place = field === null ? '' : ` (${field})`;
  throw new UserError(
    `${file}: is not an evaluation of this program${place}; write one with evaluate --data FILE --save ${file}.`,
  );
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    switch (errorCode(error)) {
      case 'ENOENT':
      case 'ENOTDIR':
        throw new UserError(
          `${file}: there is no such evaluation; write one with evaluate --data FILE --save ${file}.`,
        );
      case 'EISDIR':
        throw new UserError(`${file}: this is a folder; name the evaluation's .json file in it.`);
      case 'EACCES':
        throw new UserError(`${file}: cannot be read; check its permissions.`);
      default:
        throw error;
    }
  }
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UserError(`${file}: is damaged or no JSON file; write the evaluation anew with evaluate --save.`);
  }
}
