import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { RegistryProcess } from '../../src/extension/retraining/model-registry.ts';
import { userErrorOf } from '../unit/user-error.ts';
import { root, temporaryFolder } from './command-line.ts';

const registry = () => new RegistryProcess(join(root, 'dist', 'cli.js'), join(temporaryFolder(), 'models'));

describe("the editor's registry of models", () => {
  test('begins with the model that comes with the extension, in use', async () => {
    const [shipped, ...others] = await registry().list();
    expect(others).toEqual([]);
    expect(shipped).toMatchObject({ shipped: true, current: true, id: 'triage-small' });
    expect(existsSync(join(shipped?.folder ?? '', 'reason2decide.json'))).toBe(true);
  });

  test('knows of no retraining before one is begun', async () => {
    expect(await registry().status()).toEqual({ unfinished: false });
  });

  test('says in one sentence that there is nothing to roll back to', async () => {
    const sentence = await userErrorOf(() => registry().rollBack());
    expect(sentence).toMatch(/\.$/);
    expect(sentence.split('\n')).toHaveLength(1);
  });

  test('says in one sentence that there are no decisions to learn from', async () => {
    const none = join(temporaryFolder(), 'corrections.db');
    const begin = () => registry().retrain(none, () => undefined, new AbortController().signal);
    expect(await userErrorOf(begin)).toContain('corrections.db');
  });

  test('begins nothing that is cancelled before', async () => {
    const begin = registry().retrain('corrections.db', () => undefined, AbortSignal.abort('stopped'));
    await expect(begin).rejects.toBe('stopped');
  });
});
