import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { errorCode, UserError, writeFileAtomically } from '../common/index.ts';

export const provenanceFile = 'provenance.json';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hexadecimal'));
const interval = v.nullable(v.object({ low: v.number(), high: v.number() }));

const criterionSchema = v.object({
  measure: v.picklist(['macro-F1', 'under-triage', 'under-triage on corrections', "reviewer's level"]),
  met: v.boolean(),
  /** Of the parent and of this version, from 0 to 1; null where the label set has no order. */
  parent: v.nullable(v.number()),
  version: v.nullable(v.number()),
  /** 95 % interval of the difference, version − parent. */
  difference: interval,
  /** Exact McNemar, two-sided; null where the criterion is about the interval. */
  probability: v.nullable(v.number()),
  /** What was found, as a sentence. */
  reason: v.string(),
});

const verdictSchema = v.object({ offered: v.boolean(), criteria: v.array(criterionSchema) });

const provenanceSchema = v.object({
  format: v.literal(1),
  createdAt: v.string(),
  /** The version that training started from. */
  parent: v.object({ name: v.string(), id: v.string(), version: v.string(), fingerprint: sha256 }),
  fingerprint: sha256,
  seed: v.number(),
  decisions: v.object({
    /** The first and the last decision that was used, by their numbers in the store. */
    first: count,
    last: count,
    /** The hash of the newest of them in the store's chain. */
    head: v.string(),
    taught: count,
    heldOut: count,
    /** Numbers of decisions that a later one on the same text contradicts. */
    contradicted: v.array(count),
  }),
  /** SHA-256 of what was taught and asked, and how many examples each is. */
  data: v.record(v.string(), v.object({ sha256, examples: count })),
  /** All settings of the retraining. */
  settings: v.record(v.string(), v.unknown()),
  verdict: verdictSchema,
});

/** One of the conditions under which a version is offered for promotion, and what was found. */
export type Criterion = v.InferOutput<typeof criterionSchema>;
export type Verdict = v.InferOutput<typeof verdictSchema>;
/** How a retrained version came to be. It holds no text of any note, and no note's name. */
export type Provenance = v.InferOutput<typeof provenanceSchema>;

/**
 * @returns undefined for a model that no retraining made.
 * @throws UserError when the file is damaged.
 */
export async function readProvenance(folder: string): Promise<Provenance | undefined> {
  const path = join(folder, provenanceFile);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return v.parse(provenanceSchema, JSON.parse(text));
  } catch {
    throw new UserError(`${path}: is damaged; delete this version of the model, or restore the file.`);
  }
}

export async function writeProvenance(folder: string, provenance: Provenance): Promise<void> {
  await writeFileAtomically(join(folder, provenanceFile), (file) =>
    file.writeFile(`${JSON.stringify(provenance, undefined, 2)}\n`),
  );
}
