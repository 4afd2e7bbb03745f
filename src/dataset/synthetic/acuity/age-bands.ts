import { type Band, bandOf } from './finding.ts';

interface AgeBand {
  /** Years, end not included. */
  readonly until: number;
  readonly heartRate: readonly Band[];
  readonly respiratoryRate: readonly Band[];
}

/**
 * Bands from the six limits of the PaedCTAS tables: below the first and above the last is beyond two standard deviations,
 * between the first two (and the last two) beyond one, then outside the normal range, then normal.
 *
 * PaedCTAS calls more than two standard deviations level 1. A fever or a crying child does that to the heart rate alone, so
 * the rate by itself is capped here at level 2; with poor perfusion or an altered consciousness it becomes shock, level 1.
 */
function bands(limits: readonly [number, number, number, number, number, number], beyond: 1 | 2): readonly Band[] {
  const [veryLow, low, belowNormal, normal, high, veryHigh] = limits;
  return [
    { below: veryLow, level: beyond, judgement: 'dangerously slow for the age' },
    { below: low, level: 2, judgement: 'very slow for the age' },
    { below: belowNormal, level: 3, judgement: 'slow for the age' },
    { below: normal + 1, level: 5, judgement: 'normal' },
    { below: high + 1, level: 3, judgement: 'fast for the age' },
    { below: veryHigh + 1, level: 2, judgement: 'very fast for the age' },
    { below: Number.POSITIVE_INFINITY, level: beyond, judgement: 'dangerously fast for the age' },
  ];
}

/**
 * NEWS2: heart rate 2 points from 111, 3 points at 40 or less. ACLS: a rate under 150 seldom endangers by itself, so only from
 * there is it emergent without another sign; at a real hospital none of six patients with 131 to 149 was.
 */
const ADULT_HEART_RATE: readonly Band[] = [
  { below: 41, level: 2, judgement: 'very slow' },
  { below: 111, level: 5, judgement: 'normal' },
  { below: 150, level: 3, judgement: 'fast' },
  { below: Number.POSITIVE_INFINITY, level: 2, judgement: 'very fast' },
];

/** NEWS2: breathing rate 2 points at 21-24, 3 points at 8 or less and 25 or more. */
const ADULT_RESPIRATORY_RATE: readonly Band[] = [
  { below: 9, level: 2, judgement: 'very slow' },
  { below: 21, level: 5, judgement: 'normal' },
  { below: 25, level: 3, judgement: 'fast' },
  { below: Number.POSITIVE_INFINITY, level: 2, judgement: 'very fast' },
];

/** PaedCTAS 2001 and 2008, heart rate and breathing rate by age; adults by NEWS2 from 12 years. */
const AGE_BANDS: readonly AgeBand[] = [
  {
    until: 0.25,
    heartRate: bands([40, 65, 90, 180, 205, 230], 2),
    respiratoryRate: bands([10, 20, 30, 60, 70, 80], 1),
  },
  { until: 0.5, heartRate: bands([40, 63, 80, 160, 180, 210], 2), respiratoryRate: bands([10, 20, 30, 60, 70, 80], 1) },
  { until: 1, heartRate: bands([40, 60, 80, 140, 160, 180], 2), respiratoryRate: bands([10, 17, 25, 45, 55, 60], 1) },
  { until: 4, heartRate: bands([40, 58, 75, 130, 145, 165], 2), respiratoryRate: bands([10, 15, 20, 30, 35, 40], 1) },
  { until: 8, heartRate: bands([40, 55, 70, 110, 125, 140], 2), respiratoryRate: bands([8, 12, 16, 24, 28, 32], 1) },
  { until: 12, heartRate: bands([30, 45, 60, 90, 105, 120], 2), respiratoryRate: bands([8, 10, 14, 20, 24, 26], 1) },
  { until: Number.POSITIVE_INFINITY, heartRate: ADULT_HEART_RATE, respiratoryRate: ADULT_RESPIRATORY_RATE },
];

/** The tables of heart rate (beats a minute) and breathing rate (breaths a minute) for an age in years. */
export function bandsForAge(years: number): Omit<AgeBand, 'until'> {
  const band = AGE_BANDS.find((candidate) => years < candidate.until);
  if (band === undefined) throw new RangeError('the table of ages must end in Infinity');
  return band;
}

/** NEWS2, three points: a heart rate that together with poor perfusion means shock, though by itself it may not be emergent. */
const COMPROMISING_ADULT_RATE = { slow: 40, fast: 131 };

/** Whether a heart rate is so slow or fast for the age that, together with another sign of poor perfusion, it means shock. */
export function isCompromisingRate(rate: number, years: number): boolean {
  const { slow, fast } = COMPROMISING_ADULT_RATE;
  if (years >= 12) return rate <= slow || rate >= fast;
  return bandOf(bandsForAge(years).heartRate, rate).level <= 2;
}
