import type { Alertness, KnownFacts } from '../facts.ts';
import { ACCEPTABLE, type AssessedFinding, assumedAge, type Band, bandOf, isLocal, type Rule } from './finding.ts';

/** CTAS: unconscious GCS 3-9, altered 10-13, otherwise other modifiers decide. */
export const GCS_BANDS: readonly Band[] = [
  { below: 10, level: 1, judgement: 'unconscious' },
  { below: 14, level: 2, judgement: 'altered consciousness' },
  { below: 15, level: 5, judgement: ACCEPTABLE },
  { below: Number.POSITIVE_INFINITY, level: 5, judgement: 'normal' },
];

/** The GCS that corresponds to each step of AVPU (McNarry and Goldhill 2004, medians). */
export const GCS_OF_ALERTNESS: Readonly<Record<Alertness, number>> = { alert: 15, voice: 13, pain: 8, unresponsive: 6 };

/**
 * AVPU is coarser than CTAS, and the rest of the note tells which side of a limit is meant.
 *
 * P: CTAS calls a response "to pain without purpose" unconscious and localising it altered. It is taken for unconscious unless
 * breathing and circulation were measured and hold; in the injured always, for they may bleed inside the skull. V: with a local or administrative complaint nobody complains of a
 * change, and CTAS asks for a change from usual; a patient who is hard of hearing or demented needs care but no rescue.
 */
export const consciousnessRule: Rule = (facts) => {
  const { complaint, vitals } = facts;
  const stated = vitals.consciousness;
  if (stated === undefined) return [];
  const found = (level: AssessedFinding['level'], judgement: string) => [
    {
      aspect: 'consciousness',
      level,
      evidence: ['consciousness'],
      judgement,
      source: 'gcs' in stated ? 'ctasAdult2008' : 'avpu',
    } satisfies AssessedFinding,
  ];
  if ('alertness' in stated) {
    if (stated.alertness === 'pain' && holdsUp(facts)) return found(2, 'altered consciousness');
    if (stated.alertness === 'voice' && isLocal(complaint) && complaint.duration !== 'hours') {
      return found(4, 'drowsy, no change complained of');
    }
  }
  const gcs = 'gcs' in stated ? stated.gcs : GCS_OF_ALERTNESS[stated.alertness];
  const { level, judgement } = bandOf(GCS_BANDS, gcs);
  return found(level, judgement);
};

/** True where an uninjured adult's breathing, pressure and, if taken, saturation were measured and none is emergent. */
function holdsUp(facts: KnownFacts): boolean {
  if (facts.complaint.system === 'trauma') return false;
  const { bloodPressure, respiratoryRate, heartRate, saturation } = facts.vitals;
  if (bloodPressure === undefined || respiratoryRate === undefined || assumedAge(facts) < 12) return false;
  return (
    bloodPressure.systolic > 100 &&
    respiratoryRate >= 12 &&
    respiratoryRate < 25 &&
    (heartRate === undefined || (heartRate > 40 && heartRate < 131)) &&
    (saturation === undefined || saturation >= 92)
  );
}
