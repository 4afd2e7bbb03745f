import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { type PlannedRun, readExperiment, reportExperiment, runExperiment } from '../../../src/experiment/index.ts';
import { meanInterval } from '../../../src/experiment/report.ts';
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
  },
  tests: { notes: [{ synthetic: { count: 6, seed: 9 } }] },
};

let folder = '';
let file = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'experiment-'));
  file = join(folder, 'tiny.yaml');
  await writeFile(file, stringify(settings));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('an experiment', () => {
  it('lays each variant over the base, for each seed', async () => {
    const { runs } = await readExperiment(file);
    expect(runs.map(({ variant, seed }) => `${variant} ${seed}`)).toEqual([
      ...['both 1', 'labels-alone 1'],
      ...['both 2', 'labels-alone 2'],
    ]);
    const [both, labels] = runs;
    expect(both?.configuration).toMatchObject({ seed: 1, objective: 'r2d', stage1: { maxSteps: 2 }, batchSize: 8 });
    expect(both?.configuration.stage2).toEqual({ maxSteps: 4, evaluateEvery: 4 });
    expect(labels?.configuration).toMatchObject({ objective: 'sft', batchSize: 8 });
    expect(labels?.configuration).not.toHaveProperty('stage1');
  });

  it('is trained and asked, and not done again', async () => {
    const experiment = await readExperiment(file);
    const begun: PlannedRun[] = [];
    const options = {
      device: 'cpu' as const,
      onRun: (run: PlannedRun) => void begun.push(run),
      onRecord: () => undefined,
    };
    const results = await runExperiment(experiment, options);
    expect(begun).toHaveLength(4);
    expect(results.map(({ tests }) => tests.notes?.n)).toEqual([6, 6, 6, 6]);
    expect(results[0]?.tests.notes?.bleu).toBeTypeOf('number');
    expect(results[1]?.tests.notes?.bleu).toBeNull();
    expect(await runExperiment(experiment, options)).toEqual(results);
    expect(begun).toHaveLength(4);
    await rm(join(experiment.runs[3]?.folder ?? '', 'result.json'));
    const again = await runExperiment(experiment, options);
    expect(begun.at(-1)).toMatchObject({ variant: 'labels-alone', seed: 2 });
    expect(again[3]?.tests).toEqual(results[3]?.tests);
    const report = reportExperiment(experiment, results);
    expect(report).toContain('| labels-alone | 2 |');
    expect(report).toContain('4 of 4 runs');
  });

  it('with a setting that is wrong is refused by its name', async () => {
    const bad = join(folder, 'bad.yaml');
    const refusal = async (changes: object) => {
      await writeFile(bad, stringify({ ...settings, ...changes }));
      return userErrorOf(() => readExperiment(bad));
    };
    expect(await refusal({ seeds: [] })).toMatch(/bad\.yaml: seeds: /);
    expect(await refusal({ variants: {} })).toMatch(/bad\.yaml: variants: /);
    expect(await refusal({ variants: { 'a/b': {} } })).toMatch(/variants/);
    expect(await refusal({ variants: { odd: { batchSize: 0 } } })).toMatch(/bad\.yaml: batchSize: /);
  });
});

it('the interval of a mean is Student’s', () => {
  // Mean 2, standard deviation 1, three values: 4.303 / √3.
  const { mean, half } = meanInterval([1, 2, 3]);
  expect(mean).toBe(2);
  expect(half).toBeCloseTo(4.303 / Math.sqrt(3), 6);
  expect(meanInterval([5]).half).toBeUndefined();
});
