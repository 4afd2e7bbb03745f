import { createHash } from 'node:crypto';
import { isAbsolute, relative, resolve } from 'node:path';
import * as v from 'valibot';
import { UserError } from '../common/index.ts';
import { ACUITY_TEXTS } from '../dataset/index.ts';
import {
  checkSettings,
  checkTrainingConfiguration,
  type DataSource,
  readYaml,
  resolveSource,
  sourceSchema,
  type TrainingConfiguration,
} from '../training/index.ts';
import { MEASURE_NAMES } from './measures.ts';

const name = v.pipe(v.string(), v.regex(/^[\w-]+$/, 'must be made of letters, digits, _ and -'));
const settings = v.record(v.string(), v.unknown());
const several = <T extends v.GenericSchema>(value: T) =>
  v.pipe(
    v.record(name, value),
    v.check((record) => Object.keys(record).length > 0, 'names none'),
  );
const names = v.pipe(v.array(name), v.minLength(1));
const sources = v.pipe(v.array(sourceSchema), v.minLength(1));

const claimSchema = v.strictObject({
  /** The sentence that the claim is. */
  says: v.string(),
  /** The two variants, and how the first compares with the second. */
  of: name,
  is: v.picklist(['better', 'no worse', 'alike']),
  than: name,
  /** How much worse, or how far apart, they may be. */
  within: v.optional(v.pipe(v.number(), v.minValue(0))),
  measure: v.picklist(MEASURE_NAMES),
  test: name,
});

const tableSchema = v.strictObject({
  title: v.string(),
  variants: names,
  tests: names,
});

const schema = v.strictObject({
  /** What the experiment is called, and what it is to tell. */
  title: v.string(),
  /** Where its runs are kept: logs, checkpoints and models. */
  runs: v.string(),
  /** Where the runs' results are kept, small files to go into the history with the experiment; left out, beside the runs. */
  results: v.optional(v.string()),
  seeds: v.pipe(
    v.array(v.pipe(v.number(), v.integer())),
    v.minLength(1),
    v.check((seeds) => new Set(seeds).size === seeds.length, 'names a seed twice'),
  ),
  /** The folder of the encoder that BERTScore is computed with, the same for all runs; left out, there is none. */
  encoder: v.optional(v.string()),
  /** A training configuration without `run`, `output`, `seed`, and the model's id and version. */
  base: settings,
  /** What each variant has otherwise; a setting of `null` is left out. */
  variants: several(v.nullable(settings)),
  /** What trained models with these labels are asked about: the acuity levels, or the labels named. */
  tests: several(
    v.union(
      [sources, v.strictObject({ labels: v.pipe(v.array(v.string()), v.minLength(2)), examples: sources })],
      'give a list of sources, or {labels: […], examples: […]}',
    ),
  ),
  /** Which variants are asked which tests, and stand beside each other; left out, all are asked all. */
  tables: v.optional(v.pipe(v.array(tableSchema), v.minLength(1))),
  /** What the figures are to decide. */
  claims: v.optional(v.array(claimSchema)),
});

export type Claim = v.InferOutput<typeof claimSchema>;
export type TableLayout = v.InferOutput<typeof tableSchema>;

/** One training run of an experiment. */
export interface PlannedRun {
  readonly variant: string;
  readonly seed: number;
  /** Holds the run and its model. */
  readonly folder: string;
  readonly resultFile: string;
  readonly configuration: TrainingConfiguration;
  /** SHA-256 of its settings, wherever it lies. */
  readonly identity: string;
  /** The tests that it is asked: those of its tables and claims that have its labels. */
  readonly tests: readonly ExperimentTest[];
}

/** Examples that models with these labels are asked about. */
export interface ExperimentTest {
  readonly name: string;
  readonly labels: readonly string[];
  readonly sources: readonly DataSource[];
  /** SHA-256 of what is asked, and with what encoder, wherever they lie. */
  readonly identity: string;
}

export interface Experiment {
  /** Its file, without folder. */
  readonly file: string;
  readonly title: string;
  readonly runs: readonly PlannedRun[];
  readonly tests: readonly ExperimentTest[];
  readonly encoder: string | undefined;
  readonly tables: readonly TableLayout[];
  readonly claims: readonly Claim[];
}

/**
 * Reads an experiment in YAML: variants of one training configuration, each trained with several seeds and asked about the
 * same tests. Its relative paths count from the file's folder.
 *
 * @throws UserError naming the setting that is wrong.
 */
export async function readExperiment(path: string): Promise<Experiment> {
  const read = checkSettings(schema, await readYaml(path), path);
  const { title, runs, results = runs, seeds, base, variants } = read;
  const home = resolve(path, '..');
  const absolute = (place: string) => resolve(home, place);
  const tests = Object.entries(read.tests).map(([test, asked]): ExperimentTest => {
    const { labels, examples } = Array.isArray(asked) ? { labels: ACUITY_TEXTS, examples: asked } : asked;
    const resolved = examples.map((source) => resolveSource(source, path));
    return { name: test, labels, sources: resolved, identity: identityOf([labels, resolved, read.encoder], home) };
  });
  const claims = read.claims ?? [];
  const tables = read.tables ?? [{ title: '', variants: Object.keys(variants), tests: Object.keys(read.tests) }];
  requireKnown(
    'variant',
    Object.keys(variants),
    [...tables.flatMap((t) => t.variants), ...claims.flatMap((c) => [c.of, c.than])],
    path,
  );
  requireKnown(
    'test',
    Object.keys(read.tests),
    [...tables.flatMap((t) => t.tests), ...claims.map(({ test }) => test)],
    path,
  );
  const plan = (variant: string, changes: Settings, seed: number): PlannedRun => {
    const folder = absolute(`${runs}/${variant}/seed-${seed}`);
    const own = {
      model: { id: `${variant}-${seed}`, version: '0' },
      run: `${folder}/run`,
      output: `${folder}/model`,
      seed,
    };
    const configuration = checkTrainingConfiguration(merged(merged(base, changes), own), path);
    const { run: _, output: __, ...identifying } = configuration;
    const asked = testsOf(variant, configuration.data.labels ?? ACUITY_TEXTS, tests, tables, claims);
    const resultFile = absolute(`${results}/${variant}/seed-${seed}/result.json`);
    return { variant, seed, folder, resultFile, configuration, identity: identityOf(identifying, home), tests: asked };
  };
  return {
    file: relative(home, path),
    title,
    // Seed by seed, so that an interrupted experiment has as many of one variant as of another.
    runs: seeds.flatMap((seed) =>
      Object.entries(variants).map(([variant, changes]) => plan(variant, changes ?? {}, seed)),
    ),
    tests,
    encoder: read.encoder === undefined ? undefined : absolute(read.encoder),
    tables,
    claims,
  };
}

function testsOf(
  variant: string,
  labels: readonly string[],
  tests: readonly ExperimentTest[],
  tables: readonly TableLayout[],
  claims: readonly Claim[],
): ExperimentTest[] {
  const wanted = new Set([
    ...tables.filter(({ variants }) => variants.includes(variant)).flatMap((table) => table.tests),
    ...claims.filter(({ of, than }) => [of, than].includes(variant)).map(({ test }) => test),
  ]);
  return tests.filter((test) => wanted.has(test.name) && test.labels.join('\n') === labels.join('\n'));
}

function requireKnown(kind: string, known: readonly string[], used: readonly string[], path: string): void {
  const unknown = used.find((each) => !known.includes(each));
  if (unknown === undefined) return;
  throw new UserError(`${path}: there is no ${kind} "${unknown}"; use one of ${known.join(', ')}.`);
}

/** The hash of settings, with paths as they count from the experiment's folder. */
function identityOf(value: unknown, home: string): string {
  const text = JSON.stringify(value, (_, item) =>
    typeof item === 'string' && isAbsolute(item) ? relative(home, item) : item,
  );
  return createHash('sha256').update(text).digest('hex');
}

type Settings = Readonly<Record<string, unknown>>;

/** The settings with changes laid over them; lists are replaced, and `null` takes a setting away. */
function merged(settings: Settings, changes: Settings): Settings {
  const result: Record<string, unknown> = { ...settings };
  for (const [key, change] of Object.entries(changes)) {
    const before = result[key];
    if (change === null) delete result[key];
    else result[key] = isSettings(change) && isSettings(before) ? merged(before, change) : change;
  }
  return result;
}

function isSettings(value: unknown): value is Settings {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
