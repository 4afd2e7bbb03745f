import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTrainingLog } from '../../../src/report/index.ts';
import { userErrorOf } from '../user-error.ts';

const root = join(import.meta.dirname, '..', '..', '..');

describe('reading a training log', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reason2decide-log-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const written = async (text: string) => {
    const file = join(folder, 'log.jsonl');
    await writeFile(file, text);
    return file;
  };
  const good =
    '{"kind":"step","stage":"stage1","step":1,"loss":9,"predictLoss":null,"explainLoss":9,"gradientNorm":4,"learningRate":0.0001,"predictWeight":0,"samplingRate":0,"ownLabels":0,"seconds":0.6}';

  it('reads the log of the shipped model whole', async () => {
    const path = join(root, 'recipes', 'triage-small.log.jsonl');
    const { name, records } = await readTrainingLog(path, 'shipped');
    const lines = (await readFile(path, 'utf8')).trim().split('\n');
    expect(name).toBe('shipped');
    for (const kind of ['step', 'evaluation']) {
      const ofKind = lines.filter((line) => line.startsWith(`{"kind":"${kind}"`));
      expect(ofKind.length).toBeGreaterThan(5);
      expect(records.filter((record) => record.kind === kind)).toHaveLength(ofKind.length);
    }
  });

  it('leaves out a last line that is cut off, and kinds it does not know', async () => {
    const other = '{"kind":"note","stage":"stage1","step":1,"anything":true}';
    const { records } = await readTrainingLog(await written(`${good}\n${other}\n{"kind":"step","sta`), 'run');
    expect(records).toHaveLength(1);
  });

  it('says where a line is no record, and what to give instead', async () => {
    const message = await userErrorOf(async () =>
      readTrainingLog(await written(`${good}\nnonsense\n${good}\n`), 'run'),
    );
    expect(message).toContain('line 2');
    const example = '{"question":"72M chest pain","label":"emergent"}';
    const refused = await userErrorOf(async () => readTrainingLog(await written(`${example}\n`), 'run'));
    expect(refused).not.toContain('chest pain');
  });

  it('refuses a file that is empty or missing, or a folder', async () => {
    expect(await userErrorOf(async () => readTrainingLog(await written(''), 'run'))).toContain('holds no step');
    expect(await userErrorOf(() => readTrainingLog(join(folder, 'none.jsonl'), 'run'))).toContain('no such');
    expect(await userErrorOf(() => readTrainingLog(folder, 'run'))).toContain('is a folder');
  });
});
