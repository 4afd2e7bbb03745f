import { labelName } from './figures/confusion-figure.ts';
import { levelShare } from './figures/levels-figure.ts';
import { counted, countText, percent } from './numbers.ts';
import { levelsApart, outcomesOf } from './outcomes.ts';
import type { Subject } from './subject.ts';

/** A sentence that a reader should not miss. */
export interface Caution {
  readonly text: string;
  /** Whether it is about patients who may wait too long. */
  readonly isHarm: boolean;
}

/** With fewer notes an interval of the whole is some fourteen points wide. */
const fewNotes = 200;
/** With fewer notes of a label, one note moves its recall by more than three points. */
const fewOfLabel = 30;
/** A distance between confidence and accuracy that changes how a percentage should be taken. */
const tooSure = 0.05;
const urgentLevel = 2;

/** What to be careful about in these evaluations, harm first. */
export function cautionsOf(subjects: readonly Subject[]): Caution[] {
  const cautions = subjects.flatMap((subject) => {
    const prefix = subject.key === '' ? '' : `${subject.key}: `;
    return [
      ...underTriageCautions(subject),
      ...urgentMissed(subject),
      ...neverCalled(subject),
      ...confidenceCautions(subject),
      ...sampleCautions(subject),
    ].map(({ text, isHarm }) => ({ text: `${prefix}${text}`, isHarm }));
  });
  const all = [...cautions, ...dataCautions(subjects)];
  return [...all.filter(({ isHarm }) => isHarm), ...all.filter(({ isHarm }) => !isHarm)];
}

function underTriageCautions({ evaluation }: Subject): Caution[] {
  const outcomes = outcomesOf(evaluation);
  if (outcomes === null) {
    const text = 'The labels have no order of urgency, so under-triage and over-triage are not measured.';
    return [{ text, isHarm: false }];
  }
  const under = outcomes.underByOne + outcomes.underByMore;
  if (under === 0) return [];
  const far = outcomes.underByMore === 0 ? '' : `, ${countText(outcomes.underByMore)} of them by two levels or more`;
  return [
    {
      text: `${countText(under)} of ${counted(outcomes.total, 'note')} are called less urgent than the reference${far}.`,
      isHarm: true,
    },
  ];
}

/** Patients of level 1 or 2 whom the model places two levels lower or more. */
function urgentMissed({ evaluation: { labels, metrics } }: Subject): Caution[] {
  return labels.flatMap((gold, row) => {
    if ((gold.level ?? Number.POSITIVE_INFINITY) > urgentLevel) return [];
    const missed = labels.reduce(
      (sum, predicted, column) =>
        (levelsApart(gold, predicted) ?? 0) > 1 ? sum + (metrics.confusion.counts[row]?.[column] ?? 0) : sum,
      0,
    );
    if (missed === 0) return [];
    const support = (metrics.confusion.counts[row] ?? []).reduce((sum, count) => sum + count, 0);
    const text = `Of ${counted(support, 'patient')} with level ${labelName(gold)}, ${countText(missed)} ${missed === 1 ? 'is' : 'are'} placed two levels lower or more.`;
    return [{ text, isHarm: true }];
  });
}

function neverCalled({ evaluation }: Subject): Caution[] {
  return evaluation.labels.flatMap((label) => {
    const { of: support } = levelShare(evaluation, label.text, 'recall');
    const { of: given } = levelShare(evaluation, label.text, 'precision');
    if (support === 0 || given > 0) return [];
    return [
      {
        text: `The model never gives the label ${labelName(label)}, though ${counted(support, 'note')} ${support === 1 ? 'has' : 'have'} it.`,
        isHarm: (label.level ?? Number.POSITIVE_INFINITY) <= urgentLevel,
      },
    ];
  });
}

function confidenceCautions({ evaluation: { examples, metrics } }: Subject): Caution[] {
  if (examples.length === 0) return [];
  const sum = examples.reduce((total, { probabilities }) => total + Math.max(...probabilities), 0);
  const confidence = sum / examples.length;
  if (confidence - metrics.accuracy <= tooSure) return [];
  const text = `The model is surer than it is right: it states ${percent(confidence)} on average and is right in ${percent(metrics.accuracy)}. Do not take its percentages at their word.`;
  return [{ text, isHarm: false }];
}

function sampleCautions({ evaluation }: Subject): Caution[] {
  const { labels, metrics } = evaluation;
  const cautions: Caution[] = [];
  if (metrics.n < fewNotes) {
    cautions.push({ text: `Only ${counted(metrics.n, 'note')} were measured: the intervals are wide.`, isHarm: false });
  }
  const supports = labels.map((label) => ({ label, ...levelShare(evaluation, label.text, 'recall') }));
  const present = supports.filter(({ of }) => of > 0);
  const [only] = present;
  if (present.length === 1 && only !== undefined) {
    const text = `All notes have the one reference label ${labelName(only.label)}: nothing here tells how the model does on the others.`;
    return [...cautions, { text, isHarm: false }];
  }
  const missing = supports.filter(({ of }) => of === 0);
  if (missing.length > 0) {
    const names = missing.map(({ label }) => labelName(label)).join(', ');
    cautions.push({ text: `No note has the reference label ${names}: its recall is not measured.`, isHarm: false });
  }
  const few = present.filter(({ of }) => of < fewOfLabel);
  if (few.length > 0 && metrics.n >= fewNotes) {
    const names = few.map(({ label, of }) => `${labelName(label)} (${countText(of)})`).join(', ');
    cautions.push({ text: `Few notes have these labels, so their figures may be chance: ${names}.`, isHarm: false });
  }
  return cautions;
}

function dataCautions(subjects: readonly Subject[]): Caution[] {
  const [first, ...others] = subjects;
  const differs = others.some(({ evaluation }) => evaluation.data.sha256 !== first?.evaluation.data.sha256);
  if (!differs) return [];
  const text =
    'The evaluations are on different data: a difference between them may come from the notes, not from the models.';
  return [{ text, isHarm: false }];
}
