import type { EvaluationFile } from '../evaluation/index.ts';
import { type Content, markup } from './markup.ts';
import { seriesColours } from './palette.ts';

/** One evaluation as the report speaks of it. */
export interface Subject {
  /** `A`, `B`, …; empty where there is only one. */
  readonly key: string;
  /** The model's id and version, with what else tells it from its namesakes: the start of its fingerprint, the data. */
  readonly name: string;
  /** Its colour's class. */
  readonly series: string;
  readonly evaluation: EvaluationFile;
}

export function subjectsOf(evaluations: readonly EvaluationFile[]): Subject[] {
  const modelName = ({ model }: EvaluationFile) => `${model.id} ${model.version}`;
  return evaluations.map((evaluation, index) => {
    const name = modelName(evaluation);
    const namesakes = evaluations.filter((other) => modelName(other) === name);
    const differ = (value: (of: EvaluationFile) => string) => new Set(namesakes.map(value)).size > 1;
    const weights = differ(({ model }) => model.fingerprint) ? ` (${evaluation.model.fingerprint.slice(0, 8)})` : '';
    const data = differ((other) => other.data.sha256) ? ` on ${evaluation.data.name}` : '';
    return {
      key: evaluations.length === 1 ? '' : keyOf(index),
      name: `${name}${weights}${data}`,
      series: `series-${index % seriesColours}`,
      evaluation,
    };
  });
}

/** Key and name, as in `B: triage-small 0.2.0`. */
export function fullName({ key, name }: Subject): string {
  return key === '' ? name : `${key}: ${name}`;
}

/** The key in its colour; nothing where there is only one evaluation. */
export function keyChip({ key, series }: Subject): Content {
  return key === '' ? null : markup`<span class="key ${series}">${key}</span>`;
}

/** What the colours of a figure stand for; nothing where there is only one evaluation. */
export function legendOf(subjects: readonly Subject[]): Content {
  if (subjects.length < 2) return null;
  return markup`<ul class="legend">${subjects.map((subject) => markup`<li>${keyChip(subject)}${subject.name}</li>`)}</ul>`;
}

/** What a title of a figure about one of several evaluations begins with. */
export function titlePrefix({ key }: Subject): string {
  return key === '' ? '' : `${key}: `;
}

function keyOf(index: number): string {
  return index < 26 ? String.fromCharCode(65 + index) : String(index + 1);
}
