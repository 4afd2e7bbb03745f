import type { Random } from '../../../common/index.ts';
import { type Level, levelText } from '../../labels.ts';
import type { AssessedFinding } from '../acuity/finding.ts';
import { type FactKey, isSignKey, type PatientFacts } from '../facts.ts';
import { capitalised } from '../render/note-builder.ts';
import { evidenceText, joined, type Teller } from './fact-text.ts';

/** The fact that a finding rests on before any other. */
export const leadOf = (finding: AssessedFinding): FactKey => finding.evidence[0] ?? 'complaint';

/** One way to build a sentence about a finding. */
interface SentenceForm {
  /** A word stands before what is quoted, so that it stands as in the note, and not with a large letter: those are other tokens. */
  readonly quoting: (quoted: string, judgement: string) => string;
  /** @param adjective whether the judgement is one: "fast", and not "possible sepsis" */
  readonly measured: (value: string, judgement: string, adjective: boolean, level: string) => string;
}

const FORMS: readonly SentenceForm[] = [
  {
    quoting: (quoted, judgement) => `Noted ${quoted}: ${judgement}`,
    measured: (value, judgement, _, level) => `${value}: ${judgement}, ${level}`,
  },
  {
    quoting: (quoted, judgement) => `There is ${quoted} (${judgement})`,
    measured: (value, judgement, _, level) => `${value} (${judgement}) is ${level}`,
  },
  {
    quoting: (quoted, judgement) => `Given ${quoted}: ${judgement}`,
    measured: (value, judgement, adjective, level) => `${value}${adjective ? ' is ' : ', '}${judgement}: ${level}`,
  },
  {
    quoting: (quoted, judgement) => `With ${quoted}, which means ${judgement}`,
    measured: (value, judgement, adjective, level) => `${value} ${adjective ? 'is' : 'means'} ${judgement}, ${level}`,
  },
];

/** Draws how this writer builds a sentence, one way throughout a rationale. */
export function sentenceForm(teller: Teller, random: Random): (finding: AssessedFinding) => string {
  const form = random.pick(FORMS);
  return (finding) => {
    const level = levelText(finding.level);
    const [lead = '', ...more] = evidenceText(teller, finding);
    if (leadOf(finding) === 'complaint') {
      const settled = settling(finding, teller.facts);
      if (more.length === 0) return `Given ${lead}${settled}: ${level}.`;
      return `${form.quoting([lead, ...more].join(', '), settled.replace(/^(,| with) /, ''))}, ${level}.`;
    }
    const stated = more.length > 0 ? `${lead} with ${joined(more)}` : lead;
    if (isSignKey(leadOf(finding))) return `${form.quoting(stated, finding.judgement)}, ${level}.`;
    return `${form.measured(capitalised(stated), finding.judgement, isAdjective(finding), level)}.`;
  };
}

/** What a complaint's judgement says beside its name: " alone", ", planned or slow", " in a young adult", " with little pain". */
function settling({ judgement }: AssessedFinding, { complaint }: PatientFacts): string {
  return judgement.slice(complaint.name.length);
}

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
  if (lead === 'complaint') return `the complaint${settling(finding, facts).replace(/^ alone$/, '')}`;
  if (isSignKey(lead) || finding.evidence.length > 1) return finding.judgement;
  return NAMES[lead] ?? lead;
}

const NAMES: Readonly<Partial<Record<FactKey, string>>> = {
  saturation: 'SpO2',
  'blood-pressure': 'blood pressure',
  'heart-rate': 'heart rate',
  'respiratory-rate': 'breathing rate',
};
