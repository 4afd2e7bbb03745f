import type { Random } from '../../common/index.ts';
import type { Level } from '../labels.ts';
import type { BodySystem, Complaint, Condition, Sign } from './complaint.ts';
import type { Completeness } from './completeness.ts';
import { GENERAL_SIGNS } from './conditions/index.ts';
import type { Arrival, PatientFacts, StatedSign } from './facts.ts';
import { fillPhrase, type PhraseContext } from './phrases.ts';
import { sampleVitals } from './physiology.ts';
import { stateVitals } from './state-vitals.ts';
import {
  ASIDES,
  CHILD_ASIDES,
  CHILD_HISTORIES,
  HISTORIES,
  HOME_ASIDES,
  INFANT_HISTORIES,
  YOUNG_HISTORIES,
} from './story.ts';
import { anyPain, pickUntypical, UNTYPICAL_SHARE, UNTYPICAL_SHARE_OF_FORMS, unsettle } from './untypical.ts';
import { driveVital } from './vital-drivers.ts';

interface Candidate {
  readonly complaint: Complaint;
  readonly condition: Condition;
}

/** For each level, the conditions that usually arrive with it, grouped by complaint so that each complaint is as likely as it is frequent. */
export type Candidates = ReadonlyMap<Level, readonly (readonly Candidate[])[]>;

/** The patients who may be drawn from these complaints. */
export function candidatesOf(complaints: readonly Complaint[]): Candidates {
  const levels = [1, 2, 3, 4, 5] as const;
  return new Map(levels.map((level) => [level, complaints.flatMap((complaint) => groupsAt(level, complaint))]));
}

/** The conditions of a complaint that arrive with a level, as often as the complaint is frequent; nothing for none. */
function groupsAt(level: Level, complaint: Complaint): Candidate[][] {
  const group = complaint.conditions
    .filter((condition) => condition.levels[0] <= level && level <= condition.levels[1])
    .map((condition) => ({ complaint, condition }));
  const { frequency = 1, urgentFrequency = frequency } = complaint;
  return group.length === 0 ? [] : Array.from({ length: level <= 2 ? urgentFrequency : frequency }, () => group);
}

/** The share of notes whose level is to be decided by one vital sign, whatever the complaint. */
const DRIVEN_SHARE = 0.35;

/** The severity, 0 none to 1 full, at which a condition reaches each level. */
const SEVERITY: Readonly<Record<Level, readonly [number, number]>> = {
  1: [0.75, 1.3],
  2: [0.45, 1.0],
  3: [0.2, 0.7],
  4: [0, 0.35],
  5: [0, 0.15],
};

/**
 * Draws a patient who should arrive with about the given level; the rule engine has the last word. Only the facts that a
 * note of this completeness states are returned; nothing where none of the complaints arrives with such a level.
 */
export function sampleFacts(
  candidates: Candidates,
  level: Level,
  completeness: Completeness,
  random: Random,
): PatientFacts | undefined {
  const home = completeness.home === true;
  const driven = level <= 3 && random.chance(home ? DRIVEN_SHARE / 4 : DRIVEN_SHARE);
  const untypical = !driven && random.chance(completeness.form ? UNTYPICAL_SHARE_OF_FORMS : UNTYPICAL_SHARE);
  const candidate = untypical
    ? pickUntypical([...candidates.values()].flat(), level, random)
    : pickCandidate(candidates, level, driven, random);
  if (candidate === undefined) return undefined;
  const { complaint, condition } = candidate;
  const years = sampleAge(condition.age ?? complaint.age, random);
  const sex = complaint.sex ?? (random.chance(0.5) ? 'female' : 'male');
  const context: PhraseContext = {
    side: random.chance(0.5) ? 'left' : 'right',
    site: complaint.sites === undefined ? '' : random.pick(complaint.sites),
  };
  const [low, high] = SEVERITY[level];
  const severity = driven ? 0 : untypical ? 0.4 * random.uniform() : low + (high - low) * random.uniform();
  const usual = sampleVitals(years, condition.body ?? {}, severity, random);
  const drawn = untypical ? unsettle(usual, level, random) : usual;
  const driver = driven ? driveVital(drawn, years, level, random) : undefined;
  const vitals = stateVitals(driver?.vitals ?? drawn, years, completeness, driver?.keep, condition.body, random);
  const chronic = condition.course === 'chronic';
  const child = years < 14;
  return {
    complaint,
    condition: condition.name,
    ...(years >= 18 && random.chance(0.03) ? {} : { ageYears: years }),
    sex,
    arrival: sampleArrival(level, complaint, completeness, random),
    wording: fillPhrase(random.pick(complaint.wordings), context, random),
    lay: fillPhrase(random.pick(complaint.lay), context, random).full,
    ...sampleDuration(complaint, condition, random),
    sudden: condition.course === 'sudden' && random.chance(0.5),
    vitals,
    signs: sampleSigns(complaint, condition, level, driven, completeness, context, random),
    ...(untypical
      ? anyPain(complaint, chronic, completeness, random)
      : // Nobody scores the pain of an unconscious patient, but some forms ask for it.
        (driver?.vitals ?? drawn).gcs < 10
        ? {}
        : samplePain(complaint, condition, driven, level, chronic, completeness, random)),
    history: sampleHistory(years, condition.history, context, random),
    ...(random.chance(0.35) ? { aside: random.pick(home ? HOME_ASIDES : child ? CHILD_ASIDES : ASIDES) } : {}),
  };
}

/** Systems whose patients seldom turn out to be in shock: a driven note is only now and then about them. */
const SELDOM_CRITICAL: ReadonlySet<BodySystem> = new Set(['administrative', 'eye', 'ear-nose-throat', 'skin']);
const SELDOM_CRITICAL_SHARE = 0.15;

function pickCandidate(candidates: Candidates, level: Level, driven: boolean, random: Random): Candidate | undefined {
  // A vital sign can make any complaint urgent, so a driven note starts from a less urgent one.
  const start = driven ? (Math.min(5, level + random.integer(1, 2)) as Level) : level;
  const groups = candidates.get(start) ?? [];
  if (groups.length === 0) return undefined;
  for (;;) {
    const candidate = random.pick(random.pick(groups));
    const seldom = driven && SELDOM_CRITICAL.has(candidate.complaint.system);
    if (!seldom || random.chance(SELDOM_CRITICAL_SHARE)) return candidate;
  }
}

function sampleAge([low, high]: readonly [number, number], random: Random): number {
  // Under one year the ends are whole months: [0, 0.25] is up to three of them.
  if (high > 0 && high < 1) return random.integer(Math.round(low * 12), Math.round(high * 12)) / 12;
  const years = random.integer(low, high);
  return years >= 2 ? years : years + random.integer(0, 11) / 12;
}

function sampleArrival(level: Level, { system }: Complaint, completeness: Completeness, random: Random): Arrival {
  if (completeness.home === true) return 'telephone';
  if (system === 'mental-health' && random.chance(0.25)) return 'police';
  if (system !== 'administrative' && random.chance(level <= 2 ? 0.6 : 0.15)) return 'ambulance';
  return random.pick(
    level <= 2 ? ['car', 'car', 'wheelchair', 'walk-in'] : ['walk-in', 'walk-in', 'car', 'wheelchair'],
  );
}

function sampleDuration(complaint: Complaint, condition: Condition, random: Random): Pick<PatientFacts, 'duration'> {
  if (condition.course === 'chronic') {
    const [count, unit, abbreviation] = random.chance(0.6)
      ? [random.integer(2, 11), 'months', 'mo']
      : [random.integer(2, 9), 'years', 'y'];
    return { duration: { full: `${count} ${unit}`, short: `${count} ${abbreviation}` } };
  }
  if (complaint.duration === 'none' || random.chance(0.35)) return {};
  const days = complaint.duration === 'days' || (complaint.duration === undefined && random.chance(0.35));
  const count = random.integer(days ? 1 : 1, days ? 6 : 12);
  const unit = days ? 'day' : 'hour';
  return { duration: { full: `${count} ${unit}${count === 1 ? '' : 's'}`, short: `${count}${days ? 'd' : 'h'}` } };
}

function samplePain(
  complaint: Complaint,
  condition: Condition,
  driven: boolean,
  level: Level,
  chronic: boolean,
  completeness: Completeness,
  random: Random,
): Pick<PatientFacts, 'pain'> {
  const form = completeness.form === true;
  if (!random.chance(form ? 0.95 : 0.5 + completeness.vitals / 3)) return {};
  if (complaint.pain === undefined) return form ? { pain: { score: 0, chronic: false } } : {};
  const [low, high] = condition.pain ?? [0, 4];
  const score = random.integer(low, driven ? Math.min(high, level <= 2 ? 7 : 3) : high);
  return score < 0 ? {} : { pain: { score, chronic } };
}

/** How often the note tells the history that goes with the condition, where there is one. */
const TYPICAL_HISTORY_SHARE = 0.45;

function sampleHistory(
  years: number,
  typical: readonly string[] | undefined,
  context: PhraseContext,
  random: Random,
): string[] {
  if (typical !== undefined && random.chance(TYPICAL_HISTORY_SHARE)) {
    const { full, short } = fillPhrase(random.pick(typical), context, random);
    return [random.chance(0.6) ? full : short];
  }
  if (!random.chance(0.4)) return [];
  const source = years < 2 ? INFANT_HISTORIES : years < 14 ? CHILD_HISTORIES : years < 45 ? YOUNG_HISTORIES : HISTORIES;
  const first = random.pick(source);
  if (!random.chance(0.3)) return [first];
  const second = random.pick(source);
  return second === first ? [first] : [first, second];
}

/** The character of the pain has no level of its own: the score and the place have. */
const CHARACTER: Sign = { meaning: 'character of the pain', says: [] };

/** Findings that only colour the note, or that no condition of the complaint names, are stated this often. */
const CHANCE_OF_A_GENERAL_DENIAL = 0.12;
const MOST_DENIALS = 3;

function sampleSigns(
  complaint: Complaint,
  condition: Condition,
  level: Level,
  driven: boolean,
  completeness: Completeness,
  context: PhraseContext,
  random: Random,
): StatedSign[] {
  const stated: StatedSign[] = [];
  if (random.chance(completeness.bare)) return stated;
  const state = (id: string, sign: Sign, templates: readonly string[], present: boolean) => {
    stated.push({ id, sign, present, ...fillPhrase(random.pick(templates), context, random) });
  };
  for (const [id, probability] of Object.entries(condition.signs ?? {})) {
    const sign = complaint.signs?.[id] ?? GENERAL_SIGNS[id];
    if (sign === undefined) throw new RangeError(`${complaint.id}: no sign is called ${id}`);
    const tooUrgent = sign.level !== undefined && sign.level < level;
    const outweighed = driven && sign.level !== undefined && sign.level <= level;
    if (tooUrgent || outweighed || !random.chance(probability)) continue;
    if (stated.length > 0 && !random.chance(completeness.signs)) continue;
    state(id, sign, sign.says, true);
  }
  if (condition.character !== undefined && random.chance(completeness.signs)) {
    state('character', CHARACTER, condition.character, true);
  }
  let denials = 0;
  const deny = (id: string, sign: Sign, probability: number) => {
    if (sign.denies === undefined || denials >= MOST_DENIALS || stated.some((other) => other.id === id)) return;
    if (!random.chance(probability)) return;
    state(id, sign, sign.denies, false);
    denials++;
  };
  for (const [id, sign] of Object.entries(complaint.signs ?? {})) deny(id, sign, completeness.denials);
  if (level >= 3 && !driven) {
    for (const [id, sign] of Object.entries(GENERAL_SIGNS)) {
      // Nobody writes "mouth moist" of a patient with dry lips.
      const kind = id.split('-').at(-1) ?? id;
      if (stated.some((other) => other.present && other.id.endsWith(`-${kind}`))) continue;
      if (fitsDenial(id, complaint)) deny(id, sign, completeness.denials * CHANCE_OF_A_GENERAL_DENIAL);
    }
  }
  return stated;
}

/** General findings that a nurse would bother to deny with a complaint. */
function fitsDenial(id: string, complaint: Complaint): boolean {
  if (id === 'anticoagulated') return complaint.bleeding !== undefined;
  if (id.endsWith('dehydration')) return complaint.system === 'gastrointestinal' || complaint.system === 'paediatric';
  if (id.endsWith('distress')) return complaint.system === 'respiratory' || complaint.system === 'cardiovascular';
  return complaint.system !== 'administrative' && complaint.system !== 'paediatric';
}
