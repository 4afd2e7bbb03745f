import * as v from 'valibot';
import { checkSettings, readYaml } from '../training/index.ts';

const positive = v.pipe(v.number(), v.integer(), v.minValue(1));
const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(0.9));
const rate = v.pipe(v.number(), v.minValue(0));

/** The defaults are what docs/RETRAINING.md arrives at. */
const schema = v.strictObject({
  /** Draws the replay and the order of training; and which notes are held out, so keep it from one retraining to the next. */
  seed: v.optional(whole, 1),
  /** Of the notes with a decision, how many are held out to ask about. */
  heldOutShare: v.optional(share, 0.25),
  /** Of the examples shown in training, how many are corrections; the others are replay. */
  correctionsShare: v.optional(share, 0.4),
  /** Synthetic notes of the model's own recipe to show again. */
  replayExamples: v.optional(positive, 2400),
  /** Of the rationales, how many are also shown as notes to be labelled. */
  rationalesAsNotes: v.optional(share, 0.1),
  batchSize: v.optional(positive, 16),
  dropout: v.optional(share, 0),
  optimizer: v.optional(v.picklist(['adafactor', 'adamw']), 'adafactor'),
  learningRate: v.optional(rate, 0.003),
  warmUpSteps: v.optional(whole, 10),
  /** Steps of stage 1; 0 leaves it out. */
  stage1Steps: v.optional(whole, 50),
  /** Steps of stage 2; more where each correction would otherwise be shown fewer than `passes` times, up to `mostSteps`. */
  stage2Steps: v.optional(positive, 300),
  passes: v.optional(positive, 8),
  mostSteps: v.optional(positive, 1800),
  /** How much of the parent's weights the candidate keeps. */
  parentShare: v.optional(share, 0.2),
  /** Steps that an interruption can cost. */
  checkpointEvery: v.optional(positive, 25),
  /** The frozen evaluation set, where it is made anew: its notes, and of how many of them the rationale is asked too. */
  frozenExamples: v.optional(positive, 2000),
  frozenRationales: v.optional(whole, 100),
  /** How far macro-F1 may fall, and under-triage rise, on the frozen set: more must be ruled out at 95 %. */
  macroF1Margin: v.optional(rate, 0.02),
  underTriageMargin: v.optional(rate, 0.01),
});

/** The knobs of a retraining. */
export type RetrainingSettings = v.InferOutput<typeof schema>;

export const settingsSchema = schema;

export const defaultSettings: RetrainingSettings = v.parse(schema, {});

/**
 * Reads settings in YAML; what is left out has its default.
 *
 * @throws UserError naming the setting that is wrong.
 */
export async function readRetrainingSettings(path: string): Promise<RetrainingSettings> {
  return checkSettings(schema, (await readYaml(path)) ?? {}, path);
}
