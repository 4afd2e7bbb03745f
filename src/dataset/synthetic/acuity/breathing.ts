import { bandsForAge } from './age-bands.ts';
import { type AssessedFinding, assumedAge, type Band, bandOf, type Rule, relatedBand } from './finding.ts';

/** CTAS: SpO2 below 90 % severe, below 92 % moderate, 92-94 % mild respiratory distress. */
export const SATURATION_BANDS: readonly Band[] = [
  { below: 90, level: 1, judgement: 'dangerously low' },
  { below: 92, level: 2, judgement: 'very low' },
  { below: 95, level: 3, judgement: 'slightly low' },
  { below: Number.POSITIVE_INFINITY, level: 5, judgement: 'normal' },
];

export const saturationRule: Rule = ({ vitals }) => {
  if (vitals.saturation === undefined) return [];
  const { level, judgement } = bandOf(SATURATION_BANDS, vitals.saturation);
  const finding: AssessedFinding = {
    aspect: 'breathing',
    level,
    evidence: ['saturation'],
    judgement,
    source: 'ctasAdult2008',
  };
  return [finding];
};

export const respiratoryRateRule: Rule = (facts) => {
  const rate = facts.vitals.respiratoryRate;
  if (rate === undefined) return [];
  const years = assumedAge(facts);
  const { level, judgement } = relatedBand(bandOf(bandsForAge(years).respiratoryRate, rate), facts, years);
  const finding: AssessedFinding = {
    aspect: 'breathing',
    level,
    evidence: ['respiratory-rate'],
    judgement,
    source: years < 12 ? 'paedCtas2001' : 'news2',
  };
  return [finding];
};
