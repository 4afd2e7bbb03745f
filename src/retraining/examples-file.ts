import { hashFile, UserError } from '../common/index.ts';
import { type Example, readExamples, writeExamples } from '../dataset/index.ts';

/** A file of examples, and what tells whether it is still the same. */
export interface ExamplesFile {
  readonly sha256: string;
  readonly examples: number;
}

export async function writeExamplesFile(path: string, examples: readonly Example[]): Promise<ExamplesFile> {
  await writeExamples(path, examples, { columns: 'all' });
  return { sha256: await hashFile(path), examples: examples.length };
}

/**
 * @param expected its hash when it was written.
 * @throws UserError when it is not the file that was written.
 */
export async function readExamplesFile(path: string, expected: ExamplesFile): Promise<Example[]> {
  if ((await hashFile(path)) !== expected.sha256) {
    throw new UserError(`${path}: has changed since it was written; restore it, or remove it and begin anew.`);
  }
  return readAll(path);
}

/** @throws UserError when it holds no example, or one whose label is not among the given ones. */
export async function readAll(path: string, labels?: readonly string[]): Promise<Example[]> {
  const examples: Example[] = [];
  for await (const example of readExamples(path, labels === undefined ? {} : { labels })) examples.push(example);
  if (examples.length === 0) throw new UserError(`${path}: holds no example; give a file that has some.`);
  return examples;
}
