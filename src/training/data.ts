import { createHash } from 'node:crypto';
import { UserError } from '../common/index.ts';
import { ACUITY_LABELS, type Example, generateSynthetic, readExamples } from '../dataset/index.ts';
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
  const training = await load(data.training, texts);
  const validation = await load(data.validation, texts);
  const hash = createHash('sha256');
  for (const [part, examples] of Object.entries({ training, validation })) {
    for (const { question, label, rationale } of examples) {
      hash.update(JSON.stringify([part, question, label, rationale]));
    }
  }
  return { labels, training, validation, hash: hash.digest('hex') };
}

async function load(sources: readonly DataSource[], labels: readonly string[]): Promise<Example[]> {
  const examples: Example[] = [];
  for (const source of sources) {
    if ('file' in source) for await (const example of readExamples(source.file, { labels })) examples.push(example);
    else examples.push(...generateSynthetic(source.synthetic));
  }
  if (examples.length === 0) throw new UserError('The configuration names no examples; add a file that has some.');
  return examples;
}
