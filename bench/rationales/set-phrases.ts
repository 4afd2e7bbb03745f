import { bandsForAge } from '../../src/dataset/synthetic/acuity/age-bands.ts';
import { SATURATION_BANDS } from '../../src/dataset/synthetic/acuity/breathing.ts';
import { GCS_BANDS } from '../../src/dataset/synthetic/acuity/consciousness.ts';
import { UNRELATED } from '../../src/dataset/synthetic/acuity/finding.ts';

/** What a vital sign or a complaint is judged to amount to when the age counts. */
export const AGE_JUDGEMENTS: readonly string[] = [
  'fever in an infant under three months',
  'low in an infant under three months',
  'fever in a young child',
  'at a great age',
];

const PAIN_JUDGEMENTS = ['severe', 'moderate', 'mild'].flatMap((severity) =>
  ['acute', 'chronic'].flatMap((course) =>
    ['central', 'peripheral'].map((place) => `${severity} ${course} ${place} pain`),
  ),
);

const RATE_BANDS = [0.1, 0.4, 0.8, 2, 5, 9, 40].flatMap((years) => {
  const { heartRate, respiratoryRate } = bandsForAge(years);
  return [...heartRate, ...respiratoryRate];
});

/** What vital signs are judged to amount to. */
export const VITAL_JUDGEMENTS: readonly string[] = [
  ...[...RATE_BANDS, ...SATURATION_BANDS, ...GCS_BANDS].map(({ judgement }) => judgement),
  ...PAIN_JUDGEMENTS,
  UNRELATED,
  'shock',
  'borderline perfusion',
  'low, haemodynamic compromise',
  'low end of normal',
  ...['severe hypertension', 'marked hypertension'].flatMap((name) => [
    `${name} with symptoms`,
    `${name} without related symptoms`,
  ]),
  'acceptable',
  ...['hypoglycaemia', 'hyperglycaemia'].flatMap((name) => [
    `${name} with symptoms`,
    `${name} with altered consciousness`,
    `${name} without symptoms`,
  ]),
  'drowsy, no change complained of',
  'fever in an immunocompromised patient',
  'hyperthermia with a systemic response',
  'possible sepsis',
  'fever with a systemic response',
  'fever and looking unwell',
  'fever alone',
  'severe hypothermia',
  'moderate hypothermia',
  'mild hypothermia',
];

/** Vital signs named without their value. */
export const VITAL_NAMES: readonly string[] = [
  'SpO2',
  'BP',
  'HR',
  'RR',
  'GCS',
  'blood pressure',
  'heart rate',
  'breathing rate',
  'temperature',
  'glucose',
  'pain',
  'consciousness',
];

/** The words that hold a rationale together and state nothing of the patient but that the rest is well. */
export const CONNECTING_PHRASES: readonly string[] = [
  'is',
  'are',
  'means',
  'with',
  'noted',
  'there is',
  'given',
  'which means',
  'pt with',
  'pt w/',
  'presents w/',
  'w/',
  'and',
  'so',
  'so not',
  'also',
  'alone',
  'little pain',
  'the complaint',
  'normal',
  'for the age',
  'do not relate to the complaint',
  'does not relate to the complaint',
  'the earlier',
  'is superseded by the latest',
  'past history, does not count',
  'not the patient, does not count',
  'cannot be right and does not count',
  'is impossible and is not used',
  'must be a slip and does not count',
  'not plausible',
  'without',
  'it would be',
  'deciding',
  'decided by',
  'most urgent',
  'nothing more urgent stated',
  'no urgent finding',
  'triage as',
  'rest ok',
  'no red flags',
  'otherwise well',
  'obs ok',
  'obs stable',
  'vitals fine',
  'is off normal but decides nothing',
  'are off normal but decide nothing',
];
