import type { Random } from '../../../common/index.ts';
import { type Level, levelText } from '../../labels.ts';
import type { AssessedFinding } from '../acuity/finding.ts';
import type { FactKey, PatientFacts } from '../facts.ts';
import { capitalised } from '../render/note-builder.ts';
import { evidenceText, isSignKey, joined, type Teller } from './fact-text.ts';

/** The fact that a finding rests on before any other. */
export const leadOf = (finding: AssessedFinding): FactKey => finding.evidence[0] ?? 'complaint';

/** Draws how this writer builds a sentence, one way throughout a rationale. */
export function sentenceForm(teller: Teller, random: Random): (finding: AssessedFinding) => string {
  const form = random.integer(0, 3);
  return (finding) => {
    const level = levelText(finding.level);
    if (leadOf(finding) === 'complaint') return `${capitalised(finding.judgement)}: ${level}.`;
    const [lead = '', ...more] = evidenceText(teller, finding);
    const stated = more.length > 0 ? `${lead} with ${joined(more)}` : lead;
    if (isSignKey(leadOf(finding))) return `${SIGN_FORMS[form]?.(stated, finding.judgement)}, ${level}.`;
    const evidence = capitalised(stated);
    if (form === 0) return `${evidence}: ${finding.judgement}, ${level}.`;
    if (form === 3)
      return `${evidence} means ${finding.judgement}, ${level}.`.replace(
        ' means ',
        isAdjective(finding) ? ' is ' : ' means ',
      );
    if (form === 1) return `${evidence} (${finding.judgement}) is ${level}.`;
    return `${evidence} → ${finding.judgement}: ${level}.`.replace(' → ', isAdjective(finding) ? ' is ' : ', ');
  };
}

/** A word stands before a quoted sign, so that it stands as in the note, and not with a large letter: those are other tokens. */
const SIGN_FORMS: readonly ((sign: string, judgement: string) => string)[] = [
  (sign, judgement) => `Noted ${sign}: ${judgement}`,
  (sign, judgement) => `There is ${sign} (${judgement})`,
  (sign, judgement) => `Given ${sign}: ${judgement}`,
  (sign, judgement) => `With ${sign}, which means ${judgement}`,
];

const ADJECTIVES = /^(dangerously|very|slightly|slow|fast|low$|only slightly)/;

function isAdjective(finding: AssessedFinding): boolean {
  return ADJECTIVES.test(finding.judgement);
}

/** "HR 80 and RR 16 are normal." */
export function normalSentence(
  teller: Teller,
  normal: readonly AssessedFinding[],
  level: Level,
  contrast: boolean,
): string {
  const stated = normal.flatMap((finding) => evidenceText(teller, finding));
  const { ageYears } = teller.facts;
  const child = ageYears !== undefined && ageYears < 12;
  const above = level > 1 && contrast ? `, so not ${levelText((level - 1) as Level)}` : '';
  return `${capitalised(joined(stated))} ${stated.length > 1 ? 'are' : 'is'} normal${child ? ' for the age' : ''}${above}.`;
}

/** "BP 165/98 is off normal but decides nothing." */
export function acceptableSentence(teller: Teller, findings: readonly AssessedFinding[]): string {
  const stated = findings.flatMap((finding) => evidenceText(teller, finding));
  return `${capitalised(joined(stated))} ${stated.length > 1 ? 'are' : 'is'} off normal but ${stated.length > 1 ? 'decide' : 'decides'} nothing.`;
}

/** "HR 115 does not relate to the complaint." */
export function unrelatedSentence(teller: Teller, findings: readonly AssessedFinding[]): string {
  const stated = findings.flatMap((finding) => evidenceText(teller, finding));
  return `${capitalised(joined(stated))} ${stated.length > 1 ? 'do' : 'does'} not relate to the complaint.`;
}

/** The last sentence: the level, and what decided it. */
export function conclusion(
  level: Level,
  deciding: readonly AssessedFinding[],
  facts: PatientFacts,
  random: Random,
): string {
  const text = levelText(level);
  const names = joined([...new Set(deciding.map((finding) => findingName(finding, facts)))]);
  if (level >= 4 && deciding.every((finding) => leadOf(finding) === 'complaint')) {
    return random.pick([`Nothing more urgent stated, so ${text}.`, `No urgent finding, so ${text}.`]);
  }
  return random.pick([
    `Deciding: ${names}, so ${text}.`,
    `Decided by ${names}: ${text}.`,
    `Most urgent: ${names}, so ${text}.`,
  ]);
}

/** The short name of a finding for the conclusion. */
export function findingName(finding: AssessedFinding, facts: PatientFacts): string {
  const lead = leadOf(finding);
  if (isSignKey(lead) || finding.evidence.length > 1) return finding.judgement;
  if (lead === 'complaint') return facts.complaint.name;
  return NAMES[lead] ?? lead;
}

const NAMES: Readonly<Partial<Record<FactKey, string>>> = {
  saturation: 'SpO2',
  'blood-pressure': 'blood pressure',
  'heart-rate': 'heart rate',
  'respiratory-rate': 'breathing rate',
};
