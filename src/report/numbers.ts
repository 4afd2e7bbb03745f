import type { Interval } from '../evaluation/index.ts';

/** How a measure is written: as a share of a hundred, or with three decimals. */
export type Unit = 'share' | 'decimal';

const space = '\u00a0';
const minus = '−';

/** A share from 0 to 1 as `71.4 %`. */
export function percent(share: number): string {
  return `${signs((100 * share).toFixed(1))}${space}%`;
}

export function decimal(value: number): string {
  return signs(value.toFixed(3));
}

export function inUnit(value: number, unit: Unit): string {
  return unit === 'share' ? percent(value) : decimal(value);
}

/** `68.0 to 74.5 %`, or `0.601 to 0.688`. */
export function intervalText({ low, high }: Interval, unit: Unit): string {
  if (unit === 'share') return `${signs((100 * low).toFixed(1))} to ${percent(high)}`;
  return `${decimal(low)} to ${decimal(high)}`;
}

/** A difference with its sign: `+2.1 points` of a hundred, or `−0.021`. */
export function differenceText(difference: number, unit: Unit): string {
  const value = unit === 'share' ? 100 * difference : difference;
  const digits = Math.abs(value).toFixed(unit === 'share' ? 1 : 3);
  const sign = Number(digits) === 0 ? '±' : value < 0 ? minus : '+';
  return unit === 'share' ? `${sign}${digits} points` : `${sign}${digits}`;
}

export function differenceIntervalText({ low, high }: Interval, unit: Unit): string {
  const scale = unit === 'share' ? 100 : 1;
  const digits = unit === 'share' ? 1 : 3;
  const signed = (value: number) => {
    const text = Math.abs(scale * value).toFixed(digits);
    return `${Number(text) === 0 ? '' : value < 0 ? minus : '+'}${text}`;
  };
  return `${signed(low)} to ${signed(high)}`;
}

/** A probability of chance: `0.031`, or `< 0.001`. */
export function pValueText(value: number): string {
  return value < 0.001 ? `<${space}0.001` : value.toFixed(3);
}

/** `1,240`. */
export function countText(count: number): string {
  return count.toLocaleString('en-GB');
}

/** `1 note`, `12 notes`. */
export function counted(count: number, noun: string): string {
  return `${countText(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `2,400`, `0.05`, `1e-5`: a number on an axis or in a table, as short as it can be said. */
export function shortNumber(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size < 0.001) return signs(value.toExponential(size < 0.001 && isPower(size) ? 0 : 1));
  if (size >= 1000) return countText(Math.round(value));
  return signs(String(Number(value.toPrecision(3))));
}

const dates = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

/** `22 November 2026 at 21:34 UTC`; what is no date stays as it is written. */
export function dateText(iso: string): string {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? iso : `${dates.format(time)} UTC`;
}

function isPower(size: number): boolean {
  return Number(size.toExponential(0)) === size;
}

function signs(text: string): string {
  return text.replace('-', minus);
}
