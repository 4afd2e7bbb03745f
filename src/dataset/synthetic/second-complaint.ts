import type { Random } from '../../common/index.ts';
import type { Level } from '../labels.ts';
import { assessAcuity } from './acuity/acuity.ts';
import type { Complaint } from './complaint.ts';
import type { PatientFacts } from './facts.ts';
import { fillPhrase } from './phrases.ts';

/** The share of one-line notes whose complaint field names a second complaint. */
export const SECOND_COMPLAINT_SHARE = 0.08;

const ATTEMPTS = 8;

/**
 * Puts a second complaint beside the first, as triage fields often do ("dizziness, vomiting"). It is one that by itself, in this
 * very patient, would not be more urgent, so that the first and the findings still decide.
 */
export function withSecondComplaint<Facts extends PatientFacts>(
  facts: Facts,
  level: Level,
  complaints: readonly Complaint[],
  random: Random,
): Facts {
  const years = facts.ageYears ?? 40;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const second = random.pick(complaints);
    const [from, to] = second.age;
    const fits = years >= from && years <= to && (second.sex === undefined || second.sex === facts.sex);
    const apart = second.system === 'trauma' || second.system === 'administrative' || second.id === facts.complaint.id;
    if (!fits || apart || second.baseline < level) continue;
    if (assessAcuity({ ...facts, complaint: second, signs: [] }).level < level) continue;
    const context = { side: 'left', site: second.sites === undefined ? '' : random.pick(second.sites) } as const;
    const other = fillPhrase(random.pick(second.wordings), context, random);
    const between = random.pick([', ', ', ', ' / ', ' & ', ' with ', ' + ']);
    const ordered = random.chance(0.65) ? [facts.wording, other] : [other, facts.wording];
    return {
      ...facts,
      wording: {
        full: ordered.map(({ full }) => full).join(between),
        short: ordered.map(({ short }) => short).join(between),
      },
    };
  }
  return facts;
}
