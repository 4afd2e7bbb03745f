import type { Random } from '../../../common/index.ts';
import type { Alertness } from '../facts.ts';
import type { Piece } from './note-builder.ts';
import type { ToldFacts, VitalKey } from './told-facts.ts';
import { valueText } from './value-text.ts';

/** How one writer puts vital signs on paper; `#` stands for the value. */
export interface VitalDialect {
  readonly pressure: string;
  readonly heartRate: string;
  readonly respiratoryRate: string;
  readonly celsius: string;
  readonly fahrenheit: string;
  readonly saturation: string;
  readonly gcs: string;
  readonly millimoles: string;
  readonly milligrams: string;
  readonly pain: string;
  readonly alertness: Readonly<Record<Alertness, string>>;
  readonly order: readonly VitalKey[];
}

const ORDERS: readonly (readonly VitalKey[])[] = [
  ['consciousness', 'pain', 'blood-pressure', 'heart-rate', 'respiratory-rate', 'temperature', 'saturation', 'glucose'],
  ['blood-pressure', 'heart-rate', 'respiratory-rate', 'temperature', 'saturation', 'glucose', 'consciousness', 'pain'],
  ['respiratory-rate', 'saturation', 'heart-rate', 'blood-pressure', 'temperature', 'consciousness', 'glucose', 'pain'],
  ['temperature', 'heart-rate', 'respiratory-rate', 'blood-pressure', 'saturation', 'pain', 'consciousness', 'glucose'],
  ['consciousness', 'heart-rate', 'blood-pressure', 'saturation', 'respiratory-rate', 'glucose', 'temperature', 'pain'],
  ['saturation', 'respiratory-rate', 'blood-pressure', 'heart-rate', 'consciousness', 'temperature', 'glucose', 'pain'],
  ['pain', 'temperature', 'blood-pressure', 'heart-rate', 'saturation', 'respiratory-rate', 'consciousness', 'glucose'],
  ['heart-rate', 'respiratory-rate', 'blood-pressure', 'saturation', 'temperature', 'glucose', 'pain', 'consciousness'],
];

const ALERTNESS: readonly Readonly<Record<Alertness, string>>[] = [
  { alert: 'alert', voice: 'responds to voice', pain: 'responds to pain only', unresponsive: 'unresponsive' },
  { alert: 'AVPU A', voice: 'AVPU V', pain: 'AVPU P', unresponsive: 'AVPU U' },
  {
    alert: 'mental alert',
    voice: 'mental: response to voice',
    pain: 'mental: response to pain',
    unresponsive: 'mental: unresponsive',
  },
  { alert: 'A of AVPU', voice: 'V of AVPU', pain: 'P of AVPU', unresponsive: 'U of AVPU' },
  { alert: 'alert and awake', voice: 'wakes to voice', pain: 'reacts to pain only', unresponsive: 'not responding' },
  { alert: 'awake', voice: 'drowsy, rousable to voice', pain: 'only responds to pain', unresponsive: 'no response' },
  {
    alert: 'alert and oriented',
    voice: 'lethargic but opens the eyes to voice',
    pain: 'responds only to painful stimuli',
    unresponsive: 'unresponsive to pain',
  },
  { alert: 'A&O', voice: 'somnolent, arousable to voice', pain: 'withdraws from pain only', unresponsive: 'comatose' },
];

/** Draws the habits of one hurried writer. */
export function shortDialect(random: Random): VitalDialect {
  const join = random.pick([' ', ' ', '', ': ', ' = ']);
  return {
    pressure: `${random.pick(['BP', 'BP', 'BP', 'NIBP'])}${join}#`,
    heartRate: `${random.pick(['HR', 'HR', 'P', 'PR', 'pulse', 'Pulse'])}${join}#`,
    respiratoryRate: `${random.pick(['RR', 'RR', 'R', 'resp'])}${join}#`,
    celsius: random.pick([`BT${join}#`, `T${join}#`, `T${join}#C`, `Temp${join}#`]),
    fahrenheit: random.pick([`T${join}#F`, `Temp${join}#F`, `T${join}#`]),
    saturation: random.pick([
      `SpO2${join === '' ? ' ' : join}#%`,
      `SpO2${join === '' ? ' ' : join}#`,
      'sats #%',
      'sat #% RA',
      'O2 sat #%',
    ]),
    gcs: `GCS${join}#`,
    millimoles: random.pick([`BGL${join}#`, 'glucose # mmol/L', `BM${join}#`]),
    milligrams: random.pick(['BST # mg/dL', 'glucose # mg/dL', 'BSL #mg/dL']),
    pain: random.pick([`NRS${join}#`, 'pain #/10', `pain${join === '' ? ' ' : join}#`, 'NRS #/10']),
    alertness: random.pick(ALERTNESS),
    order: random.pick(ORDERS),
  };
}

/** Draws the habits of a writer of full sentences. */
export function fullDialect(random: Random): VitalDialect {
  return {
    pressure: random.pick(['blood pressure #', 'BP #', 'BP # mmHg', 'blood pressure of # mmHg', 'a pressure of #']),
    heartRate: random.pick([
      'pulse #',
      'heart rate #',
      'HR #/min',
      'pulse rate #',
      'heart rate of # a minute',
      'pulse of # beats per minute',
      'HR # bpm',
    ]),
    respiratoryRate: random.pick([
      'respirations #',
      'RR #/min',
      'breathing rate #',
      'respiratory rate #',
      '# breaths a minute',
      'respiratory rate of # breaths per minute',
    ]),
    celsius: random.pick(['temperature #', 'temp # °C', 'temperature # °C', 'temperature of #°C']),
    fahrenheit: random.pick(['temperature # °F', 'temp #F', 'temperature of #°F']),
    saturation: random.pick([
      'SpO2 #%',
      'oxygen saturation #%',
      'oxygen saturation of #% on room air',
      'SpO2 #% on room air',
      'saturating #%',
      'saturation # percent',
    ]),
    gcs: random.pick(['GCS #', 'Glasgow coma score #', 'GCS of #', 'Glasgow Coma Scale #']),
    millimoles: 'blood glucose # mmol/L',
    milligrams: 'blood glucose # mg/dL',
    pain: random.pick(['pain #/10', 'rates the pain # out of 10', 'pain score #', 'pain rated #/10', '#/10 pain']),
    alertness: random.pick(ALERTNESS),
    order: random.pick(ORDERS),
  };
}

const HOME_ALERTNESS: readonly Readonly<Record<Alertness, string>>[] = [
  {
    alert: 'awake and talking',
    voice: 'only opens the eyes when spoken to',
    pain: 'only reacts to pinching',
    unresponsive: 'cannot be woken',
  },
  {
    alert: 'awake',
    voice: 'drowsy, answers when called',
    pain: 'only moves when pinched',
    unresponsive: 'does not respond at all',
  },
  { alert: 'wide awake', voice: 'sleepy, wakes to voice', pain: 'reacts to pain only', unresponsive: 'no response' },
];

/** Draws the words of a caller who has household instruments at most. */
export function homeDialect(random: Random): VitalDialect {
  return {
    ...fullDialect(random),
    pressure: random.pick(['blood pressure #', 'the machine says #', 'BP #']),
    heartRate: random.pick(['pulse #', 'pulse of #', 'heart rate #', 'the pulse is #']),
    respiratoryRate: random.pick(['# breaths a minute', 'breathing # times a minute']),
    celsius: random.pick(['temperature #', 'temperature # °C', 'a temperature of #', 'thermometer says #']),
    fahrenheit: random.pick(['temperature # °F', 'temperature #F', 'thermometer says # °F']),
    saturation: random.pick(['oxygen #%', 'oxygen meter #%', 'SpO2 #%']),
    millimoles: random.pick(['sugar # mmol/L', 'blood sugar # mmol/L']),
    milligrams: random.pick(['sugar # mg/dL', 'blood sugar # mg/dL']),
    pain: random.pick(['pain #/10', 'pain # out of 10', 'the pain is # out of 10']),
    alertness: random.pick(HOME_ALERTNESS),
  };
}

/** The stated vital signs and the pain score, in the writer's order and words; earlier values stand beside the latest. */
export function vitalPieces(facts: ToldFacts, dialect: VitalDialect, random: Random): Piece[] {
  const { earlier, mistyped } = facts.background;
  return dialect.order.flatMap((key) => {
    const text = vitalText(key, facts, dialect);
    const pieces: Piece[] = text === undefined ? [] : [{ key, text }];
    const before = earlier.find((vital) => vital.key === key);
    if (mistyped?.key === key) {
      const slip = { key: `mistyped:${key}` as const, text: slipText(key, mistyped.shown, dialect) };
      return text === undefined ? [slip] : [slip, { key, text: `${random.pick(['rechecked ', 'repeat '])}${text}` }];
    }
    if (before === undefined || text === undefined) return pieces;
    const old: Piece = { key: `earlier:${key}`, text: before.shown };
    const now: Piece = { key, text };
    return random.pick([
      [now, { ...old, text: `earlier ${before.shown}` }],
      [now, { ...old, text: `${before.shown} before` }],
      [
        { ...old, text: `first ${fill(templateOf(key, facts, dialect), before.shown)}` },
        { ...now, text: `now ${text}` },
      ],
      [
        { ...old, text: `${fill(templateOf(key, facts, dialect), before.shown)} initially` },
        { ...now, text: `latest ${text}` },
      ],
    ]);
  });
}

/** An earlier set of vital signs, as pieces of a sentence of its own. */
export function earlierPieces(facts: ToldFacts, dialect: VitalDialect): Piece[] {
  return facts.background.earlier.map(({ key, shown }) => ({
    key: `earlier:${key}` as const,
    text: fill(templateOf(key, facts, dialect), shown),
  }));
}

function slipText(key: VitalKey, shown: string, dialect: VitalDialect): string {
  if (key === 'temperature') return `${dialect.celsius.replace(/ ?#.*$/, '').trim()} ${shown}`;
  return fill(templateOf(key, undefined, dialect), shown);
}

function templateOf(key: VitalKey, facts: ToldFacts | undefined, dialect: VitalDialect): string {
  switch (key) {
    case 'blood-pressure':
      return dialect.pressure;
    case 'heart-rate':
      return dialect.heartRate;
    case 'respiratory-rate':
      return dialect.respiratoryRate;
    case 'saturation':
      return dialect.saturation;
    case 'pain':
      return dialect.pain;
    case 'consciousness':
      return dialect.gcs;
    case 'temperature':
      return facts?.vitals.temperature?.unit === 'F' ? dialect.fahrenheit : dialect.celsius;
    case 'glucose':
      return facts?.vitals.glucose?.unit === 'mg/dL' ? dialect.milligrams : dialect.millimoles;
  }
}

/** Puts a value into a template; words need room and "percent" where digits need none. */
function fill(template: string, value: string): string {
  if (/\d/.test(value)) return template.replace('#', value);
  return template
    .replace('#%', '# percent')
    .replace('#/10', '# out of ten')
    .replace('#/min', '# a minute')
    .replace(/(?<=\w)#/, ' #')
    .replace('#C', '# C')
    .replace('#F', '# F')
    .replace('#', value);
}

function vitalText(key: VitalKey, facts: ToldFacts, dialect: VitalDialect): string | undefined {
  const stated = facts.vitals.consciousness;
  if (key === 'consciousness' && stated !== undefined && 'alertness' in stated)
    return dialect.alertness[stated.alertness];
  const value = valueText(facts, key);
  return value === undefined ? undefined : fill(templateOf(key, facts, dialect), value);
}
