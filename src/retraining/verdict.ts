import {
  compareEvaluations,
  type EvaluationFile,
  type Interval,
  type JudgedExample,
  type ModelComparison,
  mcnemar,
} from '../evaluation/index.ts';
import type { Criterion, Verdict } from '../registry/index.ts';

/** The evaluations of two models on the same examples. */
export interface Pair {
  readonly parent: EvaluationFile;
  readonly candidate: EvaluationFile;
}

export interface Margins {
  readonly macroF1: number;
  readonly underTriage: number;
}

/** What is beyond noise: 95 %, two-sided, everywhere. */
const significance = 0.05;

/**
 * Whether a candidate is offered for promotion: macro-F1 and under-triage on the frozen set are not worse (non-inferiority: the
 * 95 % interval of the paired difference excludes a loss of the margin), and on held-out corrections the reviewer's level is met
 * more often (superiority: exact McNemar, two-sided, below 5 %) and under-triage does not rise (McNemar finds no rise). All must
 * hold, so that offering a worse candidate is no more likely than the weakest of them errs.
 */
export function judge(frozen: Pair, heldOut: Pair, margins: Margins): Verdict {
  const onFrozen = compareEvaluations(frozen.parent, frozen.candidate);
  const onHeldOut = compareEvaluations(heldOut.parent, heldOut.candidate);
  const criteria = [
    macroF1Criterion(frozen, onFrozen, margins.macroF1),
    underTriageCriterion(frozen, onFrozen, margins.underTriage),
    reviewerCriterion(heldOut, onHeldOut),
    heldOutUnderTriage(heldOut),
  ];
  return { offered: criteria.every(({ met }) => met), criteria };
}

function macroF1Criterion(pair: Pair, comparison: ModelComparison, margin: number): Criterion {
  const { parent, version, difference } = measured(pair, comparison, 'macroF1');
  const met = difference !== null && difference.low > -margin;
  return {
    measure: 'macro-F1',
    met,
    parent,
    version,
    difference,
    probability: null,
    reason:
      `Macro-F1 on ${notes(pair)} is ${points(version)}, before ${points(parent)} (difference ${range(difference)}): ` +
      `a fall of ${points(margin)} or more is ${met ? 'ruled out' : 'not ruled out'}.`,
  };
}

function underTriageCriterion(pair: Pair, comparison: ModelComparison, margin: number): Criterion {
  const { parent, version, difference } = measured(pair, comparison, 'underTriage');
  const ordered = parent !== null && version !== null;
  const met = !ordered || (difference !== null && difference.high < margin);
  return {
    measure: 'under-triage',
    met,
    parent,
    version,
    difference,
    probability: null,
    reason: ordered
      ? `Under-triage on ${notes(pair)} is ${percent(version)}, before ${percent(parent)} (difference ${range(difference)}): ` +
        `a rise of ${percent(margin)} or more is ${met ? 'ruled out' : 'not ruled out'}.`
      : 'The labels have no order, so there is no under-triage.',
  };
}

function reviewerCriterion(pair: Pair, comparison: ModelComparison): Criterion {
  const { before, after, gained, lost, count } = changes(pair, ({ gold, predicted }) => gold === predicted);
  const probability = comparison.mcnemar.exact;
  const met = gained > lost && probability < significance;
  const words = met
    ? 'more often, beyond noise'
    : gained > lost
      ? 'more often, but that may be noise'
      : gained === lost
        ? 'no more often'
        : 'less often';
  return {
    measure: "reviewer's level",
    met,
    ...measured(pair, comparison, 'accuracy'),
    probability,
    reason:
      `The reviewer's level is met in ${after} of ${count} held-out corrections, before in ${before} (${gained} gained, ` +
      `${lost} lost; ${chance(probability)}): ${words}.`,
  };
}

function heldOutUnderTriage(pair: Pair): Criterion {
  const levels = new Map(pair.parent.labels.map(({ text, level }) => [text, level ?? null]));
  const ordered = [...levels.values()].every((level) => level !== null);
  const isUnder = ({ gold, predicted }: JudgedExample) => Number(levels.get(predicted)) > Number(levels.get(gold));
  const { before, after, gained, lost, count } = changes(pair, isUnder);
  const probability = mcnemar(lost, gained).exact;
  const met = !ordered || !(gained > lost && probability < significance);
  return {
    measure: 'under-triage on corrections',
    met,
    parent: ordered ? before / count : null,
    version: ordered ? after / count : null,
    difference: null,
    probability: ordered ? probability : null,
    reason: ordered
      ? `Of the held-out corrections ${after} are under-triaged, before ${before} (${chance(probability)}): ` +
        `${met ? 'no rise beyond noise' : 'a rise beyond noise'}.`
      : 'The labels have no order, so no correction can be under-triaged.',
  };
}

/** A measure of both models, and the 95 % interval of its paired difference. */
function measured(
  { parent, candidate }: Pair,
  comparison: ModelComparison,
  name: 'accuracy' | 'macroF1' | 'underTriage',
): Pick<Criterion, 'parent' | 'version' | 'difference'> {
  return {
    parent: parent.metrics[name],
    version: candidate.metrics[name],
    difference: comparison.differences[name].interval,
  };
}

/** How often something holds of the answers of each model, and where only one of them has it. */
function changes({ parent, candidate }: Pair, holds: (example: JudgedExample) => boolean) {
  const pairs = parent.examples.map((example, index) => {
    const other = candidate.examples[index];
    return [holds(example), other !== undefined && holds(other)] as const;
  });
  const count = (test: (before: boolean, after: boolean) => boolean) => pairs.filter(([a, b]) => test(a, b)).length;
  return {
    count: pairs.length,
    before: count((before) => before),
    after: count((_, after) => after),
    gained: count((before, after) => !before && after),
    lost: count((before, after) => before && !after),
  };
}

const notes = ({ parent }: Pair) => `${parent.examples.length} frozen notes`;
const points = (value: number | null) => (value === null ? 'undefined' : value.toFixed(3));
const percent = (value: number | null) => (value === null ? 'undefined' : `${(100 * value).toFixed(1)} %`);
const range = (interval: Interval | null) =>
  interval === null ? 'undefined' : `${signed(interval.low)} to ${signed(interval.high)}, 95 %`;
const signed = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;
const chance = (probability: number) => (probability < 0.001 ? 'p < 0.001' : `p = ${probability.toFixed(3)}`);
