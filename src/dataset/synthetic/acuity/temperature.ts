import type { FactKey } from '../facts.ts';
import { type AssessedFinding, assumedAge, type Rule } from './finding.ts';

/** °C: fever from here on, in every age (CTAS 2013 and PaedCTAS for infants). */
export const FEVER = 38.0;
/** °C: under three months, a temperature below this is as worrying as a fever (PaedCTAS). */
export const INFANT_LOW = 36.0;

/**
 * Fever by age and appearance. Under three months: level 2 whatever else (PaedCTAS). Immunocompromised: 2. Adults: three
 * positive SIRS criteria (temperature, heart rate above 90, breathing above 20) look septic: 2; two, or looking unwell: 3;
 * fever alone: 4. Children of 3-36 months: 3; older ones as adults by appearance, since SIRS numbers are for adults.
 */
export const feverRule: Rule = (facts) => {
  const temperature = facts.vitals.temperature;
  if (temperature === undefined) return [];
  const years = assumedAge(facts);
  const found = (level: AssessedFinding['level'], judgement: string, more: readonly FactKey[] = []) => [
    {
      aspect: 'temperature',
      level,
      evidence: ['temperature', ...more],
      judgement,
      source: years < 16 ? 'paedCtas2008' : 'ctas2014',
    } satisfies AssessedFinding,
  ];
  const celsius = temperature.value;
  if (years < 0.25 && celsius < INFANT_LOW) return found(2, 'low in an infant under three months', ['age']);
  if (celsius < 35) return [];
  if (celsius < FEVER) return found(5, 'normal');
  if (years < 0.25) return found(2, 'fever in an infant under three months', ['age']);
  const sign = (kind: string) => facts.signs.find((stated) => stated.present && stated.sign.kind === kind);
  const immune = sign('immunocompromised');
  if (immune !== undefined) return found(2, 'fever in an immunocompromised patient', [`sign:${immune.id}`]);
  const unwell = sign('appearance-unwell');
  if (years < 3) return found(3, 'fever in a young child', ['age']);
  if (years >= 16) {
    const { heartRate, respiratoryRate } = facts.vitals;
    const criteria: FactKey[] = [];
    if (heartRate !== undefined && heartRate > 90) criteria.push('heart-rate');
    if (respiratoryRate !== undefined && respiratoryRate > 20) criteria.push('respiratory-rate');
    const outside = facts.complaint.system === 'environmental';
    if (criteria.length === 2)
      return found(2, outside ? 'hyperthermia with a systemic response' : 'possible sepsis', criteria);
    if (criteria.length === 1) return found(3, 'fever with a systemic response', criteria);
  }
  if (unwell !== undefined) return found(3, 'fever and looking unwell', [`sign:${unwell.id}`]);
  return found(4, 'fever alone');
};

/** Swiss staging: below 28 °C severe, 28-32 moderate, 32-35 mild hypothermia. */
export const hypothermiaRule: Rule = (facts) => {
  const celsius = facts.vitals.temperature?.value;
  if (celsius === undefined || celsius >= 35 || (assumedAge(facts) < 0.25 && celsius < INFANT_LOW)) return [];
  const [level, judgement] =
    celsius < 28
      ? ([1, 'severe hypothermia'] as const)
      : celsius < 32
        ? ([2, 'moderate hypothermia'] as const)
        : ([3, 'mild hypothermia'] as const);
  const finding: AssessedFinding = {
    aspect: 'temperature',
    level,
    evidence: ['temperature'],
    judgement,
    source: 'hypothermia',
  };
  return [finding];
};
