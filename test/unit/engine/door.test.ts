import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { root } from './engine.ts';

/** The files that a bundle of the entry would hold, and the packages it would load. */
async function bundled(entry: string): Promise<{ readonly files: string[]; readonly packages: string[] }> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [join('src', 'engine', entry)],
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    external: ['onnxruntime-node'],
  });
  const imports = Object.values(metafile.inputs).flatMap(({ imports }) => imports);
  return {
    files: Object.keys(metafile.inputs),
    packages: imports.filter(({ external }) => external === true).map(({ path }) => path),
  };
}

test('whoever enters by the door gets neither the runtime nor the model’s rooms', async () => {
  const { files, packages } = await bundled('index.ts');
  expect(files).toContain('src/engine/client.ts');
  expect(files.filter((file) => /^src\/(onnx|t5|triage)\//.test(file))).toEqual([]);
  expect(packages).not.toContain('onnxruntime-node');
  const libraries = files.flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []);
  expect([...new Set(libraries)]).toEqual(['vscode-jsonrpc']);
});

test('the process’s entry has the model', async () => {
  expect((await bundled('main.ts')).files).toContain('src/triage/triage-model.ts');
});
