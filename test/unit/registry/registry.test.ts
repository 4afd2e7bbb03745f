import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ModelRegistry } from '../../../src/registry/index.ts';
import { mountRefused, mountSmallDisk } from '../training/small-disk.ts';
import { userErrorOf } from '../user-error.ts';
import { newRegistry, provenanceOf, temporaryFolder, writeModel } from './models.ts';

const currentOf = async (registry: ModelRegistry) => (await registry.current()).name;

describe('a registry of models', () => {
  it('has the shipped model in use before anything is written', async () => {
    const { registry, folder } = newRegistry();
    expect(await currentOf(registry)).toBe('shipped');
    expect((await registry.list()).map(({ name, shipped }) => [name, shipped])).toEqual([['shipped', true]]);
    expect(existsSync(folder)).toBe(false);
  });

  it('has whole paths, wherever it was opened from', async () => {
    const folder = temporaryFolder();
    const shipped = writeModel(join(folder, 'shipped-model'), '1.0');
    const registry = ModelRegistry.open(relative('.', folder), relative('.', shipped));
    expect(registry.folder).toBe(folder);
    expect((await registry.current()).folder).toBe(shipped);
  });

  it('lists the shipped model once where it lies in the registry itself', async () => {
    const folder = temporaryFolder();
    const registry = ModelRegistry.open(folder, writeModel(join(folder, 'shipped-model'), '1.0'));
    await registry.add(writeModel(join(temporaryFolder(), 'made'), '1.0+1'), provenanceOf('1.0+1'));
    expect((await registry.list()).map(({ name }) => name)).toEqual(['shipped', 'tiny-1.0+1']);
  });

  it('keeps an added version with its provenance and what belongs to it, and does not use it', async () => {
    const { registry, folder } = newRegistry();
    const root = temporaryFolder();
    writeFileSync(join(root, 'page.html'), '<p>');
    const model = writeModel(join(root, 'made'), '1.0+1');
    const added = await registry.add(model, provenanceOf('1.0+1'), { 'report.html': join(root, 'page.html') });
    expect(added).toMatchObject({ name: 'tiny-1.0+1', current: false, shipped: false });
    expect(added.provenance).toEqual(provenanceOf('1.0+1'));
    expect(readFileSync(join(folder, 'tiny-1.0+1', 'report.html'), 'utf8')).toBe('<p>');
    expect(await currentOf(registry)).toBe('shipped');
  });

  it('adds the same model twice without a change, and refuses another of its name', async () => {
    const { registry, add } = newRegistry();
    await add('1.0+1');
    await add('1.0+1');
    expect(await registry.list()).toHaveLength(2);
    const other = writeModel(join(temporaryFolder(), 'made'), '1.0+1', 'other weights');
    expect(await userErrorOf(() => registry.add(other, provenanceOf('other weights')))).toContain('another model');
  });

  it('promotes, and rolls back step by step to the shipped model', async () => {
    const { registry, add } = newRegistry();
    const [first, second] = [await add('1.0+1'), await add('1.0+2')];
    await registry.promote(first);
    await registry.promote(second);
    expect(await currentOf(registry)).toBe(second);
    expect(await registry.rollback()).toBe(first);
    expect(await registry.rollback()).toBe('shipped');
    expect(await userErrorOf(() => registry.rollback())).toContain('roll back');
    expect((await registry.log()).map(({ action }) => action)).toEqual([
      'promoted',
      'promoted',
      'rolled back',
      'rolled back',
    ]);
  });

  it('promotes what its verdict does not offer only when told to, says why, and remembers it', async () => {
    const { registry, add } = newRegistry();
    const name = await add('1.0+1', false);
    expect(await userErrorOf(() => registry.promote(name))).toContain('The reviewer was met in 6 of 10.');
    expect(await currentOf(registry)).toBe('shipped');
    await registry.promote(name, { anyway: true });
    expect(await currentOf(registry)).toBe(name);
    expect((await registry.log()).at(-1)?.action).toBe('promoted against the verdict');
  });

  it('deletes a version for good, but neither the one in use nor the shipped one', async () => {
    const { registry, folder, add } = newRegistry();
    const [first, second] = [await add('1.0+1'), await add('1.0+2')];
    await registry.promote(first);
    await registry.promote(second);
    expect(await userErrorOf(() => registry.delete(second))).toContain('in use');
    expect(await userErrorOf(() => registry.delete('shipped'))).toContain('comes with the program');
    await registry.delete(first);
    expect(readdirSync(folder).sort()).toEqual(['registry.json', 'registry.lock', 'tiny-1.0+2']);
    // The deleted version was the one before: rolling back passes over it.
    expect(await registry.rollback()).toBe('shipped');
  });

  it('never gives a version number twice, not even that of a deleted version', async () => {
    const { registry, add } = newRegistry();
    expect(await registry.nextVersion({ id: 'tiny', version: '1.0' })).toBe('1.0+1');
    const name = await add('1.0+1');
    expect(await registry.nextVersion({ id: 'tiny', version: '1.0+1' })).toBe('1.0+2');
    await registry.delete(name);
    expect(await registry.nextVersion({ id: 'tiny', version: '1.0' })).toBe('1.0+2');
  });

  it('names the versions there are when asked for one that is not', async () => {
    const { registry, add } = newRegistry();
    await add('1.0+1');
    for (const work of [() => registry.promote('2.0'), () => registry.delete('..'), () => registry.find('')]) {
      expect(await userErrorOf(work)).toContain('shipped, tiny-1.0+1');
    }
  });

  it('does not fall back in silence when the model in use is gone, and rolls back from it', async () => {
    const { registry, folder, add } = newRegistry();
    const name = await add('1.0+1');
    await registry.promote(name);
    rmSync(join(folder, name), { recursive: true });
    expect(await userErrorOf(() => registry.current())).toContain(name);
    expect(await registry.rollback()).toBe('shipped');
    expect(await currentOf(registry)).toBe('shipped');
  });

  it('says so when the file that tells the model in use is damaged', async () => {
    const { registry, folder, add } = newRegistry();
    await registry.promote(await add('1.0+1'));
    writeFileSync(join(folder, 'registry.json'), '{"format":1,"current"');
    expect(await userErrorOf(() => registry.current())).toContain('registry.json');
  });

  it('neither lists nor keeps what an interrupted addition or deletion left', async () => {
    const { registry, folder, add } = newRegistry();
    await add('1.0+1');
    for (const left of ['.adding-tiny-1.0+2', '.deleted-tiny-1.0+3']) writeModel(join(folder, left), left);
    expect(await registry.list()).toHaveLength(2);
    await add('1.0+4');
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('adds nothing when the disk is full, and says so', async (context) => {
    const disk = await mountSmallDisk(join(temporaryFolder(), 'disk'), '2m');
    if (disk === undefined) return context.skip(mountRefused);
    onTestFinished(() => disk.unmount());
    const root = temporaryFolder();
    const registry = ModelRegistry.open(disk.folder, writeModel(join(root, 'shipped-model'), '1.0'));
    const weights = 'w'.repeat(300_000);
    const model = writeModel(join(root, 'made'), '1.0+1', weights);
    mkdirSync(disk.folder, { recursive: true });
    disk.fill(100_000);
    expect(await userErrorOf(() => registry.add(model, provenanceOf(weights)))).toContain('disk is full');
    expect(await registry.list()).toHaveLength(1);
    disk.empty();
    expect((await registry.add(model, provenanceOf(weights))).name).toBe('tiny-1.0+1');
  });
});
