import type { Random } from '../../common/index.ts';
import type { BodyShift } from './complaint.ts';

/** A patient's true vital signs, before anyone decides which of them are taken or written down. */
export interface Vitals {
  readonly heartRate: number;
  readonly systolic: number;
  readonly diastolic: number;
  readonly respiratoryRate: number;
  readonly saturation: number;
  readonly celsius: number;
  readonly gcs: number;
  /** mmol/L */
  readonly glucose: number;
}

/** Resting values at an age: [years, heart rate, breathing rate, systolic pressure]; between the rows by interpolation. */
const RESTING: readonly (readonly [number, number, number, number])[] = [
  [0, 138, 44, 76],
  [0.25, 130, 42, 84],
  [0.5, 122, 36, 88],
  [1, 112, 30, 92],
  [2, 104, 26, 95],
  [4, 96, 23, 98],
  [6, 90, 21, 101],
  [8, 82, 18, 104],
  [11, 78, 17, 110],
  [15, 78, 16, 118],
  [25, 79, 17, 123],
  [50, 79, 17, 131],
  [75, 78, 18, 140],
  [100, 77, 18, 144],
];

function resting(years: number): { heartRate: number; respiratoryRate: number; systolic: number } {
  const next = RESTING.findIndex((row) => row[0] > years);
  const upper = RESTING[next < 0 ? RESTING.length - 1 : next];
  const lower = RESTING[Math.max(0, (next < 0 ? RESTING.length : next) - 1)];
  if (upper === undefined || lower === undefined) throw new RangeError('the table of resting values is empty');
  const span = upper[0] - lower[0];
  const share = span === 0 ? 0 : (years - lower[0]) / span;
  const between = (column: 1 | 2 | 3) => lower[column] + share * (upper[column] - lower[column]);
  return { heartRate: between(1), respiratoryRate: between(2), systolic: between(3) };
}

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, Math.round(value)));

/**
 * Draws vital signs for an age and a condition at a severity (0 none, 1 full). One latent arousal moves the heart rate, the
 * pressure and the breathing together, as pain and fright do; a fever adds about ten beats a minute for each degree.
 */
export function sampleVitals(years: number, body: BodyShift, severity: number, random: Random): Vitals {
  const base = resting(years);
  const spread = Math.min(1, 0.5 + years / 20);
  const arousal = random.normal();
  const shift = (amount: number | undefined) => (amount ?? 0) * severity * (0.75 + 0.5 * random.uniform());
  const childScale = base.heartRate / 79;
  const breathScale = base.respiratoryRate / 17;
  const celsius = 36.6 + 0.28 * random.normal() + shift(body.celsius);
  const feverBeats = Math.max(0, celsius - 37.2) * 6;
  const systolic =
    base.systolic + spread * (9 * arousal + 10 * random.normal()) + shift(body.systolic) * (base.systolic / 130);
  const gcsShift = shift(body.gcs);
  const glucose =
    body.glucose === undefined
      ? 5.9 + 0.9 * random.normal()
      : 5.9 + (body.glucose - 5.9) * Math.min(1.15, severity * (0.85 + 0.3 * random.uniform()));
  return {
    heartRate: clamp(
      base.heartRate +
        childScale * (5 * arousal + 7 * random.normal()) +
        shift(body.heartRate) * childScale +
        feverBeats,
      24,
      238,
    ),
    systolic: clamp(systolic, 45, 262),
    diastolic: clamp(Math.min(systolic - 14, systolic * 0.5 + 12 + 6 * spread * random.normal()), 22, 152),
    respiratoryRate: roundBreaths(
      base.respiratoryRate +
        breathScale * (0.7 * arousal + 1.3 * random.normal()) +
        shift(body.respiratoryRate) * breathScale,
    ),
    saturation: clamp(98.2 - Math.max(0, years - 55) * 0.025 + 0.9 * random.normal() + shift(body.saturation), 58, 100),
    celsius: Math.round(Math.min(42, Math.max(24, celsius)) * 10) / 10,
    gcs: clamp(15 + (gcsShift > -0.6 ? 0 : gcsShift), 3, 15),
    glucose: Math.round(Math.min(38, Math.max(0.9, glucose)) * 10) / 10,
  };
}

/** Breaths are counted over half a minute and doubled, so that mostly even numbers are written. */
function roundBreaths(rate: number): number {
  return clamp(Math.round(rate / 2) * 2, 4, 90);
}
