import type { Random } from '../../../common/index.ts';
import type { Alertness, FactKey, KnownFacts } from '../facts.ts';
import type { Piece } from './note-builder.ts';

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
  readonly order: readonly FactKey[];
}

const ORDERS: readonly (readonly FactKey[])[] = [
  ['consciousness', 'pain', 'blood-pressure', 'heart-rate', 'respiratory-rate', 'temperature', 'saturation', 'glucose'],
  ['blood-pressure', 'heart-rate', 'respiratory-rate', 'temperature', 'saturation', 'glucose', 'consciousness', 'pain'],
  ['respiratory-rate', 'saturation', 'heart-rate', 'blood-pressure', 'temperature', 'consciousness', 'glucose', 'pain'],
  ['temperature', 'heart-rate', 'respiratory-rate', 'blood-pressure', 'saturation', 'pain', 'consciousness', 'glucose'],
  ['consciousness', 'heart-rate', 'blood-pressure', 'saturation', 'respiratory-rate', 'glucose', 'temperature', 'pain'],
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
  { alert: 'awake', voice: 'drowsy, rousable to voice', pain: 'only responds to pain', unresponsive: 'no response' },
];

/** Draws the habits of one hurried writer. */
export function shortDialect(random: Random): VitalDialect {
  const join = random.pick([' ', ' ', '', ': ', ' = ']);
  return {
    pressure: `${random.pick(['BP', 'BP', 'BP', 'NIBP'])}${join}#`,
    heartRate: `${random.pick(['HR', 'HR', 'P', 'PR', 'pulse'])}${join}#`,
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
    pressure: random.pick(['blood pressure #', 'BP #', 'BP # mmHg']),
    heartRate: random.pick(['pulse #', 'heart rate #', 'HR #/min']),
    respiratoryRate: random.pick(['respirations #', 'RR #/min', 'breathing rate #']),
    celsius: random.pick(['temperature #', 'temp # °C', 'temperature # °C']),
    fahrenheit: random.pick(['temperature # °F', 'temp #F']),
    saturation: random.pick(['SpO2 #%', 'oxygen saturation #%', 'SpO2 #% on room air']),
    gcs: random.pick(['GCS #', 'Glasgow coma score #']),
    millimoles: 'blood glucose # mmol/L',
    milligrams: 'blood glucose # mg/dL',
    pain: random.pick(['pain #/10', 'rates the pain # out of 10', 'pain score #']),
    alertness: random.pick(ALERTNESS),
    order: random.pick(ORDERS),
  };
}

/** The stated vital signs and the pain score, in the writer's order and words. */
export function vitalPieces(facts: KnownFacts, dialect: VitalDialect): Piece[] {
  return dialect.order.flatMap((key) => {
    const text = vitalText(key, facts, dialect);
    return text === undefined ? [] : [{ key, text }];
  });
}

function vitalText(key: FactKey, { vitals, pain }: KnownFacts, dialect: VitalDialect): string | undefined {
  const fill = (template: string, value: number | string | undefined) =>
    value === undefined ? undefined : template.replace('#', String(value));
  switch (key) {
    case 'blood-pressure':
      return vitals.bloodPressure === undefined
        ? undefined
        : fill(dialect.pressure, `${vitals.bloodPressure.systolic}/${vitals.bloodPressure.diastolic}`);
    case 'heart-rate':
      return fill(dialect.heartRate, vitals.heartRate);
    case 'respiratory-rate':
      return fill(dialect.respiratoryRate, vitals.respiratoryRate);
    case 'temperature':
      return fill(vitals.temperature?.unit === 'F' ? dialect.fahrenheit : dialect.celsius, vitals.temperature?.shown);
    case 'saturation':
      return fill(dialect.saturation, vitals.saturation);
    case 'glucose':
      return fill(vitals.glucose?.unit === 'mg/dL' ? dialect.milligrams : dialect.millimoles, vitals.glucose?.shown);
    case 'consciousness':
      if (vitals.consciousness === undefined) return undefined;
      return 'gcs' in vitals.consciousness
        ? fill(dialect.gcs, vitals.consciousness.gcs)
        : dialect.alertness[vitals.consciousness.alertness];
    case 'pain':
      return fill(dialect.pain, pain?.score);
    default:
      return undefined;
  }
}
