import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import * as v from 'valibot';
import { parse } from 'yaml';
import { errorCode, UserError } from '../common/index.ts';
import { NOTE_STYLES, RATIONALE_VOICES, SPLITS } from '../dataset/index.ts';
import { fewestInputTokens } from '../triage/index.ts';
import { SAMPLING_CURVES } from './schedules.ts';

const positive = v.pipe(v.number(), v.integer(), v.minValue(1));
const fraction = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

const names = v.pipe(v.array(v.string()), v.minLength(1));

const syntheticSchema = v.strictObject({
  count: positive,
  seed: v.optional(v.number(), 1),
  styles: v.optional(v.pipe(v.array(v.picklist(NOTE_STYLES)), v.minLength(1))),
  voices: v.optional(v.pipe(v.array(v.picklist(RATIONALE_VOICES)), v.minLength(1))),
  /** Complaints to draw from, or never to draw. */
  complaints: v.optional(names),
  withoutComplaints: v.optional(names),
  longShare: v.optional(fraction),
});

/** How many times each epoch shows the examples of a source: a small one beside a large one is seen more often. */
const repeat = v.optional(positive);

/** The part of a published set; all of it where left out. */
const split = v.optional(v.picklist(SPLITS));

export const sourceSchema = v.union(
  [
    v.strictObject({ file: v.string(), repeat }),
    v.strictObject({ ktas: v.string(), split, repeat }),
    v.strictObject({ pubmedqa: v.string(), split, repeat }),
    v.strictObject({ medreason: v.string(), split, repeat }),
    v.strictObject({ synthetic: syntheticSchema }),
  ],
  'give {file: PATH}, {ktas: PATH}, {pubmedqa: PATH}, {medreason: PATH} or {synthetic: {count: N, seed: N}}',
);

const labelsSchema = v.pipe(
  v.array(v.pipe(v.string(), v.minLength(1))),
  v.minLength(2),
  v.check((texts) => new Set(texts).size === texts.length, 'names a label twice'),
);

const stageSchema = v.strictObject({
  maxSteps: positive,
  evaluateEvery: positive,
  /** Evaluations without improvement before it stops; the method's are 3 for stage 1 and 5 for stage 2. */
  patience: v.optional(positive),
  learningRate: v.optional(v.pipe(v.number(), v.minValue(0))),
});

const schema = v.strictObject({
  /** The id of the model, and its version. */
  model: v.strictObject({
    id: v.string(),
    version: v.string(),
    /** A model folder to start from; left out, the model starts from nothing with `architecture` and `tokenizer`. */
    from: v.optional(v.string()),
    /** Fields of a Hugging Face T5 config.json, the vocabulary's size left out. */
    architecture: v.optional(v.record(v.string(), v.unknown())),
    tokenizer: v.optional(v.strictObject({ vocabularySize: positive })),
    /** Starts the embeddings of numbers as functions of their value (only for a model from nothing). */
    numberFeatures: v.optional(v.boolean(), true),
  }),
  /** Where the run keeps its log and checkpoints, and where the model goes. */
  run: v.string(),
  output: v.string(),
  seed: v.optional(v.number(), 1),
  data: v.strictObject({
    training: v.pipe(v.array(sourceSchema), v.minLength(1)),
    validation: v.pipe(v.array(sourceSchema), v.minLength(1)),
    /** Label texts, for label sets other than the five acuity levels. */
    labels: v.optional(labelsSchema),
    /**
     * The share of the training notes whose rationale is also shown as if it were a note, to be labelled: so the model can be
     * asked whether a rationale alone says what the note says.
     */
    rationalesAsNotes: v.optional(fraction),
  }),
  objective: v.optional(v.picklist(['r2d', 'r2d-c', 'sft', 'dss']), 'r2d'),
  /** The labels that the explain prompts of stage 2 carry, where they are not to be the method's own (`r2d`, `r2d-c`). */
  sampling: v.optional(
    v.strictObject({
      labels: v.optional(v.picklist(['scheduled', 'gold', 'predicted'])),
      schedule: v.optional(v.picklist(SAMPLING_CURVES)),
      cap: v.optional(fraction),
    }),
  ),
  /** Steps between two settings of τ, and what the cycle loss counts (`r2d-c`). */
  confidence: v.optional(v.strictObject({ window: positive })),
  cycle: v.optional(v.strictObject({ weight: v.pipe(v.number(), v.minValue(0)) })),
  optimizer: v.strictObject({
    kind: v.picklist(['adafactor', 'adamw']),
    learningRate: v.pipe(v.number(), v.minValue(0)),
    warmUpSteps: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 100),
    flatFraction: v.optional(fraction, 0.3),
    weightDecay: v.optional(v.pipe(v.number(), v.minValue(0)), 0),
    clipNorm: v.optional(v.pipe(v.number(), v.minValue(0)), 1),
  }),
  batchSize: positive,
  /** Batches smaller than this many examples are run one after another and their gradients added: less memory, same step. */
  microBatchSize: v.optional(positive),
  dropout: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(0.9))),
  inputTokens: v.pipe(positive, v.minValue(fewestInputTokens)),
  rationaleTokens: positive,
  /** Learning to quote before everything else, from words thrown together. */
  quoting: v.optional(stageSchema),
  /** Left out for the objectives that have no rationale stage. */
  stage1: v.optional(stageSchema),
  stage2: stageSchema,
  checkpointEvery: positive,
});

/** All that a training run is told; paths are absolute. */
export type TrainingConfiguration = v.InferOutput<typeof schema>;
export type DataSource = v.InferOutput<typeof sourceSchema>;
export type StageConfiguration = v.InferOutput<typeof stageSchema>;

/**
 * Reads a training configuration in YAML. Its relative paths count from the file's folder.
 *
 * @throws UserError naming the field that is wrong.
 */
export async function readTrainingConfiguration(path: string): Promise<TrainingConfiguration> {
  return checkTrainingConfiguration(await readYaml(path), path);
}

/** @throws UserError when the file cannot be read or is not YAML. */
export async function readYaml(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    switch (errorCode(error)) {
      case 'ENOENT':
      case 'ENOTDIR':
        throw new UserError(`${path}: there is no such configuration file.`);
      case 'EISDIR':
        throw new UserError(`${path}: this is a folder; name the configuration file in it.`);
      default:
        throw error;
    }
  }
  try {
    return parse(text);
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '').replace(/[:.]$/, '') : '';
    throw new UserError(`${path}: this is not YAML: ${reason}.`);
  }
}

/** @param path names the settings in errors, and is where their relative paths count from. */
export function checkTrainingConfiguration(settings: unknown, path: string): TrainingConfiguration {
  const configuration = checkSettings(schema, settings, path);
  const { from, architecture, tokenizer } = configuration.model;
  const whole = architecture !== undefined && tokenizer !== undefined;
  const none = architecture === undefined && tokenizer === undefined;
  if (from === undefined ? !whole : !none) {
    throw new UserError(`${path}: model needs either from, or both architecture and tokenizer.`);
  }
  checkSampling(configuration, path);
  const absolute = (relative: string) => resolve(dirname(path), relative);
  const source = (item: DataSource) => resolveSource(item, path);
  return {
    ...configuration,
    model: { ...configuration.model, ...(from === undefined ? {} : { from: absolute(from) }) },
    run: absolute(configuration.run),
    output: absolute(configuration.output),
    data: {
      ...configuration.data,
      training: configuration.data.training.map(source),
      validation: configuration.data.validation.map(source),
    },
  };
}

/** A source whose file counts from the folder of `path`. */
export function resolveSource(source: DataSource, path: string): DataSource {
  const absolute = (relative: string) => resolve(dirname(path), relative);
  if ('file' in source) return { ...source, file: absolute(source.file) };
  if ('ktas' in source) return { ...source, ktas: absolute(source.ktas) };
  if ('pubmedqa' in source) return { ...source, pubmedqa: absolute(source.pubmedqa) };
  return 'medreason' in source ? { ...source, medreason: absolute(source.medreason) } : source;
}

/** @throws UserError when a setting of the explain prompts' labels is given to an objective that has no use for it. */
function checkSampling({ objective, sampling, confidence, cycle }: TrainingConfiguration, path: string): void {
  const refuse = (problem: string) => new UserError(`${path}: ${problem}.`);
  if (sampling !== undefined && (objective === 'sft' || objective === 'dss')) {
    throw refuse(`sampling: ${objective} never gives a rationale a label; remove it, or choose r2d or r2d-c`);
  }
  const { labels = 'scheduled', schedule, cap } = sampling ?? {};
  if (labels !== 'scheduled' && (schedule ?? cap) !== undefined) {
    throw refuse(`sampling: with labels: ${labels} nothing is scheduled; remove schedule and cap`);
  }
  if (labels === 'predicted' && objective === 'r2d-c') {
    throw refuse('sampling.labels: r2d-c chooses by confidence; use scheduled or gold, or objective: r2d');
  }
  for (const [name, value] of Object.entries({ confidence, cycle })) {
    if (value !== undefined && objective !== 'r2d-c') {
      throw refuse(`${name}: only the objective r2d-c has one; remove it, or choose r2d-c`);
    }
  }
}

/** @throws UserError naming the first setting that is not as the schema has it. */
export function checkSettings<S extends v.GenericSchema>(schema: S, settings: unknown, path: string): v.InferOutput<S> {
  const result = v.safeParse(schema, settings);
  if (result.success) return result.output;
  const issue = result.issues[0];
  const field = issue.path?.map((item) => String(item.key)).join('.') ?? 'the file';
  throw new UserError(`${path}: ${field}: ${describe(issue)}.`);
}

function describe({ expected, received, message }: v.BaseIssue<unknown>): string {
  if (expected === 'never') return 'there is no such setting; correct its name or remove it';
  return received === 'undefined' ? 'this setting is missing' : message;
}
