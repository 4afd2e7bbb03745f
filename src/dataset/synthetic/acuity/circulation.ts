import type { FactKey, KnownFacts } from '../facts.ts';
import { bandsForAge, isCompromisingRate } from './age-bands.ts';
import { GCS_OF_ALERTNESS } from './consciousness.ts';
import {
  ACCEPTABLE,
  type AssessedFinding,
  assumedAge,
  bandOf,
  isLocal,
  type Rule,
  relatedBand,
  UNRELATED,
} from './finding.ts';

/**
 * The systolic pressure, mmHg, under which a patient of this age is hypotensive. PALS: 60 to one month, 70 to one year,
 * 70 + 2 a year to ten years; from then 90 (NEWS2: three points at 90 or less).
 */
export function hypotensionLimit(years: number): number {
  if (years < 1 / 12) return 60;
  if (years < 1) return 70;
  if (years < 10) return 70 + 2 * Math.floor(years);
  return years < 12 ? 90 : 91;
}

/** mmHg; from here on a pressure is high, though at triage it asks for nothing: stage 2 of the guidelines, in children about the 95th centile. */
const RAISED = { adult: { systolic: 160, diastolic: 100 }, child: { systolic: 130, diastolic: 90 } };

/** Below this share of the limit for the age, the pressure alone means shock: 70 mmHg in an adult. */
const SHOCK_SHARE = 0.775;

/**
 * A fast heart with a pressure at the low end, a shock index above one (Allgöwer and Burri 1967): neither is then put down to
 * chance, whatever the complaint, as hives may be the beginning of anaphylaxis.
 */
function fastAndLow({ vitals: { heartRate, bloodPressure } }: KnownFacts): boolean {
  return (
    heartRate !== undefined && bloodPressure !== undefined && heartRate > 110 && heartRate > bloodPressure.systolic
  );
}

export const heartRateRule: Rule = (facts) => {
  const rate = facts.vitals.heartRate;
  if (rate === undefined) return [];
  const years = assumedAge(facts);
  const band = bandOf(bandsForAge(years).heartRate, rate);
  // A rate that could mean shock counts with any complaint.
  const counts = isCompromisingRate(rate, years) || fastAndLow(facts);
  const { level, judgement } = counts ? band : relatedBand(band, facts, years);
  const finding: AssessedFinding = {
    aspect: 'circulation',
    level,
    evidence: ['heart-rate'],
    judgement,
    source: years < 12 ? 'paedCtas2001' : rate >= 150 ? 'acls' : 'news2',
  };
  return [finding];
};

/**
 * CTAS, hypertension: above 220 or 130 mmHg is level 2 with symptoms and 3 without; 200-220 or 110-130 is 3 and 4. Low
 * pressures: suspected hypotension is haemodynamic compromise, level 2.
 */
export const bloodPressureRule: Rule = (facts) => {
  const pressure = facts.vitals.bloodPressure;
  if (pressure === undefined) return [];
  const years = assumedAge(facts);
  const limit = hypotensionLimit(years);
  const found = (level: AssessedFinding['level'], judgement: string, source: AssessedFinding['source']) => [
    { aspect: 'circulation', level, evidence: ['blood-pressure'], judgement, source } satisfies AssessedFinding,
  ];
  const { systolic, diastolic } = pressure;
  if (systolic < limit * SHOCK_SHARE) return found(1, 'shock', 'ctasAdult2008');
  if (systolic < limit) return found(2, 'low, haemodynamic compromise', years < 12 ? 'pals' : 'news2');
  const local = isLocal(facts.complaint);
  if (years >= 12 && systolic <= 100) {
    return local && !fastAndLow(facts) ? found(5, UNRELATED, 'ctasAdult2008') : found(3, 'low end of normal', 'news2');
  }
  const symptomatic = facts.complaint.pressureMatters === true;
  if (years >= 16 && (systolic > 220 || diastolic > 130)) {
    return symptomatic
      ? found(2, 'severe hypertension with symptoms', 'ctasAdult2008')
      : found(3, 'severe hypertension without related symptoms', 'ctasAdult2008');
  }
  if (years >= 16 && (systolic >= 200 || diastolic >= 110)) {
    if (local) return found(5, UNRELATED, 'ctasAdult2008');
    return symptomatic
      ? found(3, 'marked hypertension with symptoms', 'ctasAdult2008')
      : found(4, 'marked hypertension without related symptoms', 'ctasAdult2008');
  }
  const high = years < 12 ? RAISED.child : RAISED.adult;
  return found(5, systolic >= high.systolic || diastolic >= high.diastolic ? ACCEPTABLE : 'normal', 'ctasAdult2008');
};

/** What, beside the skin, says that organs are not perfused: the pressure, the heart rate, the consciousness. */
function hypoperfusion(facts: KnownFacts): FactKey[] {
  const years = assumedAge(facts);
  const { bloodPressure, heartRate, consciousness } = facts.vitals;
  const evidence: FactKey[] = [];
  if (bloodPressure !== undefined && bloodPressure.systolic < hypotensionLimit(years)) evidence.push('blood-pressure');
  if (heartRate !== undefined && isCompromisingRate(heartRate, years)) evidence.push('heart-rate');
  if (consciousness !== undefined) {
    const gcs = 'gcs' in consciousness ? consciousness.gcs : GCS_OF_ALERTNESS[consciousness.alertness];
    if (gcs < 14) evidence.push('consciousness');
  }
  return evidence;
}

/**
 * CTAS, haemodynamic stability: pale, cool or sweating skin alone is borderline perfusion, level 2; together with
 * hypotension, a significant tachy- or bradycardia or a decreased consciousness it is shock, level 1. So are hypotension
 * and such a heart rate together.
 */
export const perfusionRule: Rule = (facts) => {
  const skin = facts.signs.filter((stated) => stated.present && stated.sign.kind === 'perfusion');
  const others = hypoperfusion(facts);
  const skinKeys = skin.map((stated): FactKey => `sign:${stated.id}`);
  const pressureAndRate = others.includes('blood-pressure') && others.includes('heart-rate');
  if ((skin.length > 0 && others.length > 0) || pressureAndRate) {
    const finding: AssessedFinding = {
      aspect: 'circulation',
      level: 1,
      evidence: [...others, ...skinKeys],
      judgement: 'shock',
      source: 'ctasAdult2008',
    };
    return [finding];
  }
  if (skin.length === 0) return [];
  const finding: AssessedFinding = {
    aspect: 'circulation',
    level: 2,
    evidence: skinKeys,
    judgement: 'borderline perfusion',
    source: 'ctasAdult2008',
  };
  return [finding];
};
