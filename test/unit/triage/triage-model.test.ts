import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  generateGreedy,
  openModelFolder,
  readConfig,
  readSafetensors,
  saveTokenizer,
  T5Runner,
  Tokenizer,
  TrainableT5,
  trainTokenizer,
  writeSafetensors,
} from '../../../src/t5/index.ts';
import { train } from '../../../src/training/index.ts';
import { manifestFile, readManifest, TriageModel, triageNote, writeManifest } from '../../../src/triage/index.ts';
import { onCpu, syntheticExamples, tinyConfiguration } from '../training/tiny.ts';
import { userErrorOf } from '../user-error.ts';

const inputTokens = 64;
const examples = syntheticExamples(100);
const notes = examples.slice(0, 12).map(({ question }) => question);
const [note = ''] = notes;

let folder = '';
let modelFolder = '';
let model: TriageModel;
let tokenizer: Tokenizer;
/** The same weights, for computing what the model should say by another way. */
let reference: { readonly trainable: TrainableT5; readonly runner: T5Runner };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'triage-model-'));
  const data = join(folder, 'notes.jsonl');
  const lines = examples.map(({ question, label }) => ({ question, label, rationale: `Judged ${label}, ${label}.` }));
  await writeFile(data, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const { stage1: _, ...tiny } = tinyConfiguration(folder);
  const configuration = {
    ...tiny,
    data: { training: [{ file: data }], validation: [{ file: data }] },
    optimizer: { ...tiny.optimizer, learningRate: 0.02, warmUpSteps: 10 },
    dropout: 0,
    inputTokens,
    stage2: { maxSteps: 120, evaluateEvery: 120 },
    checkpointEvery: 1000,
  };
  await train(configuration, onCpu());
  modelFolder = configuration.output;
  model = await TriageModel.open(modelFolder, 'cpu');
  tokenizer = await Tokenizer.load(modelFolder);
  const weights = await readSafetensors(join(modelFolder, 'model.safetensors'));
  const trainable = new TrainableT5(await readConfig(modelFolder), weights);
  reference = { trainable, runner: await openModelFolder(modelFolder, 'cpu') };
});
afterAll(async () => {
  await model.release();
  await reference.trainable.release();
  await reference.runner.release();
  await rm(folder, { recursive: true, force: true });
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** ln p(text | prompt), from the training graph's loss: another graph than the one that predicts. */
async function logProbability(prompt: string, text: string): Promise<number> {
  const { loss } = await reference.trainable.measureLoss({
    sources: [tokenizer.encodeIds(prompt, { maxLength: inputTokens })],
    targets: [tokenizer.encodeIds(text)],
    tokenWeights: [1],
  });
  return -loss;
}

async function greedyText(prompt: string): Promise<string> {
  const encoded = await reference.runner.encode([tokenizer.encodeIds(prompt, { maxLength: inputTokens })]);
  const [tokens = []] = await generateGreedy(reference.runner, encoded, { maxNewTokens: 64 });
  return tokenizer.decode(tokens);
}

/** The prompts that the model reads while it works. */
async function promptsOf(work: () => Promise<unknown>): Promise<string[]> {
  const encode = vi.spyOn(T5Runner.prototype, 'encode');
  await work();
  return encode.mock.calls.flatMap(([sources]) => sources.map((ids) => tokenizer.decode(ids)));
}

describe('a prediction', () => {
  test('gives every label of the model a probability, and they sum to 1', async () => {
    for (const text of notes) {
      const { probabilities } = await model.predict(text);
      expect(probabilities.map(({ label }) => label)).toEqual(model.manifest.labels);
      expect(probabilities.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 10);
      for (const { probability } of probabilities) expect(probability).toBeGreaterThanOrEqual(0);
    }
  });

  test('is the most probable label, also for texts that are no notes', async () => {
    for (const text of [...notes, 'Lorem ipsum', '128', '🚑', 'label less urgent or urgent?']) {
      const { label, probabilities } = await model.predict(text);
      expect(model.manifest.labels).toContain(label);
      const highest = Math.max(...probabilities.map(({ probability }) => probability));
      expect(probabilities.find((entry) => entry.label === label)?.probability).toBe(highest);
    }
  });

  test('has the probabilities that scoring each label text alone gives', async () => {
    for (const text of notes) {
      const { probabilities } = await model.predict(text);
      const scores: number[] = [];
      for (const { label } of probabilities) scores.push(await logProbability(`predict: ${text}`, label.text));
      const total = scores.reduce((sum, score) => sum + Math.exp(score), 0);
      probabilities.forEach(({ probability }, i) => {
        expect(probability).toBeCloseTo(Math.exp(scores[i] ?? Number.NaN) / total, 4);
      });
    }
  });

  test('counts a label more by the weight that the model’s manifest gives it', async () => {
    const weighted = join(folder, 'weighted');
    await cp(modelFolder, weighted, { recursive: true });
    const manifest = await readManifest(weighted);
    const { label: first = { id: '' } } = (await model.predict(note)).probabilities.at(-1) ?? {};
    await writeManifest(weighted, { ...manifest, calibration: { temperature: 1, weights: { [first.id]: 1000 } } });
    const other = await TriageModel.open(weighted, 'cpu');
    const weigh = ({ label, probability }: { label: { id: string }; probability: number }) =>
      label.id === first.id ? 1000 * probability : probability;
    for (const text of notes) {
      const plain = (await model.predict(text)).probabilities.map(weigh);
      const total = plain.reduce((sum, value) => sum + value, 0);
      const { label, probabilities } = await other.predict(text);
      probabilities.forEach(({ probability }, i) => {
        expect(probability).toBeCloseTo((plain[i] ?? Number.NaN) / total, 6);
      });
      expect(label).toEqual(model.manifest.labels[plain.indexOf(Math.max(...plain))]);
    }
    await other.release();
  });

  test('depends on the note', async () => {
    const labels = await Promise.all(notes.map(async (text) => (await model.predict(text)).label.id));
    expect(new Set(labels).size).toBeGreaterThan(1);
  });

  test('reads the method’s prompt', async () => {
    expect(await promptsOf(() => model.predict('Twisted ankle'))).toEqual(['predict: Twisted ankle']);
  });
});

describe('a rationale', () => {
  test('is what the model greedily writes for the label in its prompt, predicted or not', async () => {
    for (const label of model.manifest.labels) {
      const prompt = `given label: ${label.text}, explain: Twisted ankle`;
      expect(await promptsOf(() => model.explain('Twisted ankle', label))).toEqual([prompt]);
      vi.restoreAllMocks();
      expect(await model.explain('Twisted ankle', label)).toBe(await greedyText(prompt));
    }
  });

  test('streams its growing text, the last of which is the result', async () => {
    const { label } = await model.predict(note);
    const texts: string[] = [];
    const rationale = await model.explain(note, label, { onText: (text) => texts.push(text) });
    expect(rationale).not.toBe('');
    expect(texts.length).toBeGreaterThan(2);
    expect(texts.at(-1)).toBe(rationale);
    texts.forEach((text, i) => {
      expect(text.startsWith(texts[i - 1] ?? '')).toBe(true);
    });
  });

  test('stops at the token at which its signal is aborted', async () => {
    const [label] = model.manifest.labels;
    if (label === undefined) throw new RangeError('there is no label');
    const stop = new AbortController();
    const reason = new Error('the reviewer opened another note');
    let tokens = 0;
    const onText = () => {
      if (++tokens === 2) stop.abort(reason);
    };
    await expect(model.explain(note, label, { onText, signal: stop.signal })).rejects.toBe(reason);
    expect(tokens).toBe(2);
  });

  test('is not begun when its signal is aborted already', async () => {
    const onText = vi.fn();
    const prompts = await promptsOf(async () => {
      await expect(triageNote(model, note, { onText, signal: AbortSignal.abort() })).rejects.toMatchObject({
        name: 'AbortError',
      });
    });
    expect(onText).not.toHaveBeenCalled();
    expect(prompts.filter((prompt) => prompt.startsWith('given label'))).toEqual([]);
  });
});

test('triage predicts, then explains the predicted label', async () => {
  const result = await triageNote(model, note);
  const { label, probabilities, truncated } = await model.predict(note);
  expect(result).toMatchObject({ label, probabilities, truncated });
  expect(result.rationale).toBe(await model.explain(note, label));
  expect(result.milliseconds.predict).toBeGreaterThan(0);
  expect(result.milliseconds.explain).toBeGreaterThan(0);
});

describe('a long note', () => {
  // Each "pain" is a token, as the number of tokens of the prompt shows.
  const noteOf = (tokens: number) => {
    const bare = tokenizer.encodeIds('predict: pain').length;
    const text = `pain${' pain'.repeat(tokens - bare)}`;
    expect(tokenizer.encodeIds(`predict: ${text}`).length).toBe(tokens);
    return text;
  };

  test('is truncated from one token more than the model reads', async () => {
    expect((await model.predict(noteOf(inputTokens))).truncated).toBe(false);
    expect((await model.predict(noteOf(inputTokens + 1))).truncated).toBe(true);
    expect((await model.predict('pain '.repeat(50_000))).truncated).toBe(true);
  });

  test('is read from its beginning, as it was in training', async () => {
    const encode = vi.spyOn(T5Runner.prototype, 'encode');
    const text = `${note} ${noteOf(200)}`;
    await model.predict(text);
    expect(encode.mock.calls[0]?.[0]).toEqual([tokenizer.encodeIds(`predict: ${text}`, { maxLength: inputTokens })]);
    const result = await triageNote(model, text);
    expect(result.truncated).toBe(true);
    expect(model.manifest.labels).toContain(result.label);
  });
});

describe('a note with characters that mean something elsewhere', () => {
  test.each(['$& $1 $$', '{label} {note}', '</s> <pad> <unk>', 'chest pain 🚑👩‍⚕️', '\u0007\u200b\ufffd', '  \n'])(
    'is read to its end: %j',
    async (text) => {
      const ids = tokenizer.encodeIds(`predict: ${text}`);
      expect(ids.indexOf(tokenizer.eosId)).toBe(ids.length - 1);
      const prompts = await promptsOf(() => triageNote(model, text));
      expect(prompts[0]).toBe(`predict: ${text}`);
      expect(prompts[1]).toMatch(/^given label: [a-z -]+, explain: /);
      expect(prompts[1]?.endsWith(text)).toBe(true);
    },
  );
});

describe('a folder that is not a whole model', () => {
  const pathIn = (copy: string, file: string) => join(copy, file);
  const half = async (path: string) => truncate(path, Math.floor((await stat(path)).size / 2));
  const changeJson = async (path: string, change: (json: Record<string, unknown>) => Record<string, unknown>) =>
    writeFile(path, JSON.stringify(change(JSON.parse(await readFile(path, 'utf8')))));

  /** What is done to a copy of the model, and what must be said of it. */
  const damages: readonly [name: string, named: string, damage: (copy: string) => Promise<unknown>][] = [
    ['truncated weights', 'model.safetensors', (copy) => half(pathIn(copy, 'model.safetensors'))],
    ['weights cut in their header', 'model.safetensors', (copy) => truncate(pathIn(copy, 'model.safetensors'), 100)],
    ['empty weights', 'model.safetensors', (copy) => truncate(pathIn(copy, 'model.safetensors'), 0)],
    ['other bytes as weights', 'model.safetensors', (copy) => writeFile(pathIn(copy, 'model.safetensors'), 'weights!')],
    ['no weights', 'model.safetensors', (copy) => rm(pathIn(copy, 'model.safetensors'))],
    ['a truncated encoder', 'encoder.onnx', (copy) => half(pathIn(copy, 'encoder.onnx'))],
    ['an encoder without its end', 'encoder.onnx', (copy) => shorten(pathIn(copy, 'encoder.onnx'), 3)],
    ['an empty encoder', 'encoder.onnx', (copy) => truncate(pathIn(copy, 'encoder.onnx'), 0)],
    ['no encoder', 'encoder.onnx', (copy) => rm(pathIn(copy, 'encoder.onnx'))],
    ['a truncated decoder', 'decoder.onnx', (copy) => half(pathIn(copy, 'decoder.onnx'))],
    ['no decoder', 'decoder.onnx', (copy) => rm(pathIn(copy, 'decoder.onnx'))],
    ['another width', 'shape', (copy) => changeJson(pathIn(copy, 'config.json'), (json) => ({ ...json, d_model: 64 }))],
    [
      'more layers',
      'missing',
      (copy) => changeJson(pathIn(copy, 'config.json'), (json) => ({ ...json, num_layers: 2 })),
    ],
    ['another network', 'model_type', (copy) => writeFile(pathIn(copy, 'config.json'), '{"model_type":"bert"}')],
    ['a truncated configuration', 'config.json', (copy) => half(pathIn(copy, 'config.json'))],
    ['no configuration', 'config.json', (copy) => rm(pathIn(copy, 'config.json'))],
    ['another model’s tokenizer', 'tokenizer.json', (copy) => saveTokenizer(copy, otherTokenizer())],
    ['a truncated tokenizer', 'tokenizer.json', (copy) => half(pathIn(copy, 'tokenizer.json'))],
    ['no tokenizer', 'tokenizer.json', (copy) => rm(pathIn(copy, 'tokenizer.json'))],
    ['a truncated manifest', manifestFile, (copy) => half(pathIn(copy, manifestFile))],
    ['no manifest', manifestFile, (copy) => rm(pathIn(copy, manifestFile))],
  ];
  const otherTokenizer = () => trainTokenizer(['another text, other words'], { vocabularySize: 900 });
  const shorten = async (path: string, bytes: number) => truncate(path, (await stat(path)).size - bytes);

  test('is refused in one sentence each, and nothing else is printed', async () => {
    const copies: string[] = [];
    for (const [name, , damage] of damages) {
      const copy = join(folder, name);
      await cp(modelFolder, copy, { recursive: true });
      await damage(copy);
      copies.push(copy);
    }
    const script = join(import.meta.dirname, 'open-in-child.ts');
    const child = spawnSync(process.execPath, [script, modelFolder, ...copies], { encoding: 'utf8' });
    expect(child.stderr).toBe('');
    expect(child.status).toBe(0);
    const [whole, ...messages]: string[] = JSON.parse(child.stdout);
    expect(whole).toBe('opened tiny');
    expect(messages.length).toBe(damages.length);
    for (const [i, [name, named]] of damages.entries()) {
      const message = messages[i] ?? '';
      expect(message, name).toMatch(/^[^\n]{20,400}\.$/);
      expect(message, name).toContain(copies[i]);
      expect(message.replace(copies[i] ?? '', ''), name).toContain(named);
      expect(message, name).not.toMatch(/a fault|\[ONNXRuntimeError\]|Protobuf|\bat .*:\d+:\d+|\bENO[A-Z]+\b/);
    }
  });

  test('is refused when there is no folder, or a file in its place', async () => {
    const missing = join(folder, 'no-such-model');
    expect(await userErrorOf(() => TriageModel.open(missing, 'cpu'))).toContain(missing);
    const file = join(folder, 'notes.jsonl');
    expect(await userErrorOf(() => TriageModel.open(file, 'cpu'))).toContain(file);
  });

  test('with weights that are no numbers predicts nothing rather than something', async () => {
    const copy = join(folder, 'not-numbers');
    await cp(modelFolder, copy, { recursive: true });
    const path = pathIn(copy, 'model.safetensors');
    const weights = await readSafetensors(path);
    weights.get('encoder.final_layer_norm.weight')?.data.fill(Number.NaN);
    await writeSafetensors(path, weights);
    const damaged = await TriageModel.open(copy, 'cpu');
    expect(await userErrorOf(() => damaged.predict(note))).toMatch(/weights are damaged/);
    await damaged.release();
  });
});
