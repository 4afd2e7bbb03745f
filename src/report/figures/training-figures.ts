import { axes, type PlotArea, type Point, pathThrough, short, usualArea } from '../drawing/plot.ts';
import { linearScale, logarithmicScale, logarithmicTicks, type Scale, type Span, ticksUpTo } from '../drawing/scale.ts';
import type { Figure } from '../figure.ts';
import { type Content, type Markup, markup } from '../markup.ts';
import { shortNumber } from '../numbers.ts';
import { averaged, type Course, type StageSpan, stageTitle, stepValues, validationValues } from '../training-course.ts';

/** A line of a figure of training. */
interface Curve {
  readonly name: string;
  readonly series: string;
  readonly points: readonly Point[];
  /** Drawn as marks, one for each validation, instead of a line. */
  readonly isValidation?: boolean;
}

interface Drawn {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly curves: readonly Curve[];
  readonly scale: 'linear' | 'logarithmic' | 'fraction';
  readonly reading: Content;
}

const height = 250;
const mostPoints = 160;
const tableRows = 20;
/** Widths that the words below the axis need. */
const axisTitleWidth = 34;
const stageTitleWidth = 52;
/** Losses below it are drawn at it: what a batch that is all right has lost. */
const leastLoss = 1e-4;

/** Loss, validation, learning rate, and the method's two schedules over the steps of a run. */
export function trainingFigures(course: Course, id: string): Figure[] {
  const steps = (name: string, series: string, value: Parameters<typeof stepValues>[1]): Curve => ({
    name,
    series,
    points: averaged(course, stepValues(course, value), mostPoints),
  });
  const validation = (name: string, series: string, metric: string): Curve => ({
    name,
    series,
    points: validationValues(course, metric),
    isValidation: true,
  });
  const figures: Drawn[] = [
    {
      id: `${id}-loss`,
      title: 'Loss',
      unit: 'mean loss of a token',
      scale: 'logarithmic',
      curves: [
        steps('labels', 'series-0', ({ predictLoss }) => predictLoss),
        steps('rationales', 'series-1', ({ explainLoss }) => explainLoss),
        validation('rationales, validation', 'series-3', 'loss'),
      ],
      reading:
        'How far the model is from the training answers; each mark upwards is ten times as far. Where training goes on falling and validation rises, the model learns by heart.',
    },
    {
      id: `${id}-validation`,
      title: 'Validation during training',
      unit: 'share',
      scale: 'fraction',
      curves: [validation('macro-F1', 'series-0', 'macroF1'), validation('accuracy', 'series-1', 'accuracy')],
      reading: 'Measured on notes that are not trained on. The weights with the best macro-F1 became the model.',
    },
    {
      id: `${id}-rate`,
      title: 'Learning rate',
      unit: 'rate',
      scale: 'linear',
      curves: [steps('learning rate', 'series-0', ({ learningRate }) => learningRate)],
      reading: 'How large a step the optimiser takes.',
    },
    {
      id: `${id}-schedule`,
      title: 'Predict weight α and sampling rate π',
      unit: 'fraction',
      scale: 'fraction',
      curves: [
        steps('α, the weight of the labels’ loss', 'series-0', ({ predictWeight }) => predictWeight),
        steps(
          'π, how often a rationale is learned for the model’s own label',
          'series-1',
          ({ samplingRate }) => samplingRate,
        ),
      ],
      reading:
        'The Reason2Decide schedule: α rises during the warm-up; after it, π hands the model more and more of its own labels to explain, as it will have to at the bedside.',
    },
  ];
  return figures
    .map((drawn) => ({ ...drawn, curves: drawn.curves.filter(({ points }) => points.length > 0) }))
    .filter(({ curves }) => curves.length > 0)
    .map((drawn) => trainingFigure(course, drawn));
}

function trainingFigure(course: Course, { id, title, unit, curves, scale, reading }: Drawn): Figure {
  const area = usualArea(height);
  const x = linearScale({ from: 0, to: course.steps }, { from: area.left, to: area.right });
  const y = uprightAxis(curves, scale, area);
  return {
    id,
    title,
    description: curves.map(describe).join(' '),
    height,
    legend: markup`<ul class="legend">${curves.map(({ name, series, isValidation }) => markup`<li>${swatch(series, isValidation === true)}${name}</li>`)}</ul>`,
    drawing: markup`${axes(
      area,
      {
        scale: x,
        ticks: ticksUpTo(course.steps, 6).map((value) => ({ value, text: shortNumber(value) })),
        title: 'step',
      },
      { scale: y.scale, ticks: y.ticks.map((value) => ({ value, text: y.text(value) })), title: unit },
    )}
${course.stages.map((stage, index) => stageMark(stage, { from: short(x(stage.offset)), to: x(stage.offset + stage.steps) }, area, index > 0))}
${curves.map((curve) => curveOf(curve, x, y.scale))}`,
    reading,
    table: {
      caption: `${title} over the steps`,
      head: ['Step', ...curves.map(({ name }) => name)],
      rows: tableOf(course, curves),
    },
  };
}

function uprightAxis(curves: readonly Curve[], kind: Drawn['scale'], { top, bottom }: PlotArea) {
  const range = { from: bottom, to: top };
  const values = curves.flatMap(({ points }) => points.map(({ y }) => y));
  const high = values.reduce((most, value) => Math.max(most, value), 0);
  if (kind === 'fraction') {
    const text = (value: number) => String(Math.round(100 * value) / 100);
    return { scale: linearScale({ from: 0, to: 1 }, range), ticks: [0, 0.25, 0.5, 0.75, 1], text };
  }
  if (kind === 'linear' || high <= 0) {
    const domain: Span = { from: 0, to: high > 0 ? high * 1.05 : 1 };
    return { scale: linearScale(domain, range), ticks: ticksUpTo(domain.to, 4), text: shortNumber };
  }
  const low = values.reduce((least, value) => Math.min(least, value), high);
  const domain: Span = { from: Math.max(leastLoss, low / 1.2), to: high * 1.2 };
  return { scale: logarithmicScale(domain, range), ticks: logarithmicTicks(domain), text: shortNumber };
}

function curveOf({ name, series, points, isValidation }: Curve, x: Scale, y: Scale): Markup {
  const places = points.map((point) => ({ x: x(point.x), y: y(point.y) }));
  const line = markup`<path class="line" data-curve="${name}" d="${pathThrough(places)}"/>`;
  const marks = places.map(
    (place, index) =>
      markup`<circle class="dot open" data-value="${points[index]?.y ?? ''}" cx="${short(place.x)}" cy="${short(place.y)}" r="3.2"><title>${name}, step ${shortNumber(points[index]?.x ?? 0)}: ${shortNumber(points[index]?.y ?? 0)}</title></circle>`,
  );
  return markup`<g class="${series}">${line}${isValidation === true ? marks : null}</g>`;
}

/** Where a stage begins, and its name below the axis where it has room beside the axis' own. */
function stageMark(
  { name }: StageSpan,
  { from, to }: Span,
  { top, bottom, right }: PlotArea,
  isLater: boolean,
): Markup {
  const room = Math.min(to, right - axisTitleWidth) - from;
  return markup`${isLater ? markup`<path class="guide" d="M${from} ${top}V${bottom}"/>` : null}${
    room < stageTitleWidth
      ? null
      : markup`<text class="dim" x="${from + (isLater ? 5 : 0)}" y="${bottom + 35}">${stageTitle(name)}</text>`
  }`;
}

function swatch(series: string, isValidation: boolean): Markup {
  return markup`<svg class="swatch ${series}" viewBox="0 0 26 12" aria-hidden="true"><path class="line" d="M0 6H26"/>${isValidation ? markup`<circle class="dot open" cx="13" cy="6" r="3.2"/>` : null}</svg>`;
}

function describe({ name, points }: Curve): string {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return '';
  return `${name}: from ${shortNumber(first.y)} at step ${shortNumber(first.x)} to ${shortNumber(last.y)} at step ${shortNumber(last.x)}.`;
}

/** The curves at up to twenty places of the run: where validations are drawn, at each of them. */
function tableOf(course: Course, curves: readonly Curve[]): Content[][] {
  const lines = curves.map(({ points, isValidation }) =>
    isValidation === true ? points : averaged(course, points, tableRows),
  );
  const steps = [...new Set(lines.flatMap((points) => points.map(({ x }) => Math.round(x))))].sort((a, b) => a - b);
  return steps.map((step) => [
    shortNumber(step),
    ...lines.map((points) => {
      const point = points.find(({ x }) => Math.round(x) === step);
      return point === undefined ? '–' : shortNumber(point.y);
    }),
  ]);
}
