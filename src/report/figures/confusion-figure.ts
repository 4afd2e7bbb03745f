import type { MetricLabel } from '../../evaluation/index.ts';
import { short } from '../drawing/plot.ts';
import { type Figure, figureWidth } from '../figure.ts';
import { type Markup, markup } from '../markup.ts';
import { countText, percent } from '../numbers.ts';
import { isOrdered, judgementOf } from '../outcomes.ts';
import { type Subject, titlePrefix } from '../subject.ts';

const namesWidth = 104;
const top = 48;
/** The fill of a cell with every example of its row, on which ink keeps a contrast above 4.5, and of one with hardly any. */
const strongest = 0.5;
const weakest = 0.18;
/** Beyond it a cell has no room for its number, which then stands only in the table. */
const mostWithNumbers = 10;

/** How often each reference label was given each label. */
export function confusionFigure(subject: Subject): Figure {
  const { labels, metrics } = subject.evaluation;
  const size = (figureWidth - namesWidth - 4) / labels.length;
  const height = Math.min(size, 46);
  const ordered = isOrdered(labels);
  return {
    id: `confusion-${subject.key}`,
    title: `${titlePrefix(subject)}What the model called the notes of each reference label`,
    description: `A grid with a row for each reference label and a column for each predicted label. ${percent(metrics.accuracy)} of the notes lie on the diagonal, where both are the same.`,
    height: top + labels.length * height + 4,
    drawing: markup`<text class="dim" x="${namesWidth}" y="13">predicted label</text><text class="dim" x="0" y="${top - 10}">reference</text>
${labels.map((label, column) => columnName(label, namesWidth + (column + 0.5) * size, size))}
${labels.map((label, row) => rowOf(subject, label, row, size, height))}`,
    legend: ordered
      ? markup`<ul class="legend"><li>${mark('under')}less urgent than the reference</li><li>${mark('exact')}the same</li><li>${mark('over')}more urgent</li></ul>`
      : markup`<ul class="legend"><li>${mark('exact')}the same</li><li>${mark('over')}another label</li></ul>`,
    reading: ordered
      ? 'Each row is one reference label; its shares add up to 100\u00a0%. To the right of the diagonal are the patients called less urgent than they are: the further right, the worse.'
      : 'Each row is one reference label; its shares add up to 100\u00a0%. The framed cells are right, all others are mistakes.',
    table: {
      caption: `${titlePrefix(subject)}Notes by reference label (rows) and predicted label (columns)`,
      head: ['Reference', ...labels.map(labelName)],
      rows: labels.map((label, row) => [
        labelName(label),
        ...labels.map((_, column) => countText(metrics.confusion.counts[row]?.[column] ?? 0)),
      ]),
    },
  };
}

/** Level and text, as in `2 emergent`. */
export function labelName({ level, text }: MetricLabel): string {
  return (level ?? null) === null ? text : `${level} ${text}`;
}

/** A name cut to what has room in a drawing. */
export function cut(name: string, longest: number): string {
  const letters = [...name];
  return letters.length <= longest ? name : `${letters.slice(0, longest - 1).join('')}…`;
}

function columnName(label: MetricLabel, x: number, size: number): Markup {
  const name =
    (label.level ?? null) === null ? cut(label.text, Math.max(1, Math.floor(size / 7))) : String(label.level);
  return markup`<text class="middle strong" x="${short(x)}" y="${top - 10}">${name}</text>`;
}

function rowOf({ evaluation }: Subject, gold: MetricLabel, row: number, size: number, height: number): Markup {
  const counts = evaluation.metrics.confusion.counts[row] ?? [];
  const total = counts.reduce((sum, count) => sum + count, 0);
  const y = top + row * height;
  const cells = evaluation.labels.map((predicted, column) => {
    const count = counts[column] ?? 0;
    const share = total === 0 ? 0 : count / total;
    const x = namesWidth + column * size;
    const judgement = judgementOf(gold, predicted);
    const kind = count === 0 ? 'empty' : judgement === 'wrong' ? 'over' : judgement;
    const opacity =
      count === 0 ? null : markup` fill-opacity="${(weakest + (strongest - weakest) * Math.sqrt(share)).toFixed(3)}"`;
    return markup`<g><title>${labelName(gold)} called ${labelName(predicted)}: ${countText(count)}, ${percent(share)}</title>
<rect class="cell ${kind}" x="${short(x)}" y="${short(y)}" width="${short(size)}" height="${short(height)}"${opacity}/>
${judgement === 'exact' ? markup`<rect class="frame" x="${short(x + 1.7)}" y="${short(y + 1.7)}" width="${short(size - 3.4)}" height="${short(height - 3.4)}"/>` : null}
${evaluation.labels.length > mostWithNumbers ? null : cellText(count, share, x + size / 2, y + height / 2)}</g>`;
  });
  return markup`<text x="0" y="${short(y + height / 2 + 4)}">${cut(labelName(gold), 15)}</text>${cells}`;
}

function cellText(count: number, share: number, x: number, y: number): Markup {
  if (count === 0) return markup`<text class="middle dim" x="${short(x)}" y="${short(y + 4)}">0</text>`;
  return markup`<text class="middle strong" x="${short(x)}" y="${short(y - 1)}">${countText(count)}</text><text class="middle small" x="${short(x)}" y="${short(y + 12)}">${Math.round(100 * share)}\u00a0%</text>`;
}

function mark(kind: string): Markup {
  return markup`<svg class="mark" viewBox="0 0 12 12" aria-hidden="true"><rect class="${kind}" width="12" height="12" rx="2" fill-opacity="0.6"/></svg>`;
}
