import { createHash } from 'node:crypto';
import { Random, UserError } from '../common/index.ts';
import {
  ACUITY_LABELS,
  type Example,
  generateSynthetic,
  readExamples,
  readKtas,
  readMedReasonChoices,
  readPubMedQa,
  splitOf,
} from '../dataset/index.ts';
import type { ModelLabel } from '../triage/index.ts';
import type { DataSource, TrainingConfiguration } from './configuration.ts';

/** The examples of a run and the labels they may have. */
export interface TrainingData {
  readonly labels: readonly ModelLabel[];
  readonly training: readonly Example[];
  readonly validation: readonly Example[];
  /** SHA-256 over all examples in order: tells whether a run resumes on the data it began with. */
  readonly hash: string;
}

/** Reads and generates what a configuration names. */
export async function loadTrainingData({ data }: TrainingConfiguration): Promise<TrainingData> {
  const labels: readonly ModelLabel[] =
    data.labels?.map((text) => ({ id: text, text, level: null, colour: '#808080', description: '' })) ?? ACUITY_LABELS;
  const texts = labels.map(({ text }) => text);
  const notes = await loadExamples(data.training, texts);
  const training = [...notes, ...rationalesAsNotes(notes, data.rationalesAsNotes ?? 0)];
  const validation = await loadExamples(data.validation, texts);
  const hash = createHash('sha256');
  for (const [part, examples] of Object.entries({ training, validation })) {
    for (const { question, label, rationale } of examples) {
      hash.update(JSON.stringify([part, question, label, rationale]));
    }
  }
  return { labels, training, validation, hash: hash.digest('hex') };
}

/**
 * The examples of all sources, in order.
 *
 * @throws UserError when a file is not as its kind has it, or there is no example.
 */
export async function loadExamples(sources: readonly DataSource[], labels: readonly string[]): Promise<Example[]> {
  const examples: Example[] = [];
  for (const source of sources) {
    if ('synthetic' in source) {
      for (const example of generateSynthetic(source.synthetic)) examples.push(example);
      continue;
    }
    const once: Example[] = [];
    for await (const example of readSource(source, labels)) once.push(example);
    const times = Array.from({ length: source.repeat ?? 1 }, () => once);
    for (const example of times.flat()) examples.push(example);
  }
  if (examples.length === 0) throw new UserError('The configuration names no examples; add a file that has some.');
  return examples;
}

type ReadSource = Exclude<DataSource, { readonly synthetic: unknown }>;

async function* readSource(source: ReadSource, labels: readonly string[]): AsyncGenerator<Example, void, undefined> {
  const read = 'file' in source ? readExamples(source.file, { labels }) : readPublished(source);
  const wanted = 'split' in source ? source.split : undefined;
  for await (const example of read) {
    if (!labels.includes(example.label)) {
      throw new UserError(
        `The configuration's labels lack "${example.label}", a label of its ${example.note_source ?? ''} examples; set data.labels.`,
      );
    }
    if (wanted === undefined || splitOf(example) === wanted) yield example;
  }
}

function readPublished(source: Exclude<ReadSource, { readonly file: string }>): AsyncIterable<Example> {
  if ('ktas' in source) return readKtas(source.ktas);
  return 'pubmedqa' in source ? readPubMedQa(source.pubmedqa) : readMedReasonChoices(source.medreason);
}

/**
 * A share of the rationales, each as a note of its own, to be labelled and not explained. They are drawn by chance: synthetic
 * notes go round the levels, so that every so many would always be of the same ones.
 */
function rationalesAsNotes(examples: readonly Example[], share: number): Example[] {
  const random = Random.derive(0, 'rationales-as-notes');
  return examples
    .filter(({ rationale }) => rationale !== '' && random.chance(share))
    .map(({ rationale, label }) => ({ question: rationale, label, rationale: '' }));
}
