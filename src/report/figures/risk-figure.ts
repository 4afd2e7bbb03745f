import { type RiskCoveragePoint, riskCoverage } from '../../evaluation/index.ts';
import { axes, type Point, pathThrough, short, usualArea } from '../drawing/plot.ts';
import { linearScale, ticksUpTo } from '../drawing/scale.ts';
import type { Figure } from '../figure.ts';
import { type Content, type Markup, markup } from '../markup.ts';
import { countText, percent } from '../numbers.ts';
import { fullName, legendOf, type Subject } from '../subject.ts';

export type Risk = 'risk' | 'underTriage';

interface Curve {
  readonly subject: Subject;
  /** From the surest to all examples. */
  readonly points: readonly RiskCoveragePoint[];
}

const height = 260;
const coverages = [1, 0.9, 0.8, 0.7, 0.5, 0.25];
/** A share of fewer answers jumps about without meaning. */
const fewestAnswers = 20;
/** More points than this cannot be told apart in a drawing. */
const mostPoints = 200;
/** The axis reaches at least this far, so that a rate of nearly nothing looks like it. */
const leastHeight = 0.05;

const words = {
  risk: {
    title: 'Mistakes, if the model answers only when it is surest',
    axis: 'wrong, % of answered',
    column: 'wrong',
    reading:
      'All mistakes, read in the same way. Where the curve does not fall towards the left, the model’s confidence does not tell the hard notes from the easy ones.',
  },
  underTriage: {
    title: 'Under-triage, if the model answers only when it is surest',
    axis: 'under-triaged, % of answered',
    column: 'under-triaged',
    reading:
      'Read it from the right, where the model answers for every note. Moving left, the notes it is least sure of go to a clinician. What remains at the left are patients whom it calls too little urgent and is sure of it: no threshold of confidence catches those.',
  },
} as const;

/** One risk against coverage, a curve for each evaluation. */
export function riskFigure(subjects: readonly Subject[], risk: Risk): Figure {
  const { title, axis, column, reading } = words[risk];
  const curves = subjects
    .map(
      (subject): Curve => ({ subject, points: riskCoverage(subject.evaluation.labels, subject.evaluation.examples) }),
    )
    .filter(({ points }) => points.length > 0 && points.every((point) => point[risk] !== null));
  const area = usualArea(height);
  const x = linearScale({ from: 0, to: 1 }, { from: area.left, to: area.right });
  const high = Math.max(
    leastHeight,
    1.1 *
      highest(
        curves.flatMap((curve) => drawnPoints(curve)),
        risk,
      ),
  );
  const y = linearScale({ from: 0, to: high }, { from: area.bottom, to: area.top });
  const percentTicks = (values: readonly number[]) =>
    values.map((value) => ({ value, text: `${Number((100 * value).toFixed(2))}` }));
  return {
    id: `risk-${risk === 'risk' ? 'wrong' : 'under-triage'}`,
    title,
    description: curves.map((curve) => describe(curve, risk)).join(' '),
    height,
    legend: legendOf(curves.map(({ subject }) => subject)),
    drawing: markup`${axes(
      area,
      { scale: x, ticks: percentTicks([0, 0.2, 0.4, 0.6, 0.8, 1]), title: 'notes answered, % (coverage)' },
      { scale: y, ticks: percentTicks(ticksUpTo(high, 4)), title: axis },
    )}
${curves.map((curve) => drawCurve(curve, (point) => ({ x: x(point.coverage), y: y(point[risk] ?? 0) }), risk))}`,
    reading,
    table: {
      caption: title,
      head: ['Answered', ...curves.flatMap(({ subject }) => headOf(subject, column))],
      rows: coverages.map((coverage) => [
        `${Math.round(100 * coverage)}\u00a0%`,
        ...curves.flatMap((curve) => cellsOf(curve, coverage, risk)),
      ]),
    },
  };
}

function drawCurve(curve: Curve, placeOf: (point: RiskCoveragePoint) => Point, risk: Risk): Markup {
  const { subject } = curve;
  const drawn = thinned(drawnPoints(curve));
  const places = drawn.map(placeOf);
  const [first, last] = [places[0], places.at(-1)];
  return markup`<g class="${subject.series}"><path class="line" d="${pathThrough(places)}"/>
${last === undefined ? null : markup`<circle class="dot" data-risk="${drawn.at(-1)?.[risk] ?? ''}" cx="${short(last.x)}" cy="${short(last.y)}" r="4"/>`}
${first === undefined || subject.key === '' ? null : markup`<text class="end strong" x="${short(first.x - 4)}" y="${short(first.y + 4)}">${subject.key}</text>`}</g>`;
}

function headOf({ key }: Subject, column: string): string[] {
  const prefix = key === '' ? '' : `${key}: `;
  return [`${prefix}notes`, `${prefix}confidence from`, `${prefix}${column}`];
}

function cellsOf(curve: Curve, coverage: number, risk: Risk): Content[] {
  const point = pointAt(curve, coverage);
  if (point === undefined) return ['–', '–', '–'];
  const total = curve.subject.evaluation.examples.length;
  return [countText(Math.round(point.coverage * total)), percent(point.confidence), percent(point[risk] ?? 0)];
}

function describe(curve: Curve, risk: Risk): string {
  const at = (coverage: number) => percent(pointAt(curve, coverage)?.[risk] ?? 0);
  const name = curve.subject.key === '' ? 'The rate' : `The rate of ${fullName(curve.subject)}`;
  return `${name} is ${at(1)} when every note is answered, ${at(0.8)} at 80\u00a0% and ${at(0.5)} at 50\u00a0%.`;
}

/** The first point that answers for at least that share of the notes. */
function pointAt({ points }: Curve, coverage: number): RiskCoveragePoint | undefined {
  return points.find((point) => point.coverage >= coverage - 1e-9);
}

function drawnPoints({ subject, points }: Curve): readonly RiskCoveragePoint[] {
  const total = subject.evaluation.examples.length;
  return points.filter(({ coverage }) => coverage * total >= Math.min(fewestAnswers, total) - 1e-6);
}

function highest(points: readonly RiskCoveragePoint[], risk: Risk): number {
  return points.reduce((most, point) => Math.max(most, point[risk] ?? 0), 0);
}

/** Every so many-th point, and the last. */
function thinned(points: readonly RiskCoveragePoint[]): readonly RiskCoveragePoint[] {
  const every = Math.ceil(points.length / mostPoints);
  return points.filter((_, index) => index % every === 0 || index === points.length - 1);
}
