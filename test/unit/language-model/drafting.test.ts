import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Example, readExamples } from '../../../src/dataset/index.ts';
import { groundedNumbers } from '../../../src/evaluation/index.ts';
import { type DraftingOptions, draftRationales, type LanguageModel } from '../../../src/language-model/index.ts';
import { userErrorOf } from '../user-error.ts';
import { chatServer, json, modelAt, notePart } from './chat-server.ts';

const note = (n: number) => `Zacharias, cough for ${n} days, SpO2 91%`;
const example = (n: number, changes: Partial<Example> = {}): Example => ({
  question: note(n),
  label: 'emergent',
  rationale: '',
  id: `n${n}`,
  ...changes,
});
const grounded = 'SpO2 91% is low, so the patient is emergent.';

function outFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'reason2decide-drafts-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'drafts.jsonl');
}

async function* streamed(examples: readonly Example[]): AsyncGenerator<Example, void, undefined> {
  yield* examples;
}

const draft = (
  model: LanguageModel,
  examples: readonly Example[],
  options: Partial<DraftingOptions> & { out: string },
) => draftRationales(model, streamed(examples), { groundedNumbers, ...options });

async function read(file: string): Promise<Example[]> {
  const examples: Example[] = [];
  for await (const found of readExamples(file)) examples.push(found);
  return examples;
}

const lines = (file: string) =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('drafting', () => {
  it('gives the reason to the notes that have none, and says whose it is', async () => {
    const server = await chatServer(() => `<think>Hm, 12 things.</think>\n**Rationale:** "${grounded}"`);
    const out = outFile();
    const own = example(2, { rationale: 'The nurse wrote it.', rationale_source: 'nurse' });
    const report = await draft(modelAt(server.endpoint), [example(1), own], { out });
    expect(report).toMatchObject({ drafted: 1, needless: 1, rejected: 0 });
    expect(lines(out)).toEqual([
      { ...example(1), rationale: grounded, rationale_source: 'llm', rationale_model: 'tester' },
    ]);
    expect((await read(out))[0]?.rationale_source).toBe('llm');
    const prompt = server.questions[0]?.body.messages ?? [];
    expect(notePart(prompt[1]?.content ?? '')).toBe(note(1));
    expect(prompt[1]?.content).toContain('The label: emergent');
  });

  it('copies the others where the file is to be the whole data set, once', async () => {
    const server = await chatServer(() => grounded);
    const out = outFile();
    const own = example(2, { rationale: 'The nurse wrote it.', rationale_source: 'nurse' });
    for (let run = 0; run < 2; run++)
      await draft(modelAt(server.endpoint), [own, example(1)], { out, copyOthers: true });
    expect((await read(out)).map(({ rationale_source: source }) => source)).toEqual(['nurse', 'llm']);
    expect(server.questions).toHaveLength(1);
  });

  it('never asks again for what is done, whatever stopped it', async () => {
    let failing = false;
    const server = await chatServer((_, response) => {
      if (!failing) return grounded;
      json(response, 401, {});
      return undefined;
    });
    const out = outFile();
    const examples = Array.from({ length: 9 }, (_, n) => example(n));
    const stop = new AbortController();
    const stopped = draft(modelAt(server.endpoint), examples, {
      out,
      concurrency: 2,
      signal: stop.signal,
      onProgress: ({ drafted }) => drafted === 3 && stop.abort(new Error('enough')),
    });
    await expect(stopped).rejects.toThrow('enough');
    failing = true;
    expect(await userErrorOf(() => draft(modelAt(server.endpoint), examples, { out }))).toMatch(/key/);
    failing = false;
    const done = lines(out).length;
    const before = server.questions.length;
    const report = await draft(modelAt(server.endpoint), examples, { out });
    expect(report).toMatchObject({ drafted: 9 - done, alreadyDone: done });
    expect(server.questions.length - before).toBe(9 - done);
    expect(new Set(lines(out).map(({ id }) => id)).size).toBe(9);
    expect(lines(out)).toHaveLength(9);
  });

  it('asks for a note once, however often it stands in the data', async () => {
    const server = await chatServer(() => grounded);
    const out = outFile();
    await draft(modelAt(server.endpoint), [example(1), example(1), example(1, { label: 'urgent' })], { out });
    expect(server.questions).toHaveLength(2);
  });

  it('keeps to its limit of questions at once', async () => {
    const together = Promise.withResolvers<void>();
    let arrived = 0;
    // Nobody is answered before three have asked.
    const server = await chatServer(async () => {
      if (++arrived === 3) together.resolve();
      await together.promise;
      return grounded;
    });
    const examples = Array.from({ length: 12 }, (_, n) => example(n));
    await draft(modelAt(server.endpoint), examples, { out: outFile(), concurrency: 3 });
    expect(server.mostAtOnce()).toBe(3);
  });
});

describe('a draft with a number that does not stand in the note', () => {
  it('is sent back once, and taken when it is mended', async () => {
    const server = await chatServer(({ body }) => (body.messages.length > 2 ? grounded : 'SpO2 85% is low.'));
    const out = outFile();
    expect(await draft(modelAt(server.endpoint), [example(1)], { out })).toMatchObject({ drafted: 1 });
    expect(lines(out)[0].rationale).toBe(grounded);
    expect(server.questions).toHaveLength(2);
  });

  it('is rejected when it is not, without its text, and not asked for again', async () => {
    const server = await chatServer(() => 'Zacharias has SpO2 85%, which is low.');
    const out = outFile();
    for (let run = 0; run < 2; run++) {
      await draft(modelAt(server.endpoint), [example(1)], { out });
      const rejected = readFileSync(out.replace('.jsonl', '.rejected.jsonl'), 'utf8');
      expect(JSON.parse(rejected)).toMatchObject({ id: 'n1', rationale_model: 'tester' });
      expect(rejected).not.toMatch(/Zacharias|85/);
    }
    expect(readFileSync(out, 'utf8')).toBe('');
    expect(server.questions).toHaveLength(2);
  });

  it('is flagged where that is asked for', async () => {
    const server = await chatServer(() => 'SpO2 91% of 100 is low.');
    const out = outFile();
    const report = await draft(modelAt(server.endpoint), [example(1)], { out, ungrounded: 'flag' });
    expect(report).toMatchObject({ drafted: 0, flagged: 1 });
    expect(lines(out)[0]).toMatchObject({ rationale: 'SpO2 91% of 100 is low.', grounded_numbers: 0.5 });
  });
});

it('leaves a question that the server fails on for the next run', async () => {
  const server = await chatServer(({ asked }, response) => {
    if (notePart(asked) !== note(1)) return grounded;
    json(response, 500, {});
    return undefined;
  });
  const out = outFile();
  const model = modelAt(server.endpoint, { attempts: 2 });
  const report = await draft(model, [example(1), example(2)], { out });
  expect(report).toMatchObject({ drafted: 1, unanswered: 1 });
  expect(lines(out).map(({ id }) => id)).toEqual(['n2']);
});

it('gives up on a server that fails on everything', async () => {
  const server = await chatServer((_, response) => {
    json(response, 500, {});
    return undefined;
  });
  const examples = Array.from({ length: 50 }, (_, n) => example(n));
  const model = modelAt(server.endpoint, { attempts: 1 });
  const message = await userErrorOf(() => draft(model, examples, { out: outFile(), concurrency: 1 }));
  expect(message).toMatch(/tester left 8 questions in a row unanswered/);
  expect(server.questions).toHaveLength(8);
});

it("does not mix two language models' drafts, nor write over another file", async () => {
  const server = await chatServer(() => grounded);
  const out = outFile();
  await draft(modelAt(server.endpoint), [example(1)], { out });
  const other = modelAt(server.endpoint, { model: 'other' });
  expect(await userErrorOf(() => draft(other, [example(2)], { out }))).toMatch(/drafts of tester/);
  writeFileSync(out, 'precious\n');
  expect(await userErrorOf(() => draft(other, [example(2)], { out }))).toMatch(/not one of the drafts/);
  expect(readFileSync(out, 'utf8')).toBe('precious\n');
  const csv = out.replace('.jsonl', '.csv');
  expect(await userErrorOf(() => draft(other, [example(2)], { out: csv }))).toMatch(/\.jsonl/);
  expect(existsSync(csv)).toBe(false);
});
