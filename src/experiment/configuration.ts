import { resolve } from 'node:path';
import * as v from 'valibot';
import {
  checkSettings,
  checkTrainingConfiguration,
  type DataSource,
  readYaml,
  resolveSource,
  sourceSchema,
  type TrainingConfiguration,
} from '../training/index.ts';

const name = v.pipe(v.string(), v.regex(/^[\w-]+$/, 'must be made of letters, digits, _ and -'));
const settings = v.record(v.string(), v.unknown());
const several = <T extends v.GenericSchema>(value: T) =>
  v.pipe(
    v.record(name, value),
    v.check((record) => Object.keys(record).length > 0, 'names none'),
  );

const schema = v.strictObject({
  /** What the table is called, and what it is to tell. */
  title: v.string(),
  /** Where its runs are kept. */
  runs: v.string(),
  seeds: v.pipe(v.array(v.pipe(v.number(), v.integer())), v.minLength(1)),
  /** A training configuration without `run`, `output`, `seed`, and the model's id and version. */
  base: settings,
  /** What each variant has otherwise; a setting of `null` is left out. */
  variants: several(v.nullable(settings)),
  /** What each trained model is asked about. */
  tests: several(v.pipe(v.array(sourceSchema), v.minLength(1))),
});

/** One training run of an experiment. */
export interface PlannedRun {
  readonly variant: string;
  readonly seed: number;
  /** Holds the run, its model and its result. */
  readonly folder: string;
  readonly configuration: TrainingConfiguration;
}

export interface Experiment {
  readonly title: string;
  readonly runs: readonly PlannedRun[];
  readonly tests: Readonly<Record<string, readonly DataSource[]>>;
}

/**
 * Reads an experiment in YAML: variants of one training configuration, each trained with several seeds and asked about the
 * same tests. Its relative paths count from the file's folder.
 *
 * @throws UserError naming the setting that is wrong.
 */
export async function readExperiment(path: string): Promise<Experiment> {
  const { title, runs, seeds, base, variants, tests } = checkSettings(schema, await readYaml(path), path);
  const plan = (variant: string, changes: Settings, seed: number): PlannedRun => {
    const folder = resolve(path, '..', runs, variant, `seed-${seed}`);
    const own = {
      model: { id: `${variant}-${seed}`, version: '0' },
      run: `${folder}/run`,
      output: `${folder}/model`,
      seed,
    };
    const configuration = checkTrainingConfiguration(merged(merged(base, changes), own), path);
    return { variant, seed, folder, configuration };
  };
  const resolved = Object.entries(tests).map(([test, sources]): [string, DataSource[]] => [
    test,
    sources.map((source) => resolveSource(source, path)),
  ]);
  return {
    title,
    // Seed by seed, so that an interrupted experiment has as many of one variant as of another.
    runs: seeds.flatMap((seed) =>
      Object.entries(variants).map(([variant, changes]) => plan(variant, changes ?? {}, seed)),
    ),
    tests: Object.fromEntries(resolved),
  };
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
