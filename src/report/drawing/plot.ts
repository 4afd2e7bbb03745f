import { figureWidth } from '../figure.ts';
import { type Markup, markup } from '../markup.ts';
import type { Scale } from './scale.ts';

/** The edges of the place in a drawing where data are drawn. */
export interface PlotArea {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface Axis {
  readonly scale: Scale;
  readonly ticks: readonly { readonly value: number; readonly text: string }[];
  readonly title: string;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The usual place: room for the ticks on the left and for ticks and a title below. */
export function usualArea(height: number): PlotArea {
  return { left: 46, right: figureWidth - 12, top: 26, bottom: height - 42 };
}

/** Grid, ticks and titles. The title of the upright axis stands above it, where it reads without turning the head. */
export function axes({ left, right, top, bottom }: PlotArea, x: Axis, y: Axis): Markup {
  const upright = y.ticks.map(({ value, text }) => {
    const place = short(y.scale(value));
    return markup`<line class="grid-line" x1="${left}" x2="${right}" y1="${place}" y2="${place}"/><text class="dim end" x="${left - 6}" y="${short(place + 4)}">${text}</text>`;
  });
  const level = x.ticks.map(({ value, text }) => {
    const place = short(x.scale(value));
    // Half of a long number below the axis' very end would stand outside the figure.
    const [anchor, at] = text.length > 3 && x.scale(value) > right - 8 ? ['end', figureWidth - 1] : ['middle', place];
    return markup`<line class="axis-line" x1="${place}" x2="${place}" y1="${bottom}" y2="${bottom + 4}"/><text class="dim ${anchor}" x="${at}" y="${bottom + 17}">${text}</text>`;
  });
  return markup`${upright}<line class="axis-line" x1="${left}" x2="${right}" y1="${bottom}" y2="${bottom}"/>${level}
<text class="dim" x="4" y="${top - 12}">${y.title}</text><text class="dim end" x="${right}" y="${bottom + 35}">${x.title}</text>`;
}

/** A path through points of the drawing. */
export function pathThrough(points: readonly Point[]): string {
  return points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${short(x)} ${short(y)}`).join('');
}

/** A place with one decimal: finer than any screen shows. */
export function short(place: number): number {
  return Math.round(10 * place) / 10;
}
