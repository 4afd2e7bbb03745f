import type { Alertness } from '../facts.ts';
import { type AssessedFinding, type Band, bandOf, type Rule } from './finding.ts';

/** CTAS: unconscious GCS 3-9, altered 10-13, otherwise other modifiers decide. */
export const GCS_BANDS: readonly Band[] = [
  { below: 10, level: 1, judgement: 'unconscious' },
  { below: 14, level: 2, judgement: 'altered consciousness' },
  { below: 15, level: 5, judgement: 'only slightly reduced' },
  { below: Number.POSITIVE_INFINITY, level: 5, judgement: 'normal' },
];

/** The GCS that corresponds to each step of AVPU (McNarry and Goldhill 2004, medians). */
export const GCS_OF_ALERTNESS: Readonly<Record<Alertness, number>> = { alert: 15, voice: 13, pain: 8, unresponsive: 6 };

export const consciousnessRule: Rule = ({ vitals }) => {
  const stated = vitals.consciousness;
  if (stated === undefined) return [];
  const gcs = 'gcs' in stated ? stated.gcs : GCS_OF_ALERTNESS[stated.alertness];
  const { level, judgement } = bandOf(GCS_BANDS, gcs);
  const finding: AssessedFinding = {
    aspect: 'consciousness',
    level,
    evidence: ['consciousness'],
    judgement,
    source: 'gcs' in stated ? 'ctasAdult2008' : 'avpu',
  };
  return [finding];
};
