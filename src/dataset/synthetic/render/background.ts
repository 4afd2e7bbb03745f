import type { Random } from '../../../common/index.ts';
import type { FactKey, PatientFacts, StatedVitals } from '../facts.ts';
import { fillPhrase } from '../phrases.ts';
import { ASIDE_TOPICS, type BackgroundPhrase, FILLERS, MEDICATIONS, PAST_EVENTS, RELATIVES, SOCIAL } from '../story.ts';
import type { Background, EarlierVital, MistypedVital, ToldFacts, VitalKey } from './told-facts.ts';
import { digitsOf } from './value-text.ts';

/** How a style of note treats what surrounds the facts. */
export interface BackgroundHabits {
  /** The share of notes whose vital signs stand in words. */
  readonly inWords: number;
  /** False for a form of fixed fields, which has no room for a story. */
  readonly story: boolean;
}

const MISTYPED_SHARE = 0.035;
const RECHECKED_SHARE = 0.4;
const EARLIER_SHARE = 0.07;
const EARLIER_SHARE_OF_LONG_NOTES = 0.5;

/**
 * Draws what surrounds the facts: past events, other people's illnesses, medication, earlier and mistyped vital signs. A
 * mistyped value may replace the right one, which the returned facts then no longer state: the level has to be assessed of
 * the returned facts.
 */
export function tellStory(facts: PatientFacts, habits: BackgroundHabits, long: boolean, random: Random): ToldFacts {
  const asleep = isReduced(facts);
  const told = asleep && facts.aside !== undefined && TALKING.test(facts.aside) ? withoutAside(facts) : facts;
  const measured = MEASURED.filter((key) => digitsOf(told, key) !== undefined);
  const mistyped = measured.length >= 3 && random.chance(MISTYPED_SHARE) ? mistype(measured, random) : undefined;
  // A form has one field for each sign and no room for the right value beside the slip.
  const replaced = mistyped !== undefined && (!habits.story || !random.chance(RECHECKED_SHARE));
  const kept = replaced ? withoutVital(told, mistyped.key) : told;
  const count = (share: number, many: readonly [number, number]) =>
    !habits.story ? 0 : long ? random.integer(...many) : random.chance(share) ? 1 : 0;
  const topics = new Set(told.aside === undefined ? [] : [ASIDE_TOPICS[told.aside] ?? told.aside]);
  const earlier = habits.story
    ? drawEarlier(kept, mistyped?.key, long ? EARLIER_SHARE_OF_LONG_NOTES : EARLIER_SHARE, random)
    : [];
  const background: Background = {
    past: draw(PAST_EVENTS, facts, count(0.14, [1, 3]), topics, random),
    relatives: draw(RELATIVES, facts, count(0.06, [1, 2]), topics, random),
    medication: draw(
      MEDICATIONS,
      facts,
      habits.story && !long && random.chance(0.1) ? random.integer(1, 4) : count(0, [2, 7]),
      topics,
      random,
    ),
    social: draw(SOCIAL, facts, count(0.06, [1, 4]), topics, random),
    fillers: long ? draw(FILLERS, facts, FILLERS.length, topics, random) : [],
    ...(long ? { words: random.integer(122, 200) } : {}),
    earlier,
    ...(mistyped === undefined ? {} : { mistyped }),
    inWords: drawInWords(earlier.length > 0 ? 0 : habits.inWords, random),
  };
  return { ...kept, arrival: drawArrival(facts, asleep, random), background };
}

/** What only a patient who is awake and about can be said to have done. */
const TALKING = /took|breakfast|waited|speaks|worried|given|asks|driven/;

function isReduced({ vitals: { consciousness }, complaint }: PatientFacts): boolean {
  if (complaint.baseline === 1) return true;
  if (consciousness === undefined) return false;
  return 'gcs' in consciousness ? consciousness.gcs < 13 : consciousness.alertness !== 'alert';
}

function withoutAside(facts: PatientFacts): PatientFacts {
  const { aside: _, ...rest } = facts;
  return rest;
}

/** How the patient came says nothing of the level here: acuity guidelines do not use it. */
function drawArrival(facts: PatientFacts, asleep: boolean, random: Random): PatientFacts['arrival'] {
  if (facts.arrival === 'telephone' || facts.arrival === 'police') return facts.arrival;
  if (asleep) return random.pick(['ambulance', 'ambulance', 'car', 'car', 'wheelchair']);
  return random.pick(['walk-in', 'walk-in', 'car', 'car', 'wheelchair', 'ambulance', 'ambulance']);
}

function suits({ age: [low, high] = [18, 99], sex, avoid }: BackgroundPhrase, facts: PatientFacts): boolean {
  const years = facts.ageYears ?? 40;
  if (years < low || years > high || (sex !== undefined && sex !== facts.sex)) return false;
  return avoid?.includes(facts.complaint.system) !== true;
}

function draw(
  phrases: readonly BackgroundPhrase[],
  facts: PatientFacts,
  count: number,
  topics: Set<string>,
  random: Random,
): string[] {
  if (count === 0) return [];
  const fitting = random.shuffle(phrases.filter((phrase) => suits(phrase, facts)));
  const chosen: string[] = [];
  for (const { text, topic } of fitting) {
    if (chosen.length === count) break;
    if (topic !== undefined && topics.has(topic)) continue;
    if (topic !== undefined) topics.add(topic);
    chosen.push(fillPhrase(text, NO_PLACE, random).full);
  }
  return chosen;
}

const NO_PLACE = { side: 'left', site: '' } as const;

const MEASURED: readonly VitalKey[] = ['heart-rate', 'saturation', 'respiratory-rate', 'blood-pressure', 'temperature'];

/** Values that cannot be: a stuck key, a lost or doubled digit, a probe off the finger, Fahrenheit called Celsius. */
const IMPOSSIBLE: Readonly<Partial<Record<VitalKey, readonly string[]>>> = {
  'heart-rate': ['999', '888', '7', '0.8', '780', '1000', '820'],
  saturation: ['9', '0', '8', '998', '199', '955', '120'],
  'respiratory-rate': ['188', '160', '99', '0.2', '220'],
  'blood-pressure': ['12/8', '999/999', '1300/80', '80/125', '13/80', '120/800'],
  temperature: ['98.6 C', '99.1 C', '97.9 C', '3.7 C', '368 C', '9.8 C', '100.4 C', '63.5 C'],
};

function mistype(measured: readonly VitalKey[], random: Random): MistypedVital {
  const key = random.pick(measured);
  return { key, shown: random.pick(IMPOSSIBLE[key] ?? ['999']) };
}

const FIELD_OF: Readonly<Partial<Record<VitalKey, keyof StatedVitals>>> = {
  'heart-rate': 'heartRate',
  saturation: 'saturation',
  'respiratory-rate': 'respiratoryRate',
  'blood-pressure': 'bloodPressure',
  temperature: 'temperature',
};

/** The same facts with one vital sign not stated. */
export function withoutVital<Facts extends PatientFacts>(facts: Facts, key: VitalKey): Facts {
  const field = FIELD_OF[key];
  const vitals = Object.fromEntries(Object.entries(facts.vitals).filter(([name]) => name !== field)) as StatedVitals;
  return { ...facts, vitals };
}

/** Earlier values differ from the latest by what a rest, a tablet or a fright would change. */
function drawEarlier(facts: PatientFacts, taken: VitalKey | undefined, share: number, random: Random): EarlierVital[] {
  if (!random.chance(share)) return [];
  const keys = (
    ['heart-rate', 'blood-pressure', 'temperature', 'respiratory-rate', 'saturation', 'pain'] as const
  ).filter((key) => key !== taken && digitsOf(facts, key) !== undefined);
  const count = random.chance(0.5) ? 1 : 3;
  return random
    .shuffle(keys)
    .slice(0, count)
    .flatMap((key) => {
      const shown = earlierValue(facts, key, random);
      return shown === undefined || shown === digitsOf(facts, key) ? [] : [{ key, shown }];
    });
}

function earlierValue({ vitals, pain }: PatientFacts, key: VitalKey, random: Random): string | undefined {
  const moved = (value: number | undefined, by: number, low: number, high: number) =>
    value === undefined ? undefined : String(Math.min(high, Math.max(low, value + (random.chance(0.65) ? by : -by))));
  switch (key) {
    case 'heart-rate':
      return moved(vitals.heartRate, random.integer(8, 34), 52, 210);
    case 'respiratory-rate':
      return moved(vitals.respiratoryRate, 2 * random.integer(1, 4), 12, 70);
    case 'saturation':
      return moved(vitals.saturation, -random.integer(1, 5), 80, 100);
    case 'pain':
      return moved(pain?.score, random.integer(1, 4), 0, 10);
    case 'blood-pressure': {
      const pressure = vitals.bloodPressure;
      if (pressure === undefined) return undefined;
      const by = random.integer(8, 32) * (random.chance(0.6) ? 1 : -1);
      return `${Math.max(50, pressure.systolic + by)}/${Math.max(28, pressure.diastolic + Math.round(by / 2))}`;
    }
    case 'temperature': {
      const stated = vitals.temperature;
      if (stated === undefined) return undefined;
      const by = random.integer(4, 17) / 10;
      const ceiling = stated.unit === 'F' ? 105 : 40.6;
      return Math.min(ceiling, Number(stated.shown) + by).toFixed(1);
    }
    default:
      return undefined;
  }
}

const WORDED: readonly FactKey[] = [
  'heart-rate',
  'saturation',
  'respiratory-rate',
  'blood-pressure',
  'temperature',
  'pain',
];

function drawInWords(share: number, random: Random): ReadonlySet<FactKey> {
  if (!random.chance(share)) return new Set();
  return random.chance(0.5) ? new Set(WORDED) : new Set(random.shuffle(WORDED).slice(0, random.integer(1, 3)));
}
