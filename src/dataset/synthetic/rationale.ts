import type { Random } from '../../common/index.ts';
import { type Level, levelText } from '../labels.ts';
import { type Assessment, assessAcuity } from './acuity/acuity.ts';
import { ACCEPTABLE, type AssessedFinding, isRemarkable, UNRELATED } from './acuity/finding.ts';
import type { FactKey, KnownFacts, PatientFacts, StatedSign, StatedVitals } from './facts.ts';
import { capitalised, type NoteKey } from './render/note-builder.ts';
import type { EarlierVital, MistypedVital, ToldFacts, VitalKey } from './render/told-facts.ts';
import { valueText } from './render/value-text.ts';

/** Whose voice a rationale is written in: a model's full walk, a nurse's few words, or those tidied into sentences. */
export const RATIONALE_VOICES = ['llm', 'nurse', 'nurse-post-processed'] as const;
export type RationaleVoice = (typeof RATIONALE_VOICES)[number];

/**
 * Writes the rationale of an assessment. The `llm` voice starts with what decides, walks through every other stated finding
 * with the level that it implies, says what does not count and, now and then, why not another level, and concludes; the
 * others keep to what decides. Every number stands in the note, as the note writes it.
 *
 * @param plain what the note was to say of each fact, from which the form of a finding is taken
 */
export function writeRationale(
  facts: ToldFacts,
  assessment: Assessment,
  plain: ReadonlyMap<NoteKey, string>,
  voice: RationaleVoice,
  random: Random,
): string {
  const teller: Teller = { facts, plain, asWritten: voice !== 'llm' || random.chance(AS_WRITTEN_SHARE) };
  switch (voice) {
    case 'llm':
      return walk(teller, assessment, random);
    case 'nurse':
      return telegraph(teller, assessment, random);
    case 'nurse-post-processed':
      return tidied(teller, assessment, random);
  }
}

/** What a writer of a rationale has before the eyes: the facts and the words of the note. */
interface Teller {
  readonly facts: ToldFacts;
  readonly plain: ReadonlyMap<NoteKey, string>;
  /** False for a writer who spells out what the note shortens. */
  readonly asWritten: boolean;
}

const AS_WRITTEN_SHARE = 0.7;
const CONTRAST_SHARE = 0.4;
const DISREGARD_SHARE = 0.5;
const MOST_DECIDING = 3;
const MOST_OTHERS = 4;
const MOST_DENIED = 2;

function walk(teller: Teller, assessment: Assessment, random: Random): string {
  const { facts } = teller;
  const say = sentenceForm(teller, random);
  const deciding = withoutRepeats(assessment.deciding).slice(0, MOST_DECIDING);
  const used = new Set(deciding.flatMap((finding) => finding.evidence));
  const others = withoutRepeats(assessment.findings).filter(
    (finding) =>
      isRemarkable(finding) && !deciding.includes(finding) && !finding.evidence.every((key) => used.has(key)),
  );
  const sentences = [...deciding, ...others.slice(0, MOST_OTHERS)].map(say);
  const normal = assessment.findings.filter((finding) => !isRemarkable(finding) && !used.has(leadOf(finding)));
  const measured = normal.filter((finding) => finding.aspect !== 'pain');
  const contrast = random.chance(CONTRAST_SHARE);
  const unrelated = measured.filter(({ judgement }) => judgement === UNRELATED);
  const plainNormal = measured.filter(({ judgement }) => judgement === 'normal');
  const acceptable = measured.filter(({ judgement }) => judgement === ACCEPTABLE);
  if (plainNormal.length > 0) sentences.push(normalSentence(teller, plainNormal, assessment.level, contrast));
  if (acceptable.length > 0) sentences.push(acceptableSentence(teller, acceptable));
  if (unrelated.length > 0) sentences.push(unrelatedSentence(teller, unrelated));
  const denied = facts.signs.filter((stated) => !stated.present).slice(0, MOST_DENIED);
  const absent = [...denied.map((stated) => signText(teller, stated)), ...(facts.pain?.score === 0 ? ['no pain'] : [])];
  if (absent.length > 0) sentences.push(`Also ${joined(absent)}.`);
  sentences.push(...disregarded(teller, random));
  if (contrast && assessment.level < 5) sentences.push(...whatElse(teller, assessment, deciding));
  sentences.push(conclusion(assessment.level, deciding, facts, random));
  return sentences.join(' ');
}

function tidied(teller: Teller, assessment: Assessment, random: Random): string {
  const say = sentenceForm(teller, random);
  const deciding = withoutRepeats(assessment.deciding).slice(0, random.chance(0.6) ? 2 : 3);
  const sentences = deciding.map(say);
  const normal = assessment.findings.filter((finding) => finding.aspect !== 'pain' && finding.judgement === 'normal');
  if (normal.length > 0 && random.chance(0.3))
    sentences.push(normalSentence(teller, normal.slice(0, 3), assessment.level, true));
  if (random.chance(0.5)) sentences.push(...disregarded(teller, random));
  if (assessment.level < 5 && random.chance(0.3)) sentences.push(...whatElse(teller, assessment, deciding));
  return [...sentences, conclusion(assessment.level, deciding, teller.facts, random)].join(' ');
}

const ARROWS = [' - ', ' = ', ': ', ' -> ', ' => ', ', so ', '; triage as '];
const ALL_CLEAR = [', rest ok', ', no red flags', ', otherwise well'];
const OBSERVED_CLEAR = [', obs ok', ', obs stable', ', vitals fine'];

function telegraph(teller: Teller, assessment: Assessment, random: Random): string {
  const deciding = withoutRepeats(assessment.deciding).slice(0, random.chance(0.7) ? 2 : 3);
  const plus = random.pick([' + ', ' & ', ', ', ' w/ ']);
  const told = new Set<string>();
  const findings = deciding
    .flatMap((finding) => {
      const fresh = evidenceText(teller, finding).filter((text) => !told.has(text));
      for (const text of fresh) told.add(text);
      return fresh.length === 0 ? [] : [fresh.join(plus)];
    })
    .join(random.pick([', ', '; ', ' + ']));
  const calm = assessment.level >= 4 && teller.facts.background.mistyped === undefined;
  const measured =
    assessment.findings.filter(({ aspect, judgement }) => aspect !== 'pain' && judgement === 'normal').length > 1;
  const rest = calm && random.chance(0.5) ? random.pick(measured ? [...ALL_CLEAR, ...OBSERVED_CLEAR] : ALL_CLEAR) : '';
  const { mistyped } = teller.facts.background;
  const slip = mistyped !== undefined && random.chance(0.6) ? `, ${valueName(mistyped)} not plausible` : '';
  return `${findings}${rest}${slip}${random.pick(ARROWS)}${levelText(assessment.level)}`;
}

/** What the note states and what must not count: values that cannot be, superseded values, what is long past. */
function disregarded({ facts, plain }: Teller, random: Random): string[] {
  const { mistyped, earlier, past, relatives } = facts.background;
  const sentences: string[] = [];
  if (mistyped !== undefined) sentences.push(`${capitalised(valueName(mistyped))} ${random.pick(IMPLAUSIBLE)}.`);
  const [before] = earlier;
  const event = past.find((text) => plain.has(`past:${text}`));
  const relative = relatives.find((text) => plain.has(`relative:${text}`));
  if (before !== undefined && plain.has(`earlier:${before.key}`) && random.chance(DISREGARD_SHARE)) {
    sentences.push(`The earlier ${valueName(before)} is superseded by the latest.`);
  }
  if (event !== undefined && random.chance(DISREGARD_SHARE)) {
    sentences.push(`${capitalised(event)}: past history, does not count.`);
  } else if (relative !== undefined && random.chance(DISREGARD_SHARE)) {
    sentences.push(`${capitalised(relative)}: not the patient, does not count.`);
  }
  return sentences;
}

const IMPLAUSIBLE = [
  'cannot be right and does not count',
  'is impossible and is not used',
  'must be a slip and does not count',
] as const;

function valueName({ key, shown }: MistypedVital | EarlierVital): string {
  return `${vitalName(key)} ${shown}${key === 'saturation' ? '%' : ''}`;
}

/** What the level would be without the findings that decide it, where that can be asked: a presenting complaint stays. */
function whatElse(teller: Teller, assessment: Assessment, deciding: readonly AssessedFinding[]): string[] {
  const keys = new Set(assessment.deciding.flatMap((finding) => finding.evidence));
  if (keys.has('complaint') || deciding.length > 2) return [];
  const { level } = assessAcuity(withoutFacts(teller.facts, keys));
  if (level <= assessment.level) return [];
  const names = joined(deciding.map((finding) => findingName(finding, teller.facts)));
  return [`Without ${names} it would be ${levelText(level)}.`];
}

const VITAL_FIELDS: Readonly<Partial<Record<FactKey, keyof StatedVitals>>> = {
  consciousness: 'consciousness',
  saturation: 'saturation',
  'respiratory-rate': 'respiratoryRate',
  'heart-rate': 'heartRate',
  'blood-pressure': 'bloodPressure',
  temperature: 'temperature',
  glucose: 'glucose',
};

function withoutFacts(facts: ToldFacts, keys: ReadonlySet<FactKey>): KnownFacts {
  const fields = new Set<string>([...keys].flatMap((key) => VITAL_FIELDS[key] ?? []));
  const { pain, ...rest } = facts;
  return {
    ...rest,
    ...(pain === undefined || keys.has('pain') ? {} : { pain }),
    vitals: Object.fromEntries(Object.entries(facts.vitals).filter(([field]) => !fields.has(field))),
    signs: facts.signs.filter(({ id }) => !keys.has(`sign:${id}`)),
  };
}

const leadOf = (finding: AssessedFinding): FactKey => finding.evidence[0] ?? 'complaint';

/** Drops a finding that rests on nothing but what earlier, weightier findings already rest on. */
function withoutRepeats(findings: readonly AssessedFinding[]): AssessedFinding[] {
  const seen = new Set<FactKey>();
  return findings.filter((finding) => {
    if (finding.evidence.every((key) => seen.has(key))) return false;
    for (const key of finding.evidence) seen.add(key);
    return true;
  });
}

/** Draws how this writer builds a sentence, one way throughout a rationale. */
function sentenceForm(teller: Teller, random: Random): (finding: AssessedFinding) => string {
  const form = random.integer(0, 3);
  return (finding) => {
    const level = levelText(finding.level);
    if (leadOf(finding) === 'complaint') return `${capitalised(finding.judgement)}: ${level}.`;
    const [lead = '', ...more] = evidenceText(teller, finding);
    const evidence = capitalised(more.length > 0 ? `${lead} with ${joined(more)}` : lead);
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

const ADJECTIVES = /^(dangerously|very|slightly|slow|fast|low$|only slightly)/;

function isAdjective(finding: AssessedFinding): boolean {
  return !leadOf(finding).startsWith('sign:') && ADJECTIVES.test(finding.judgement);
}

function normalSentence(teller: Teller, normal: readonly AssessedFinding[], level: Level, contrast: boolean): string {
  const stated = normal.flatMap((finding) => evidenceText(teller, finding));
  const { ageYears } = teller.facts;
  const child = ageYears !== undefined && ageYears < 12;
  const above = level > 1 && contrast ? `, so not ${levelText((level - 1) as Level)}` : '';
  return `${capitalised(joined(stated))} ${stated.length > 1 ? 'are' : 'is'} normal${child ? ' for the age' : ''}${above}.`;
}

function acceptableSentence(teller: Teller, findings: readonly AssessedFinding[]): string {
  const stated = findings.flatMap((finding) => evidenceText(teller, finding));
  return `${capitalised(joined(stated))} ${stated.length > 1 ? 'are' : 'is'} off normal but ${stated.length > 1 ? 'decide' : 'decides'} nothing.`;
}

function unrelatedSentence(teller: Teller, findings: readonly AssessedFinding[]): string {
  const stated = findings.flatMap((finding) => evidenceText(teller, finding));
  return `${capitalised(joined(stated))} ${stated.length > 1 ? 'do' : 'does'} not relate to the complaint.`;
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
  if (lead === 'complaint') return facts.complaint.name;
  return NAMES[lead] ?? lead;
}

const NAMES: Readonly<Partial<Record<FactKey, string>>> = {
  saturation: 'SpO2',
  'blood-pressure': 'blood pressure',
  'heart-rate': 'heart rate',
  'respiratory-rate': 'breathing rate',
};

const ABBREVIATED: Readonly<Partial<Record<FactKey, string>>> = {
  saturation: 'SpO2',
  'blood-pressure': 'BP',
  'heart-rate': 'HR',
  'respiratory-rate': 'RR',
};

function vitalName(key: VitalKey): string {
  return ABBREVIATED[key] ?? key;
}

const ALERTNESS = {
  alert: 'alert',
  voice: 'responds only to voice',
  pain: 'responds only to pain',
  unresponsive: 'unresponsive',
} as const;

/** The stated facts a finding rests on, with the numbers as the note shows them. The age is left to the judgement. */
function evidenceText(teller: Teller, finding: AssessedFinding): string[] {
  return finding.evidence.filter((key) => key !== 'age').map((key) => factText(teller, key));
}

function factText(teller: Teller, key: FactKey): string {
  const { facts } = teller;
  if (key === 'complaint' || key === 'age') return facts.complaint.name;
  if (isSignKey(key)) {
    const stated = facts.signs.find(({ id }) => `sign:${id}` === key);
    return stated === undefined ? key : signText(teller, stated);
  }
  const { consciousness } = facts.vitals;
  if (key === 'consciousness' && consciousness !== undefined && 'alertness' in consciousness) {
    return ALERTNESS[consciousness.alertness];
  }
  if (key === 'pain' && facts.pain?.score === 0) return 'no pain';
  const value = valueText(facts, key) ?? '';
  if (key === 'consciousness') return `GCS ${value}`;
  return `${vitalName(key)} ${value}${key === 'saturation' && /\d/.test(value) ? '%' : ''}`;
}

function isSignKey(key: FactKey): key is `sign:${string}` {
  return key.startsWith('sign:');
}

/** A finding in the form in which the note writes it, or spelt out. */
function signText({ plain, asWritten }: Teller, { id, full, short }: StatedSign): string {
  // A short form with a full stop inside would read as the end of the sentence.
  if (!asWritten || /\.(\s|$)/.test(short)) return full;
  return plain.get(`sign:${id}`)?.toLowerCase() === short.toLowerCase() ? short : full;
}
