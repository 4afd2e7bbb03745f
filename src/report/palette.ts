/** The colours of a report by what they stand for. Text and background keep a contrast of at least 4.5 to 1. */
export interface Palette {
  readonly paper: string;
  readonly panel: string;
  readonly ink: string;
  readonly dim: string;
  readonly line: string;
  readonly grid: string;
  /** Too little urgency: the error that harms. */
  readonly under: string;
  readonly over: string;
  readonly exact: string;
  readonly good: string;
  /** One for each evaluation, in turn. */
  readonly series: readonly string[];
}

export const lightPalette: Palette = {
  paper: '#ffffff',
  panel: '#f6f7f9',
  ink: '#1c2126',
  dim: '#555d66',
  line: '#d5dae0',
  grid: '#e3e7eb',
  under: '#bd2318',
  over: '#8a5a00',
  exact: '#1a6fb5',
  good: '#1d7144',
  series: ['#1a6fb5', '#7a3fb0', '#1d7144', '#8a5a00'],
};

export const darkPalette: Palette = {
  paper: '#15181c',
  panel: '#1d2126',
  ink: '#e8eaed',
  dim: '#a8b0b9',
  line: '#3a4048',
  grid: '#2c3138',
  under: '#ff7b6e',
  over: '#e3b341',
  exact: '#58a6ff',
  good: '#5fcf92',
  series: ['#58a6ff', '#c493f5', '#5fcf92', '#e3b341'],
};

/** How many evaluations can be told apart by colour; beyond them, the letters tell. */
export const seriesColours = lightPalette.series.length;

/** The palette as declarations of custom properties. */
export function declarationsOf({ series, ...named }: Palette): string {
  return [
    ...Object.entries(named).map(([name, colour]) => `--${name}: ${colour};`),
    ...series.map((colour, index) => `--series-${index}: ${colour};`),
  ].join(' ');
}
