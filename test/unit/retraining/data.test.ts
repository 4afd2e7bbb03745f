import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Example, writeExamples } from '../../../src/dataset/index.ts';
import { frozenSet } from '../../../src/retraining/frozen-set.ts';
import { textKey } from '../../../src/retraining/index.ts';
import { cook } from '../../../src/retraining/recipe.ts';
import { makeReplay } from '../../../src/retraining/replay.ts';
import { temporaryFolder } from '../corrections/decisions.ts';
import { userErrorOf } from '../user-error.ts';
import { LABELS } from './corrections.ts';

const recipe = [
  { count: 30, seed: 1, styles: ['line'] as const },
  { count: 10, seed: 1, styles: ['record'] as const },
];
const frozenOptions = { recipe, labels: LABELS, examples: 20, rationales: 3 };

async function examplesFile(examples: readonly Pick<Example, 'question' | 'label'>[]): Promise<string> {
  const file = join(temporaryFolder(), 'examples.jsonl');
  await writeExamples(
    file,
    examples.map((example) => ({ rationale: '', ...example })),
  );
  return file;
}

describe('replay', () => {
  it('has the sources of the recipe in their shares, and no note that the recipe itself made', () => {
    const notes = cook(recipe, 20, 500);
    expect(notes.map(({ style }) => style)).toEqual([...Array(15).fill('line'), ...Array(5).fill('record')]);
    const original = new Set(cook(recipe, 40, 1).map(({ question }) => question));
    expect(notes.filter(({ question }) => original.has(question))).toEqual([]);
  });

  it("shows the user's examples beside it, but none that the model will be asked about", async () => {
    const file = await examplesFile([
      { question: 'chest pain, HR 80', label: 'urgent' },
      { question: 'Cut  finger', label: 'non-urgent' },
    ]);
    const options = { recipe, labels: LABELS, count: 5, seed: 1, files: [file] };
    const replay = await makeReplay({ ...options, held: new Set([textKey('cut finger')]) });
    expect(replay).toHaveLength(6);
    expect(replay.at(-1)?.question).toBe('chest pain, HR 80');
  });

  it('is asked for as a file where the generator writes nothing for the labels', async () => {
    const labels = LABELS.slice(0, 2).map((label) => ({ ...label, text: `answer ${label.level}` }));
    const options = { recipe, labels, count: 5, seed: 1, held: new Set<string>() };
    expect(await userErrorOf(() => makeReplay({ ...options, files: [] }))).toContain('--examples');
    const file = await examplesFile([{ question: 'does it help?', label: 'answer 1' }]);
    expect((await makeReplay({ ...options, files: [file] })).map(({ label }) => label)).toEqual(['answer 1']);
  });
});

describe('the frozen evaluation set', () => {
  it('is made once, asks for few rationales, and stays the same whatever is asked for later', async () => {
    const registry = temporaryFolder();
    const first = await frozenSet(registry, frozenOptions);
    expect(first.examples).toBe(20);
    expect(first.examplesOf.filter(({ rationale }) => rationale !== '')).toHaveLength(3);
    const content = readFileSync(first.file);
    const second = await frozenSet(registry, { ...frozenOptions, examples: 50, recipe: recipe.slice(1) });
    expect(second.sha256).toBe(first.sha256);
    expect(readFileSync(first.file)).toEqual(content);
    // Another registry of the same recipe freezes the same notes.
    expect((await frozenSet(temporaryFolder(), frozenOptions)).sha256).toBe(first.sha256);
  });

  it('is refused when someone changed it', async () => {
    const registry = temporaryFolder();
    const { file } = await frozenSet(registry, frozenOptions);
    appendFileSync(file, '{"question":"chest pain","label":"urgent"}\n');
    expect(await userErrorOf(() => frozenSet(registry, frozenOptions))).toContain('has changed');
  });

  it("can be the user's own examples, but is not replaced by them later", async () => {
    const from = await examplesFile([{ question: 'chest pain', label: 'urgent' }]);
    const registry = temporaryFolder();
    expect((await frozenSet(registry, { ...frozenOptions, from })).examples).toBe(1);
    expect((await frozenSet(registry, { ...frozenOptions, from })).examples).toBe(1);
    const synthetic = temporaryFolder();
    await frozenSet(synthetic, frozenOptions);
    expect(await userErrorOf(() => frozenSet(synthetic, { ...frozenOptions, from }))).toContain('another registry');
  });
});
