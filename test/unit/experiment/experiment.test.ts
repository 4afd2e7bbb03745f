import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { ProcessLock } from '../../../src/common/index.ts';
import {
  type ExperimentOptions,
  type PlannedRun,
  readExperiment,
  readResults,
  reportExperiment,
  resultsPage,
  runExperiment,
} from '../../../src/experiment/index.ts';
import { tinyConfiguration } from '../training/tiny.ts';
import { userErrorOf } from '../user-error.ts';

const { model, run: _run, output: _output, seed: _seed, ...tiny } = tinyConfiguration('/nowhere');
const { id: _id, version: _version, ...architecture } = model;
const settings = {
  title: 'Tiny models',
  runs: 'runs',
  seeds: [1, 2],
  base: { model: architecture, ...tiny, stage2: { maxSteps: 4, evaluateEvery: 4 } },
  variants: {
    both: { stage1: { maxSteps: 2, evaluateEvery: 2 } },
    'labels-alone': { objective: 'sft', stage1: null },
    sides: {
      data: { labels: ['left', 'right'], training: [{ file: 'sides.jsonl' }], validation: [{ file: 'sides.jsonl' }] },
      stage1: null,
    },
  },
  tests: {
    notes: [{ synthetic: { count: 6, seed: 9 } }],
    sides: { labels: ['left', 'right'], examples: [{ file: 'sides.jsonl' }] },
  },
  tables: [
    { title: 'Notes', variants: ['both', 'labels-alone'], tests: ['notes'] },
    { title: 'Sides', variants: ['sides', 'both'], tests: ['sides', 'notes'] },
  ],
  claims: [
    { says: 'Rationales help.', of: 'both', is: 'better', than: 'labels-alone', measure: 'macroF1', test: 'notes' },
    {
      says: 'Sides are easy.',
      of: 'sides',
      is: 'alike',
      than: 'sides',
      within: 0.01,
      measure: 'accuracy',
      test: 'sides',
    },
  ],
};

let folder = '';
let file = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'experiment-'));
  file = join(folder, 'tiny.yaml');
  await writeFile(file, stringify(settings));
  const sides = ['left', 'right'].map((label) => JSON.stringify({ question: `the ${label} side`, label }));
  await writeFile(join(folder, 'sides.jsonl'), `${sides.join('\n')}\n`);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const begun: string[] = [];
const options = (changes: Partial<ExperimentOptions> = {}): ExperimentOptions => ({
  device: 'cpu',
  onRun: ({ variant, seed }: PlannedRun) => void begun.push(`${variant} ${seed}`),
  onRecord: () => undefined,
  ...changes,
});

describe('an experiment', () => {
  it('lays each variant over the base, for each seed', async () => {
    const { runs } = await readExperiment(file);
    expect(runs.map(({ variant, seed }) => `${variant} ${seed}`)).toEqual([
      ...['both 1', 'labels-alone 1', 'sides 1'],
      ...['both 2', 'labels-alone 2', 'sides 2'],
    ]);
    const [both, labels] = runs;
    expect(both?.configuration).toMatchObject({ seed: 1, objective: 'r2d', stage1: { maxSteps: 2 }, batchSize: 8 });
    expect(both?.configuration.stage2).toEqual({ maxSteps: 4, evaluateEvery: 4 });
    expect(labels?.configuration).toMatchObject({ objective: 'sft', batchSize: 8 });
    expect(labels?.configuration).not.toHaveProperty('stage1');
  });

  it('of which nothing is done says so, and claims nothing', async () => {
    const experiment = await readExperiment(file);
    const page = resultsPage([{ experiment, results: await readResults(experiment) }]);
    expect(page).toContain('Not run yet: 0 of 6 runs');
    expect(page).toContain('| not run yet (0 of 2 seeds) |');
    expect(page).toContain('**Not run yet:** 2 of 2');
    expect(page).toContain('**Holds at this size:** 0 of 2');
  });

  it('is left where it stands when a sitting is over, and goes on in the next', async () => {
    const experiment = await readExperiment(file);
    let sitting = 2;
    const results = await runExperiment(experiment, options({ goOn: () => sitting-- > 0 }));
    expect(results.map(({ variant, seed }) => `${variant} ${seed}`)).toEqual(['both 1', 'labels-alone 1']);
    const report = reportExperiment(experiment, results);
    expect(report).toContain('2 of 6 runs');
    expect(report).toContain('| both | 1 of 2 |');
    expect(report).toContain('| sides | not run yet |');
    expect(resultsPage([{ experiment, results }])).toContain('| not run yet (1 of 2 seeds) |');
    expect(begun).toEqual(['both 1', 'labels-alone 1']);
  });

  it('leaves a run that another process works on to it', async () => {
    const experiment = await readExperiment(file);
    const folderOf = (name: string) => experiment.runs.find(({ variant }) => variant === name)?.folder ?? '';
    await mkdir(folderOf('sides'), { recursive: true });
    const other = ProcessLock.acquire(join(folderOf('sides'), 'run.lock'));
    await runExperiment(experiment, options());
    expect(begun.slice(2)).toEqual(['both 2', 'labels-alone 2', 'sides 2']);

    other?.release();
    await runExperiment(experiment, options());
    expect(begun.slice(5)).toEqual(['sides 1']);
  });

  it('asks each model about the tests that have its labels, and only what it has learnt', async () => {
    const experiment = await readExperiment(file);
    const results = await readResults(experiment);
    const of = (variant: string) => results.find((each) => each.variant === variant);
    expect(results).toHaveLength(6);
    expect(Object.keys(of('both')?.tests ?? {})).toEqual(['notes']);
    expect(Object.keys(of('sides')?.tests ?? {})).toEqual(['sides']);
    expect(of('both')).toMatchObject({ explains: true, steps: 6 });
    expect(of('both')?.tests.notes?.evaluation).toMatchObject({ n: 6, bleu: expect.any(Number) });
    expect(of('labels-alone')?.tests.notes?.evaluation).toMatchObject({ n: 6, bleu: null });
    // Its examples have no rationale, so though its objective would teach them, it has learnt none.
    expect(of('sides')).toMatchObject({ explains: false });
    expect(await readdir(experiment.runs[0]?.configuration.run ?? '')).not.toContain('checkpoints');
  });

  it('that is done is not done again, and its claims are judged', async () => {
    const experiment = await readExperiment(file);
    const before = begun.length;
    const results = await runExperiment(experiment, options());
    expect(begun).toHaveLength(before);
    const report = reportExperiment(experiment, results);
    expect(report).toContain('| labels-alone | 2 of 2 |');
    expect(report).toContain('6 of 6 runs');
    const page = resultsPage([{ experiment, results }]);
    // A variant does not differ from itself.
    expect(page).toMatch(
      /sides and sides alike \(within 0\.01\): accuracy, sides \| \+0\.000 ± 0\.000 \| \*\*holds\*\*/,
    );
    expect(page).toContain('**Not run yet:** 0 of 2');
  });

  it('is asked a new test, or one that has changed, without training again', async () => {
    const changed = join(folder, 'changed.yaml');
    const tests = {
      ...settings.tests,
      notes: [{ synthetic: { count: 4, seed: 9 } }],
      more: [{ synthetic: { count: 3, seed: 8 } }],
    };
    const tables = [{ title: '', variants: ['both'], tests: ['notes', 'more'] }];
    await writeFile(changed, stringify({ ...settings, tests, tables }));
    const experiment = await readExperiment(changed);
    expect((await readResults(experiment))[0]?.tests).toEqual({});
    const trained: unknown[] = [];
    const results = await runExperiment(experiment, options({ onRecord: (record) => void trained.push(record) }));
    expect(trained).toEqual([]);
    expect(results[0]?.tests.notes?.evaluation.n).toBe(4);
    expect(results[0]?.tests.more?.evaluation.n).toBe(3);
  });

  it('keeps its results apart where it is told to, and has them when the runs are gone', async () => {
    const apart = join(folder, 'apart.yaml');
    await writeFile(apart, stringify({ ...settings, runs: 'runs-apart', results: 'results', seeds: [1] }));
    const results = await runExperiment(await readExperiment(apart), options());
    await rm(join(folder, 'runs-apart'), { recursive: true });
    expect(await readResults(await readExperiment(apart))).toEqual(results);
    begun.length = 0;
    expect(await runExperiment(await readExperiment(apart), options())).toEqual(results);
    expect(begun).toEqual([]);
  });

  it('whose settings changed since a run was done is refused, and so is a damaged result', async () => {
    const other = join(folder, 'other.yaml');
    await writeFile(other, stringify({ ...settings, base: { ...settings.base, batchSize: 4 } }));
    const experiment = await readExperiment(other);
    expect(await userErrorOf(() => readResults(experiment))).toMatch(
      /result\.json: this run was made with other settings/,
    );
    const [run] = (await readExperiment(file)).runs;
    await writeFile(join(run?.folder ?? '', 'result.json'), '{"variant":');
    expect(await userErrorOf(async () => readResults(await readExperiment(file)))).toMatch(/damaged/);
  });

  it('with a setting that is wrong is refused by its name', async () => {
    const bad = join(folder, 'bad.yaml');
    const refusal = async (changes: object) => {
      await writeFile(bad, stringify({ ...settings, ...changes }));
      return userErrorOf(() => readExperiment(bad));
    };
    const [claim] = settings.claims;
    expect(await refusal({ seeds: [] })).toMatch(/bad\.yaml: seeds: /);
    expect(await refusal({ seeds: [1, 1] })).toMatch(/bad\.yaml: seeds: .*twice/);
    expect(await refusal({ variants: {} })).toMatch(/bad\.yaml: variants: /);
    expect(await refusal({ variants: { 'a/b': {} } })).toMatch(/variants/);
    expect(await refusal({ variants: { ...settings.variants, odd: { batchSize: 0 } } })).toMatch(
      /bad\.yaml: batchSize: /,
    );
    expect(await refusal({ claims: [{ ...claim, than: 'dss' }] })).toMatch(/no variant "dss"/);
    expect(await refusal({ claims: [{ ...claim, test: 'exam' }] })).toMatch(/no test "exam"/);
    expect(await refusal({ claims: [{ ...claim, measure: 'beauty' }] })).toMatch(/claims\.0\.measure: /);
    expect(await refusal({ tables: [{ title: 'x', variants: ['dss'], tests: ['notes'] }] })).toMatch(
      /no variant "dss"/,
    );
  });
});
