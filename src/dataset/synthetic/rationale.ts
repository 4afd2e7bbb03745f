import type { Random } from '../../common/index.ts';
import { type Level, levelText } from '../labels.ts';
import type { Assessment } from './acuity/acuity.ts';
import { type AssessedFinding, isRemarkable } from './acuity/finding.ts';
import type { FactKey, PatientFacts } from './facts.ts';
import { capitalised } from './render/note-builder.ts';

/** Whose voice a rationale is written in: a model's full walk, a nurse's few words, or those tidied into sentences. */
export const RATIONALE_VOICES = ['llm', 'nurse', 'nurse-post-processed'] as const;
export type RationaleVoice = (typeof RATIONALE_VOICES)[number];

/**
 * Writes the rationale of an assessment. The `llm` voice starts with what decides, walks through every other stated finding
 * with the level that it implies, and concludes; the others keep to what decides. Every number stands in the note.
 */
export function writeRationale(
  facts: PatientFacts,
  assessment: Assessment,
  voice: RationaleVoice,
  random: Random,
): string {
  switch (voice) {
    case 'llm':
      return walk(facts, assessment, random);
    case 'nurse':
      return telegraph(facts, assessment, random);
    case 'nurse-post-processed':
      return tidied(facts, assessment, random);
  }
}

const MOST_DECIDING = 3;
const MOST_OTHERS = 4;
const MOST_DENIED = 2;

function walk(facts: PatientFacts, assessment: Assessment, random: Random): string {
  const say = sentenceForm(facts, random);
  const deciding = withoutRepeats(assessment.deciding).slice(0, MOST_DECIDING);
  const used = new Set(deciding.flatMap((finding) => finding.evidence));
  const others = withoutRepeats(assessment.findings).filter(
    (finding) => isRemarkable(finding) && !deciding.includes(finding) && !used.has(leadOf(finding)),
  );
  const sentences = [...deciding, ...others.slice(0, MOST_OTHERS)].map(say);
  const normal = assessment.findings.filter((finding) => !isRemarkable(finding) && !used.has(leadOf(finding)));
  const measured = normal.filter((finding) => finding.aspect !== 'pain');
  if (measured.length > 0) sentences.push(normalSentence(facts, measured));
  const denied = facts.signs.filter((stated) => !stated.present).slice(0, MOST_DENIED);
  const absent = [...denied.map((stated) => stated.full), ...(facts.pain?.score === 0 ? ['no pain'] : [])];
  if (absent.length > 0) sentences.push(`Also ${joined(absent)}.`);
  sentences.push(conclusion(assessment.level, deciding, facts, random));
  return sentences.join(' ');
}

function tidied(facts: PatientFacts, assessment: Assessment, random: Random): string {
  const say = sentenceForm(facts, random);
  const deciding = withoutRepeats(assessment.deciding).slice(0, 2);
  return [...deciding.map(say), conclusion(assessment.level, deciding, facts, random)].join(' ');
}

function telegraph(facts: PatientFacts, assessment: Assessment, random: Random): string {
  const deciding = withoutRepeats(assessment.deciding).slice(0, 2);
  const arrow = random.pick([' - ', ' = ', ': ']);
  const findings = deciding.map((finding) => evidenceText(facts, finding).join(' + ')).join(', ');
  const rest = assessment.level >= 4 && random.chance(0.5) ? ', rest ok' : '';
  return `${findings}${rest}${arrow}${levelText(assessment.level)}`;
}

const leadOf = (finding: AssessedFinding): FactKey => finding.evidence[0] ?? 'complaint';

/** Drops a finding whose leading fact an earlier, weightier finding already rests on. */
function withoutRepeats(findings: readonly AssessedFinding[]): AssessedFinding[] {
  const seen = new Set<FactKey>();
  return findings.filter((finding) => {
    if (seen.has(leadOf(finding))) return false;
    for (const key of finding.evidence) seen.add(key);
    return true;
  });
}

/** Draws how this writer builds a sentence, one way throughout a rationale. */
function sentenceForm(facts: PatientFacts, random: Random): (finding: AssessedFinding) => string {
  const form = random.integer(0, 2);
  return (finding) => {
    const level = levelText(finding.level);
    if (leadOf(finding) === 'complaint') return `${capitalised(finding.judgement)}: ${level}.`;
    const [lead = '', ...more] = evidenceText(facts, finding);
    const evidence = capitalised(more.length > 0 ? `${lead} with ${joined(more)}` : lead);
    if (form === 0) return `${evidence}: ${finding.judgement}, ${level}.`;
    if (form === 1) return `${evidence} (${finding.judgement}) is ${level}.`;
    return `${evidence} → ${finding.judgement}: ${level}.`.replace(' → ', isAdjective(finding) ? ' is ' : ', ');
  };
}

const ADJECTIVES = /^(dangerously|very|slightly|slow|fast|low$|only slightly)/;

function isAdjective(finding: AssessedFinding): boolean {
  return !leadOf(finding).startsWith('sign:') && ADJECTIVES.test(finding.judgement);
}

function normalSentence(facts: PatientFacts, normal: readonly AssessedFinding[]): string {
  const stated = normal.flatMap((finding) => evidenceText(facts, finding));
  const child = facts.ageYears !== undefined && facts.ageYears < 12;
  return `${capitalised(joined(stated))} ${stated.length > 1 ? 'are' : 'is'} normal${child ? ' for the age' : ''}.`;
}

function conclusion(level: Level, deciding: readonly AssessedFinding[], facts: PatientFacts, random: Random): string {
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

function joined(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** The short name of a finding for the conclusion. */
function findingName(finding: AssessedFinding, facts: PatientFacts): string {
  const lead = leadOf(finding);
  if (lead.startsWith('sign:') || finding.evidence.length > 1) return finding.judgement;
  switch (lead) {
    case 'complaint':
      return facts.complaint.name;
    case 'saturation':
      return 'SpO2';
    case 'blood-pressure':
      return 'blood pressure';
    case 'heart-rate':
      return 'heart rate';
    case 'respiratory-rate':
      return 'breathing rate';
    default:
      return lead;
  }
}

const ALERTNESS = {
  alert: 'alert',
  voice: 'responds only to voice',
  pain: 'responds only to pain',
  unresponsive: 'unresponsive',
} as const;

/** The stated facts a finding rests on, with the numbers as the note shows them. The age is left to the judgement. */
function evidenceText(facts: PatientFacts, finding: AssessedFinding): string[] {
  return finding.evidence.filter((key) => key !== 'age').map((key) => factText(facts, key));
}

function factText(facts: PatientFacts, key: FactKey): string {
  const { vitals } = facts;
  switch (key) {
    case 'consciousness':
      if (vitals.consciousness === undefined) return 'consciousness';
      return 'gcs' in vitals.consciousness
        ? `GCS ${vitals.consciousness.gcs}`
        : ALERTNESS[vitals.consciousness.alertness];
    case 'saturation':
      return `SpO2 ${vitals.saturation}%`;
    case 'respiratory-rate':
      return `RR ${vitals.respiratoryRate}`;
    case 'heart-rate':
      return `HR ${vitals.heartRate}`;
    case 'blood-pressure':
      return `BP ${vitals.bloodPressure?.systolic}/${vitals.bloodPressure?.diastolic}`;
    case 'temperature':
      return `temperature ${vitals.temperature?.shown}`;
    case 'glucose':
      return `glucose ${vitals.glucose?.shown}`;
    case 'pain':
      return facts.pain?.score === 0 ? 'no pain' : `pain ${facts.pain?.score}`;
    case 'complaint':
    case 'age':
      return facts.complaint.name;
    default:
      return facts.signs.find((stated) => `sign:${stated.id}` === key)?.full ?? key;
  }
}
