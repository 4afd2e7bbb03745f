import type { Random } from '../../common/index.ts';
import type { BodyShift } from './complaint.ts';
import type { Completeness } from './completeness.ts';
import type { Alertness, ShownValue, StatedVitals } from './facts.ts';
import type { Vitals } from './physiology.ts';
import type { DrivenVital } from './vital-drivers.ts';

const FAHRENHEIT_SHARE = 0.12;
const MILLIGRAM_SHARE = 0.4;

/**
 * Decides which vital signs are written down and with which digits. A blood pressure is rarely taken in small children, a
 * glucose only where there is a reason; the sign in `keep` is always written.
 */
export function stateVitals(
  vitals: Vitals,
  years: number,
  completeness: Completeness,
  keep: DrivenVital | undefined,
  body: BodyShift | undefined,
  random: Random,
): StatedVitals {
  // Some notes hold no vital sign at all, as at the front desk.
  const none = keep === undefined && random.chance(0.07);
  const home = completeness.home === true;
  const written = (vital: DrivenVital, share: number) =>
    keep === vital || (!none && random.chance(share * completeness.vitals));
  const abnormal = vitals.gcs < 15;
  const form = completeness.form === true;
  const consciousness =
    keep === 'gcs' || random.chance(abnormal || form ? 0.96 : none ? 0 : 0.45 * completeness.vitals);
  return {
    ...(consciousness ? { consciousness: statedConsciousness(vitals.gcs, home || form || years < 2, random) } : {}),
    ...(written('saturation', home ? 0.15 : 0.75) ? { saturation: vitals.saturation } : {}),
    ...(written('respiratoryRate', home ? 0.1 : 0.9) ? { respiratoryRate: vitals.respiratoryRate } : {}),
    ...(written('heartRate', home ? 0.35 : 0.97) ? { heartRate: vitals.heartRate } : {}),
    ...(written('systolic', home ? 0.25 : years < 3 ? 0.3 : years < 10 ? 0.6 : 0.97)
      ? { bloodPressure: { systolic: vitals.systolic, diastolic: vitals.diastolic } }
      : {}),
    ...(written('celsius', home ? 0.8 : 0.92) ? { temperature: shownTemperature(vitals.celsius, random) } : {}),
    ...(random.chance(body?.glucose === undefined ? 0.05 * completeness.vitals : 0.97)
      ? { glucose: shownGlucose(vitals.glucose, random) }
      : {}),
  };
}

function statedConsciousness(gcs: number, avpu: boolean, random: Random): NonNullable<StatedVitals['consciousness']> {
  if (!avpu && random.chance(0.5)) return { gcs };
  const alertness: Alertness = gcs >= 14 ? 'alert' : gcs >= 10 ? 'voice' : gcs >= 7 ? 'pain' : 'unresponsive';
  return { alertness };
}

/** The engine is given the value of the digits that are shown, so that the note and the level never disagree. */
function shownTemperature(celsius: number, random: Random): ShownValue {
  if (random.chance(FAHRENHEIT_SHARE)) {
    const shown = (Math.round(((celsius * 9) / 5 + 32) * 10) / 10).toFixed(1);
    return { value: Math.round((((Number(shown) - 32) * 5) / 9) * 100) / 100, shown, unit: 'F' };
  }
  return {
    value: celsius,
    shown: Number.isInteger(celsius) && random.chance(0.5) ? String(celsius) : celsius.toFixed(1),
    unit: 'C',
  };
}

function shownGlucose(millimoles: number, random: Random): ShownValue {
  if (random.chance(MILLIGRAM_SHARE)) {
    const milligrams = Math.round(millimoles * 18);
    return { value: milligrams / 18, shown: String(milligrams), unit: 'mg/dL' };
  }
  return { value: millimoles, shown: millimoles.toFixed(1), unit: 'mmol/L' };
}
