import type { Random } from '../../../common/index.ts';
import { levelText } from '../../labels.ts';
import type { Assessment } from '../acuity/acuity.ts';
import { ACCEPTABLE, type AssessedFinding, isRemarkable, UNRELATED } from '../acuity/finding.ts';
import type { FactKey } from '../facts.ts';
import type { NoteKey } from '../render/note-builder.ts';
import type { ToldFacts } from '../render/told-facts.ts';
import { disregarded } from './disregarded.ts';
import { evidenceText, joined, signText, type Teller, valueName } from './fact-text.ts';
import {
  acceptableSentence,
  conclusion,
  leadOf,
  normalSentence,
  sentenceForm,
  unrelatedSentence,
} from './sentences.ts';
import { whatElse } from './without-deciding.ts';

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
  const teller: Teller = { facts, plain };
  switch (voice) {
    case 'llm':
      return walk(teller, assessment, random);
    case 'nurse':
      return telegraph(teller, assessment, random);
    case 'nurse-post-processed':
      return tidied(teller, assessment, random);
  }
}

const CONTRAST_SHARE = 0.4;
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

/** Before a nurse's findings: what the note says then stands in the middle of a text, as it does there. */
const PATIENT = ['pt with', 'pt w/', 'presents w/'];
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
  return `${random.pick(PATIENT)} ${findings}${rest}${slip}${random.pick(ARROWS)}${levelText(assessment.level)}`;
}

/** Drops a finding that rests on nothing but what earlier, weightier findings already rest on. */
function withoutRepeats(findings: readonly AssessedFinding[]): AssessedFinding[] {
  const seen = new Set<FactKey>();
  return findings.filter((finding) => {
    if (finding.evidence.every((key) => seen.has(key))) return false;
    for (const key of finding.evidence) seen.add(key);
    return true;
  });
}
