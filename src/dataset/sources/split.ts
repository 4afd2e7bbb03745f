import { createHash } from 'node:crypto';
import type { Example } from '../example.ts';

/** The parts of a published data set. */
export const SPLITS = ['train', 'validation', 'test'] as const;
export type Split = (typeof SPLITS)[number];

const testShare = 0.3;
const validationShare = 0.1;

/**
 * The part that an example of a published set belongs to. Where the set names its test records, those are the test, and the rest
 * is divided into nine parts for training and one for validation; else three tenths of its notes are the test. The note's own text decides, so
 * that the same note is never on both sides, whatever the order of the file.
 */
export function splitOf({ question, split }: Pick<Example, 'question' | 'split'>): Split {
  if (split === 'test') return 'test';
  if (split === undefined && shareOf('test', question) < testShare) return 'test';
  return shareOf('validation', question) < validationShare ? 'validation' : 'train';
}

/** A number from 0 to 1 that is the text's own. */
function shareOf(purpose: string, text: string): number {
  return createHash('sha256').update(`${purpose}\n${text}`).digest().readUInt32BE() / 2 ** 32;
}
