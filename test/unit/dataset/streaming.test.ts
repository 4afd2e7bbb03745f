import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readExamples, writeExamples } from '../../../src/dataset/index.ts';

const MEGABYTE = 1024 * 1024;
const NOTE = 'chest pain radiating to the jaw, pale and sweaty. '.repeat(160);
const RECORDS = 12_500;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dataset-streaming-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The most heap and buffers in use while the work runs, above what was in use before, in bytes. */
async function memoryGrowth(work: (sample: () => void) => Promise<void>): Promise<number> {
  const used = () => process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
  const before = used();
  let most = before;
  await work(() => {
    most = Math.max(most, used());
  });
  return most - before;
}

describe('a file of 100 MB', () => {
  it.each(['jsonl', 'csv'])('is read and rewritten from .%s in flat memory', async (extension) => {
    const path = join(folder, `large.${extension}`);
    const row =
      extension === 'csv' ? `"${NOTE}",urgent,\n` : `${JSON.stringify({ question: NOTE, label: 'urgent' })}\n`;
    const rows = (function* () {
      if (extension === 'csv') yield 'question,label,rationale\n';
      for (let block = 0; block < RECORDS / 125; block++) yield row.repeat(125);
    })();
    await pipeline(Readable.from(rows), createWriteStream(path));
    let count = 0;
    const growth = await memoryGrowth(async (sample) => {
      const sampled = (async function* () {
        for await (const example of readExamples(path)) {
          if (++count % 500 === 0) sample();
          yield example;
        }
      })();
      await writeExamples(join(folder, `copy.${extension}`), sampled);
    });
    expect(count).toBe(RECORDS);
    expect(growth).toBeLessThan(60 * MEGABYTE);
  });
});
