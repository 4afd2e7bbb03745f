import type { Random } from '../../common/index.ts';
import type { Level } from '../labels.ts';
import { bandsForAge } from './acuity/age-bands.ts';
import { SATURATION_BANDS } from './acuity/breathing.ts';
import { hypotensionLimit } from './acuity/circulation.ts';
import { type Band, bandOf } from './acuity/finding.ts';
import type { Vitals } from './physiology.ts';

/** The vital signs that can decide a level by themselves. */
export type DrivenVital = keyof Pick<
  Vitals,
  'heartRate' | 'systolic' | 'respiratoryRate' | 'saturation' | 'celsius' | 'gcs'
>;

const DRIVERS: Readonly<Record<1 | 2 | 3, readonly DrivenVital[]>> = {
  1: ['saturation', 'systolic', 'gcs', 'respiratoryRate'],
  2: ['saturation', 'systolic', 'gcs', 'heartRate', 'respiratoryRate', 'celsius'],
  3: ['saturation', 'systolic', 'heartRate', 'respiratoryRate', 'celsius'],
};

/**
 * Replaces one vital sign by a value that implies the level by itself, and lets the body answer as it would: a low pressure
 * with a faster heart, a low saturation with faster breathing. Such notes teach the thresholds, whatever the complaint.
 */
export function driveVital(
  vitals: Vitals,
  years: number,
  level: Level,
  random: Random,
): { vitals: Vitals; keep: DrivenVital } | undefined {
  if (level > 3) return undefined;
  const keep = random.pick(DRIVERS[level as 1 | 2 | 3]);
  const value = driverValue(keep, years, level, random);
  return value === undefined ? undefined : { vitals: respond({ ...vitals, [keep]: value }, keep, random), keep };
}

function driverValue(vital: DrivenVital, years: number, level: Level, random: Random): number | undefined {
  const bands = bandsForAge(years);
  const limit = hypotensionLimit(years);
  switch (vital) {
    case 'heartRate':
      return drawFrom(bands.heartRate, level, 30, Math.round(225 - Math.min(years, 80) * 0.6), random);
    case 'respiratoryRate':
      return drawFrom(bands.respiratoryRate, level, 5, years < 1 ? 88 : 46, random);
    case 'saturation':
      return drawFrom(SATURATION_BANDS, level, 74, 94, random);
    case 'gcs':
      return level === 1 ? random.integer(3, 9) : random.integer(10, 13);
    case 'systolic':
      if (level === 1) return random.integer(Math.round(limit * 0.55), Math.floor(limit * 0.77));
      if (level === 2)
        return random.chance(0.8) ? random.integer(Math.ceil(limit * 0.78), limit - 1) : random.integer(221, 248);
      return random.chance(0.5) ? random.integer(91, 100) : random.integer(200, 220);
    case 'celsius':
      if (level === 2) return years < 0.25 ? random.integer(380, 396) / 10 : undefined;
      return random.chance(0.25) ? random.integer(320, 349) / 10 : random.integer(380, 402) / 10;
  }
}

/** A value of a band that implies the level, near the threshold as often as anywhere. */
function drawFrom(
  bands: readonly Band[],
  level: Level,
  lowest: number,
  highest: number,
  random: Random,
): number | undefined {
  const values: number[] = [];
  for (let value = lowest; value <= highest; value++) {
    if (bandOf(bands, value).level === level) values.push(value);
  }
  return values.length === 0 ? undefined : random.pick(values);
}

function respond(vitals: Vitals, cause: DrivenVital, random: Random): Vitals {
  if (cause === 'systolic') {
    const diastolic = Math.round(vitals.systolic * (0.54 + 0.1 * random.uniform()));
    const heartRate = vitals.systolic < 95 ? vitals.heartRate + random.integer(0, 22) : vitals.heartRate;
    return { ...vitals, diastolic, heartRate };
  }
  if (cause === 'saturation') {
    const lack = 95 - vitals.saturation;
    return {
      ...vitals,
      respiratoryRate: vitals.respiratoryRate + 2 * Math.round(lack * 0.35 * random.uniform()),
      heartRate: vitals.heartRate + Math.round(lack * 1.2 * random.uniform()),
    };
  }
  if (cause === 'celsius' && vitals.celsius < 35)
    return { ...vitals, heartRate: Math.max(42, vitals.heartRate - random.integer(0, 25)) };
  if (cause === 'celsius') return { ...vitals, heartRate: vitals.heartRate + random.integer(4, 18) };
  return vitals;
}
