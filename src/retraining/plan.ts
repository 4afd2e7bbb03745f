import * as v from 'valibot';
import { settingsSchema } from './settings.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const examplesFile = v.object({ sha256: v.string(), examples: count });

/** What a retraining has settled before its first step, and an interrupted one goes on with. It holds no text of any note. */
export const planSchema = v.object({
  format: v.literal(1),
  createdAt: v.string(),
  parent: v.object({ name: v.string(), id: v.string(), version: v.string(), fingerprint: v.string() }),
  /** The version that the candidate will have. */
  version: v.string(),
  settings: settingsSchema,
  decisions: v.object({
    first: count,
    last: count,
    head: v.string(),
    taught: count,
    heldOut: count,
    contradicted: v.array(count),
  }),
  leftOut: v.object({ rejected: count, flagged: count, otherLabels: count, repeated: count }),
  contradictions: v.array(v.object({ kept: count, contradicted: v.array(count) })),
  /** How often an epoch shows the corrections, and the steps of each stage. */
  repeat: count,
  stage1Steps: count,
  stage2Steps: count,
  data: v.object({
    corrections: examplesFile,
    replay: examplesFile,
    'held-out': examplesFile,
    validation: examplesFile,
    frozen: examplesFile,
  }),
});

export type Plan = v.InferOutput<typeof planSchema>;
