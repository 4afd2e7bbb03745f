import { join } from 'node:path';
import * as v from 'valibot';
import { UserError, writeFileAtomically } from '../common/index.ts';
import { readJson } from '../t5/index.ts';

/** With fewer, a model would read little but its prompt. */
export const fewestInputTokens = 8;

const labelSchema = v.object({
  id: v.string(),
  /** What the model reads and writes for this label. */
  text: v.pipe(v.string(), v.minLength(1)),
  /** 1 is the most urgent; null for label sets without an order. */
  level: v.nullable(v.number()),
  colour: v.string(),
  description: v.string(),
});

const promptSchema = (...slots: string[]) =>
  v.pipe(
    v.string(),
    v.check((text) => slots.every((slot) => text.includes(slot)), `must hold ${slots.join(' and ')}`),
  );

const fieldsSchema = v.object({
  id: v.string(),
  version: v.string(),
  labels: v.pipe(v.array(labelSchema), v.minLength(2)),
  prompts: v.object({
    rationale: promptSchema('{note}'),
    predict: promptSchema('{note}'),
    /** A baseline that explains without being given a label leaves `{label}` out. */
    explain: promptSchema('{note}'),
  }),
  limits: v.object({
    /** Tokens of the longest prompt the model was trained on, end token included. */
    inputTokens: v.pipe(v.number(), v.integer(), v.minValue(fewestInputTokens)),
    rationaleTokens: v.pipe(v.number(), v.integer(), v.minValue(1)),
  }),
  /** The words that its rationales have of their own, parted by spaces; where left out, they may have any. */
  rationaleWords: v.optional(v.object({ own: v.string(), closing: v.string() })),
  /** SHA-256 of the tokenizer.json that the model was trained with. */
  tokenizer: v.string(),
  calibration: v.optional(
    v.object({
      /** Divides the labels' log-probabilities; 1 leaves them as the model gives them. */
      temperature: v.pipe(v.number(), v.minValue(0.01)),
      /** By what a label's probability is multiplied, by its id, before all are brought to a sum of 1 again; 1 where left out. */
      weights: v.optional(v.record(v.string(), v.pipe(v.number(), v.minValue(0.01)))),
    }),
  ),
  /** How the model came to be: settings, data hashes, seed, steps. */
  training: v.record(v.string(), v.unknown()),
  metrics: v.record(v.string(), v.unknown()),
});

const manifestSchema = v.pipe(
  fieldsSchema,
  v.check(
    ({ labels, calibration }) =>
      Object.keys(calibration?.weights ?? {}).every((weighted) => labels.some(({ id }) => id === weighted)),
    'calibration.weights names a label that it has not',
  ),
);

/** What `reason2decide.json` says of a model: its labels, prompts, limits and origin. */
export type Manifest = v.InferOutput<typeof manifestSchema>;
export type ModelLabel = v.InferOutput<typeof labelSchema>;

export const manifestFile = 'reason2decide.json';

/** @throws UserError when the file is missing or a field is wrong. */
export async function readManifest(folder: string): Promise<Manifest> {
  const path = join(folder, manifestFile);
  const result = v.safeParse(manifestSchema, await readJson(path));
  if (result.success) return result.output;
  const issue = result.issues[0];
  const field = issue.path?.map((item) => String(item.key)).join('.') ?? 'the file';
  throw new UserError(`${path}: ${field} is not as a model of this program has it: ${issue.message}.`);
}

export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  await writeFileAtomically(join(folder, manifestFile), (file) =>
    file.writeFile(`${JSON.stringify(manifest, undefined, 2)}\n`),
  );
}
