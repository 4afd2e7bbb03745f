import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { asWriteError, errorCode, UserError, writeFileAtomically } from '../common/index.ts';
import type { Example } from '../dataset/index.ts';
import type { ModelLabel } from '../triage/index.ts';
import { type ExamplesFile, readAll, readExamplesFile, writeExamplesFile } from './examples-file.ts';
import { cook, type Recipe, requireAcuity } from './recipe.ts';

/** Far from the seeds that recipes and replay are drawn with. */
const frozenSeed = 7_000_003;

const recordSchema = v.object({
  format: v.literal(1),
  createdAt: v.string(),
  sha256: v.string(),
  examples: v.number(),
  /** Where its notes come from. */
  source: v.string(),
});

/** The examples that every version of a registry is measured on. They never change, so measures may be compared over the years. */
export interface FrozenSet extends ExamplesFile {
  readonly file: string;
  readonly examplesOf: readonly Example[];
}

export interface FrozenSetOptions {
  readonly recipe: Recipe;
  readonly labels: readonly ModelLabel[];
  readonly examples: number;
  /** Of how many of them the rationale is asked too: writing takes much longer than labelling. */
  readonly rationales: number;
  /** Examples of the user's to freeze, instead of synthetic ones. */
  readonly from?: string | undefined;
}

export const frozenFolder = 'frozen';
/** The name of the examples in it. */
export const frozenExamples = 'evaluation.jsonl';
const recordName = 'evaluation.json';

/**
 * The registry's frozen evaluation set; made and frozen where there is none.
 *
 * @throws UserError when it was changed, or another is asked for than the one that is there.
 */
export async function frozenSet(registry: string, options: FrozenSetOptions): Promise<FrozenSet> {
  const folder = join(registry, frozenFolder);
  const file = join(folder, frozenExamples);
  const known = await readRecord(join(folder, recordName));
  if (known !== undefined) {
    if (options.from !== undefined && known.source !== options.from) {
      throw new UserError(
        `${file}: this registry has a frozen evaluation set already, and measures on another could not be compared; leave ` +
          '--evaluation out, or use another registry.',
      );
    }
    return { ...known, file, examplesOf: await readExamplesFile(file, known) };
  }
  const examples = await makeExamples(options);
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw asWriteError(folder, error);
  }
  const written = await writeExamplesFile(file, examples);
  const record = {
    format: 1,
    createdAt: new Date().toISOString(),
    ...written,
    source: options.from ?? `synthetic, seed ${frozenSeed}`,
  };
  await writeFileAtomically(join(folder, recordName), (out) =>
    out.writeFile(`${JSON.stringify(record, undefined, 2)}\n`),
  );
  return { ...written, file, examplesOf: examples };
}

/**
 * What tells a registry's frozen set from any other.
 *
 * @throws UserError when there is none yet.
 */
export async function frozenSetOf(registry: string): Promise<ExamplesFile> {
  const known = await readRecord(join(registry, frozenFolder, recordName));
  if (known !== undefined) return known;
  throw new UserError(`${registry}: has no frozen evaluation set yet; the first retraining makes it.`);
}

async function makeExamples({ recipe, labels, examples, rationales, from }: FrozenSetOptions): Promise<Example[]> {
  if (from === undefined) requireAcuity(labels, 'name examples to measure on by --evaluation FILE');
  const texts = labels.map(({ text }) => text);
  const made = from === undefined ? cook(recipe, examples, frozenSeed) : await readAll(from, texts);
  return made.map((example, index) => (index < rationales ? example : { ...example, rationale: '' }));
}

async function readRecord(path: string) {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return undefined;
    throw error;
  }
  try {
    return v.parse(recordSchema, JSON.parse(text));
  } catch {
    throw new UserError(`${path}: is damaged; restore it, or remove its folder so that the set is made anew.`);
  }
}
