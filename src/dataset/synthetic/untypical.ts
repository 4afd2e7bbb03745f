import type { Random } from '../../common/index.ts';
import type { Level } from '../labels.ts';
import type { Complaint } from './complaint.ts';
import type { Completeness } from './completeness.ts';
import type { PatientFacts } from './facts.ts';
import type { Vitals } from './physiology.ts';

/**
 * Patients who do not look like their illness: a chest pain that hardly hurts, a nosebleed with a racing heart, a drowsy
 * patient who comes for a catheter. Typical patients alone would teach that mild pain means a mild illness; these teach what
 * the guidelines make of any combination.
 */
export const UNTYPICAL_SHARE = 0.3;
/** On a bare form there is nothing but complaint, pain and vital signs, so that their combinations matter most. */
export const UNTYPICAL_SHARE_OF_FORMS = 0.5;

/** How often the complaint is one whose own level is the wanted one: then nothing else may be more urgent. */
const OWN_LEVEL_SHARE = 0.6;

/** The complaint of an untypical patient who should come out at about this level. */
export function pickUntypical<T extends { readonly complaint: Complaint }>(
  groups: readonly (readonly T[])[],
  level: Level,
  random: Random,
): T | undefined {
  if (groups.length === 0) return undefined;
  const own = random.chance(OWN_LEVEL_SHARE);
  for (let attempt = 0; attempt < 20; attempt++) {
    const candidate = random.pick(random.pick(groups));
    if (!own || candidate.complaint.baseline === level) return candidate;
  }
  return random.pick(random.pick(groups));
}

/** The vital signs of fright, age, haste and chance, which a waiting room is full of. */
export function unsettle(vitals: Vitals, level: Level, random: Random): Vitals {
  const heartRate = Math.round(vitals.heartRate * (1 + 0.14 * random.normal()));
  const raised = random.chance(0.25) ? random.integer(10, 60) : 0;
  const fever = random.chance(0.12) ? random.integer(8, 28) / 10 : 0;
  return {
    ...vitals,
    heartRate: Math.min(170, Math.max(42, heartRate)),
    systolic: Math.min(230, vitals.systolic + raised),
    diastolic: Math.min(130, vitals.diastolic + Math.round(raised / 2)),
    celsius: Math.round((vitals.celsius + fever) * 10) / 10,
    gcs:
      level <= 2 && random.chance(0.15)
        ? random.integer(7, 13)
        : random.chance(0.03)
          ? random.integer(10, 13)
          : vitals.gcs,
  };
}

/** Any pain with any complaint; people rate it as they feel it. */
export function anyPain(
  complaint: Complaint,
  chronic: boolean,
  completeness: Completeness,
  random: Random,
): Pick<PatientFacts, 'pain'> {
  const hurts = random.chance(complaint.pain === undefined ? 0.3 : 0.85);
  if (!hurts) return completeness.form === true ? { pain: { score: 0, chronic: false } } : {};
  // Middling scores are the ones most often given.
  const score = random.chance(0.6) ? random.integer(2, 5) : random.integer(0, 10);
  return { pain: { score, chronic: chronic && score > 0 } };
}
