import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readNote, readNoteFrom } from '../../../src/triage/index.ts';
import { userErrorOf } from '../user-error.ts';

const secret = 'Mrs Example, 71';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'note-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function noteFile(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

describe('a note', () => {
  test('is the text of its file, in any script, with its line breaks', async () => {
    const text = `  ${secret}: chest pain 胸痛, 38.6 °C 🚑\r\n\tBP 92/60\n`;
    expect(await readNote(await noteFile('good.txt', text))).toBe(text);
  });

  test('loses the byte order mark that some editors put before it', async () => {
    expect(await readNote(await noteFile('mark.txt', `\ufeff${secret}`))).toBe(secret);
  });

  test('may have a mebibyte', async () => {
    const text = 'a'.repeat(1024 * 1024);
    expect(await readNote(await noteFile('large.txt', text))).toBe(text);
  });
});

describe('what is no note is refused in one sentence that names the file and never quotes it', () => {
  test.each<[string, string | Uint8Array, RegExp]>([
    ['empty', '', /empty/],
    ['blank', ' \n\t\r\n\u00a0', /empty/],
    ['binary', Buffer.from(`${secret}\0\u0001`), /binary/],
    ['UTF-16', Buffer.from(`\ufeff${secret}`, 'utf16le'), /binary/],
    ['Latin-1', Buffer.from(`${secret}, 38 \u00b0C`, 'latin1'), /UTF-8/],
    ['cut off within a character', Buffer.from(`${secret} \u{1f691}`).subarray(0, -1), /UTF-8/],
    ['10 MB', secret.repeat(700_000), /more than the 1\.0 MB/],
    ['one byte too large', 'a'.repeat(1024 * 1024 + 1), /more than/],
  ])('%s', async (name, content, reason) => {
    const path = await noteFile(`${name}.txt`, content);
    const message = await userErrorOf(() => readNote(path));
    expect(message).toMatch(reason);
    expect(message).toContain(path);
    expect(message).not.toContain('Mrs');
    expect(await userErrorOf(() => readNoteFrom(Readable.from([Buffer.from(content)]), 'standard input'))).toMatch(
      /^standard input: /,
    );
  });

  test('missing, also behind what is no folder', async () => {
    const missing = join(folder, 'missing.txt');
    expect(await userErrorOf(() => readNote(missing))).toContain(missing);
    const inFile = join(await noteFile('file.txt', secret), 'note.txt');
    expect(await userErrorOf(() => readNote(inFile))).toContain(inFile);
  });

  test('a folder', async () => {
    const path = join(folder, 'notes');
    await mkdir(path);
    expect(await userErrorOf(() => readNote(path))).toMatch(/folder/);
  });

  test('without permission', async ({ skip }) => {
    if (process.getuid?.() === 0) return skip('the root user may read everything');
    const path = await noteFile('forbidden.txt', secret);
    await chmod(path, 0o000);
    expect(await userErrorOf(() => readNote(path))).toMatch(/permission/);
  });
});

test('a stream without an end is read no further than a note can be long', async () => {
  async function* endless(): AsyncGenerator<Buffer> {
    for (;;) yield Buffer.alloc(65_536, 'a');
  }
  expect(await userErrorOf(() => readNoteFrom(endless(), 'standard input'))).toMatch(/^standard input: .*more than/);
});
