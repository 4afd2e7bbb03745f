import { axes, pathThrough, short } from '../drawing/plot.ts';
import { linearScale, ticksUpTo } from '../drawing/scale.ts';
import { type Figure, figureWidth } from '../figure.ts';
import { markup } from '../markup.ts';
import { countText, intervalText, percent } from '../numbers.ts';
import { type Subject, titlePrefix } from '../subject.ts';
import { wilsonInterval } from '../wilson.ts';

const left = 46;
const right = figureWidth - 12;
const plot = { left, right, top: 26, bottom: 226 };
const counts = { left, right, top: 276, bottom: 336 };
const height = 376;
const fractions = [0, 0.2, 0.4, 0.6, 0.8, 1];

/** How often the model is right for each confidence that it states, and how often it states it. */
export function reliabilityFigure(subject: Subject): Figure {
  const { metrics } = subject.evaluation;
  const bins = metrics.reliability.flatMap(({ low, high, count, confidence, accuracy }) =>
    count === 0 || confidence === null || accuracy === null
      ? []
      : [{ low, high, count, confidence, accuracy, interval: wilsonInterval(accuracy, count) }],
  );
  const x = linearScale({ from: 0, to: 1 }, { from: left, to: right });
  const y = linearScale({ from: 0, to: 1 }, { from: plot.bottom, to: plot.top });
  const most = Math.max(1, ...bins.map(({ count }) => count));
  const countTicks = ticksUpTo(most, 3).filter(Number.isInteger);
  const countScale = linearScale({ from: 0, to: most }, { from: counts.bottom, to: counts.top });
  const shares = fractions.map((value) => ({ value, text: `${Math.round(100 * value)}` }));
  return {
    id: `reliability-${subject.key}`,
    title: `${titlePrefix(subject)}Is the model right as often as it is sure?`,
    description: `For each of ten ranges of confidence, how often the label was right, with its 95\u00a0% interval, and below how many notes fell into it. The calibration error is ${percent(metrics.calibrationError)}.`,
    height,
    drawing: markup`${axes(plot, { scale: x, ticks: [], title: '' }, { scale: y, ticks: shares, title: 'right, %' })}
<path class="guide" d="${pathThrough([
      { x: x(0), y: y(0) },
      { x: x(1), y: y(1) },
    ])}"/>
<text class="dim" x="${left + 8}" y="${plot.top + 16}">more often right than sure</text>
<text class="dim end" x="${right - 8}" y="${plot.bottom - 10}">surer than right</text>
<g class="${subject.series}">${bins.map(
      ({ low, high, count, confidence, accuracy, interval }) =>
        markup`<g><title>${range(low, high)}: right in ${percent(accuracy)} of ${countText(count)}</title>
<path class="whisker" d="M${short(x(confidence))} ${short(y(interval.low))}V${short(y(interval.high))}"/>
<circle class="dot" data-confidence="${confidence}" data-accuracy="${accuracy}" cx="${short(x(confidence))}" cy="${short(y(accuracy))}" r="4.5"/></g>`,
    )}</g>
${axes(
  counts,
  { scale: x, ticks: shares, title: 'stated confidence, %' },
  { scale: countScale, ticks: countTicks.map((value) => ({ value, text: countText(value) })), title: 'notes' },
)}
<g class="${subject.series}">${bins.map(({ low, high, count }) => {
      const top = short(countScale(count));
      return markup`<rect class="bar" x="${short(x(low) + 1)}" y="${top}" width="${short(x(high) - x(low) - 2)}" height="${short(counts.bottom - top)}"/><text class="middle small" x="${short((x(low) + x(high)) / 2)}" y="${short(top - 3)}">${countText(count)}</text>`;
    })}</g>`,
    reading:
      'Each dot is a range of confidence, its bar the 95\u00a0% interval. Below the dashed line the model is surer than it is right: there its percentages must not be taken at their word. Dots of few notes may lie anywhere.',
    table: {
      caption: `${titlePrefix(subject)}Confidence and how often it was right`,
      head: ['Confidence', 'Notes', 'Mean', 'Right, 95\u00a0% interval'],
      rows: bins.map(({ low, high, count, confidence, accuracy, interval }) => [
        range(low, high),
        countText(count),
        percent(confidence),
        markup`${percent(accuracy)}<span class="range">${intervalText(interval, 'share')}</span>`,
      ]),
    },
  };
}

function range(low: number, high: number): string {
  return `${Math.round(100 * low)} to ${Math.round(100 * high)}\u00a0%`;
}
