import type { EvaluationFile, Interval } from '../../evaluation/index.ts';
import { axes, short } from '../drawing/plot.ts';
import { linearScale } from '../drawing/scale.ts';
import { type Figure, figureWidth } from '../figure.ts';
import { type Content, markup } from '../markup.ts';
import { countText, intervalText, percent } from '../numbers.ts';
import { legendOf, type Subject } from '../subject.ts';
import { cut, labelName } from './confusion-figure.ts';

export type LevelRatio = 'recall' | 'precision';

/** One label's ratio in one evaluation. */
export interface LevelShare {
  /** Of how many notes it is a share. */
  readonly of: number;
  /** Null where it would be a share of no note. */
  readonly share: number | null;
  readonly interval: Interval | null;
}

const words = {
  recall: {
    title: 'Recall: how many patients of each label are found',
    axis: 'found, % of the notes with this reference label',
    reading:
      'Of the notes whose reference label this is, how many the model gives it, with the 95\u00a0% interval. The others were given another label. A missing dot means that no note has this label.',
    of: 'reference notes',
  },
  precision: {
    title: 'Precision: how far each label can be believed',
    axis: 'right, % of the notes the model gave this label',
    reading:
      'Of the notes that the model gives this label, how many have it as reference, with the 95\u00a0% interval. A missing dot means that the model never gave this label.',
    of: 'notes given it',
  },
} as const;

const namesWidth = 112;
const countWidth = 40;
const top = 20;
const spacing = 15;

/** Recall or precision of each label, with intervals. */
export function levelsFigure(subjects: readonly Subject[], ratio: LevelRatio): Figure {
  const { title, axis, reading, of } = words[ratio];
  const labels = subjects[0]?.evaluation.labels ?? [];
  const rowHeight = 16 + spacing * subjects.length;
  const bottom = top + labels.length * rowHeight;
  const area = { left: namesWidth, right: figureWidth - countWidth, top, bottom };
  const x = linearScale({ from: 0, to: 1 }, { from: area.left, to: area.right });
  const rows = labels.map((label, index) => {
    const y = top + index * rowHeight;
    const marks = subjects.map((subject, place) => {
      const found = levelShare(subject.evaluation, label.text, ratio);
      return markup`<g class="${subject.series}">${markOf(found, x, y + 8 + spacing * (place + 0.5), `${labelName(label)}: `)}</g>`;
    });
    return markup`<line class="grid-line" x1="0" x2="${figureWidth}" y1="${short(y + rowHeight)}" y2="${short(y + rowHeight)}"/>
<text x="0" y="${short(y + rowHeight / 2 + 4)}">${cut(labelName(label), 16)}</text>${marks}`;
  });
  return {
    id: `levels-${ratio}`,
    title,
    description: subjects
      .map(({ key, evaluation }) => {
        const values = labels.map((label) => {
          const { share } = levelShare(evaluation, label.text, ratio);
          return `${label.text} ${share === null ? 'not measured' : percent(share)}`;
        });
        return `${key === '' ? '' : `${key}: `}${values.join(', ')}.`;
      })
      .join(' '),
    height: bottom + 44,
    legend: legendOf(subjects),
    drawing: markup`${axes(
      area,
      {
        scale: x,
        ticks: [0, 0.25, 0.5, 0.75, 1].map((value) => ({ value, text: String(100 * value) })),
        title: axis,
      },
      { scale: (value) => value, ticks: [], title: '' },
    )}
<text class="dim end small" x="${figureWidth}" y="${top - 6}">notes</text>
${[0.25, 0.5, 0.75, 1].map((value) => markup`<line class="grid-line" x1="${short(x(value))}" x2="${short(x(value))}" y1="${top}" y2="${bottom}"/>`)}
${rows}`,
    reading,
    table: {
      caption: `${ratio === 'recall' ? 'Recall' : 'Precision'} of each label`,
      head: [
        'Label',
        ...subjects.flatMap(({ key }) => {
          const prefix = key === '' ? '' : `${key}: `;
          return [`${prefix}${of}`, `${prefix}${ratio}`, `${prefix}95\u00a0% interval`];
        }),
      ],
      rows: labels.map((label) => [
        labelName(label),
        ...subjects.flatMap((subject) => cellsOf(levelShare(subject.evaluation, label.text, ratio))),
      ]),
    },
  };
}

/** A label's ratio, from the counts: the ratios in the file say 0 where there was nothing to count. */
export function levelShare({ metrics }: EvaluationFile, text: string, ratio: LevelRatio): LevelShare {
  const { labels, counts } = metrics.confusion;
  const index = labels.indexOf(text);
  const of =
    ratio === 'recall'
      ? (counts[index] ?? []).reduce((sum, count) => sum + count, 0)
      : counts.reduce((sum, row) => sum + (row[index] ?? 0), 0);
  if (of === 0) return { of, share: null, interval: null };
  return {
    of,
    share: (counts[index]?.[index] ?? 0) / of,
    interval: metrics.levelIntervals.find(({ label }) => label === text)?.[ratio] ?? null,
  };
}

function markOf({ of, share, interval }: LevelShare, x: (value: number) => number, y: number, name: string): Content {
  const count = markup`<text class="dim end" x="${figureWidth}" y="${short(y + 4)}">${countText(of)}</text>`;
  if (share === null) return count;
  const whisker =
    interval === null
      ? null
      : markup`<path class="whisker" d="M${short(x(interval.low))} ${short(y)}H${short(x(interval.high))}"/>`;
  return markup`<g><title>${name}${percent(share)} of ${countText(of)}</title>${whisker}<circle class="dot" data-share="${share}" cx="${short(x(share))}" cy="${short(y)}" r="4.5"/></g>${count}`;
}

function cellsOf({ of, share, interval }: LevelShare): Content[] {
  return [
    countText(of),
    share === null ? 'not measured' : percent(share),
    interval === null ? '–' : intervalText(interval, 'share'),
  ];
}
