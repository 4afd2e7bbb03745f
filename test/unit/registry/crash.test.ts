import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Random } from '../../../src/common/index.ts';
import { ModelRegistry } from '../../../src/registry/index.ts';
import { provenanceOf, temporaryFolder, writeModel } from './models.ts';

it('has the old or the new model in use, and works on, wherever a process that changes it is killed', async () => {
  const root = temporaryFolder();
  const folder = join(root, 'registry');
  const shipped = writeModel(join(root, 'shipped-model'), '1.0');
  const registry = ModelRegistry.open(folder, shipped);
  const { name } = await registry.add(writeModel(join(root, 'made'), '1.0+1'), provenanceOf('1.0+1'));
  const random = new Random(7);
  for (let round = 0; round < 5; round++) {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'change-in-child.ts'), folder, shipped, name], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    // After some changes, and then at any point of the next ones.
    for (let seen = 0; seen < 3; ) seen += String((await once(child.stdout, 'data'))[0]).length;
    await new Promise((resume) => setTimeout(resume, random.integer(0, 15)));
    child.kill('SIGKILL');
    await once(child, 'exit');
    const current = (await registry.current()).name;
    expect(['shipped', name]).toContain(current);
    // The lock of the killed process does not stay behind.
    if (current === name) await registry.rollback();
    else await registry.promote(name);
    expect((await registry.current()).name).not.toBe(current);
  }
  expect(await registry.list()).toHaveLength(2);
});
