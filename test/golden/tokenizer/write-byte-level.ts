/** Writes `byte-level/`, the tokenizer that `make_golden.py` opens, trained on `corpus.txt`: `node write-byte-level.ts`. */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { saveTokenizer, trainTokenizer } from '../../../src/t5/tokenizer-trainer.ts';

const corpus = await readFile(join(import.meta.dirname, 'corpus.txt'), 'utf8');
const folder = join(import.meta.dirname, 'byte-level');
await mkdir(folder, { recursive: true });
await saveTokenizer(folder, trainTokenizer(corpus.split('\n'), { vocabularySize: 900 }));
