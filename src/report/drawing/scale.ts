/** Places a value on the drawing. */
export type Scale = (value: number) => number;

/** A range of values or of places; `to` may lie before `from`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Where the domain is a single value, it is placed in the middle. */
export function linearScale(domain: Span, range: Span): Scale {
  const length = domain.to - domain.from;
  if (length === 0) return () => (range.from + range.to) / 2;
  return (value) => range.from + ((value - domain.from) / length) * (range.to - range.from);
}

/** @param domain positive; what lies below it is placed at its start. */
export function logarithmicScale(domain: Span, range: Span): Scale {
  const linear = linearScale({ from: Math.log10(domain.from), to: Math.log10(domain.to) }, range);
  return (value) => linear(Math.log10(Math.max(value, domain.from)));
}

/** Round values (1, 2 or 5 times a power of ten apart) from 0 to at most `high`, about `count` of them. */
export function ticksUpTo(high: number, count: number): number[] {
  if (high <= 0) return [0];
  const step = roundStep(high / count);
  return Array.from({ length: Math.floor(high / step + 1e-9) + 1 }, (_, index) =>
    Number((index * step).toPrecision(12)),
  );
}

/** The powers of ten within a span, and where those are fewer than three, their halves and fifths too. */
export function logarithmicTicks({ from, to }: Span): number[] {
  const powers = Array.from(
    { length: Math.floor(Math.log10(to)) - Math.floor(Math.log10(from)) + 1 },
    (_, index) => 10 ** (Math.floor(Math.log10(from)) + index),
  );
  const within = (values: readonly number[]) => values.filter((value) => value >= from * 0.999 && value <= to * 1.001);
  const sparse = within(powers);
  const ticks = sparse.length >= 3 ? sparse : within(powers.flatMap((power) => [power, 2 * power, 5 * power]));
  return ticks.map((tick) => Number(tick.toPrecision(6)));
}

function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5, 10].find((multiple) => multiple * power >= least * (1 - 1e-9)) ?? 10;
  return factor * power;
}
