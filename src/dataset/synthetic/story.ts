import type { BodySystem } from './complaint.ts';

/** What else a note tells, none of which decides an acuity. Templates as in phrases.ts. */

export const HISTORIES: readonly string[] = [
  'hypertension',
  'type 2 diabetes',
  'asthma as a child',
  'COPD',
  'previous stroke',
  'atrial fibrillation',
  'high cholesterol',
  'appendectomy years ago',
  'hypothyroidism',
  'gout',
  'ischaemic heart disease',
  'osteoarthritis',
  'reflux',
  'kidney stones',
  'migraine',
  'chronic kidney disease',
  'diverticular disease',
  'cataract surgery',
  'hip replacement',
  'glaucoma',
  'osteoporosis',
  'mild heart failure',
];

/** Histories that a patient in the first half of life may have. */
export const YOUNG_HISTORIES: readonly string[] = [
  'asthma as a child',
  'appendectomy years ago',
  'migraine',
  'reflux',
  'hypothyroidism',
  'kidney stones',
  'no past illness',
  'hay fever',
  'irritable bowel',
  'tonsillectomy',
  'nil of note',
  'depression in the past',
];

export const CHILD_HISTORIES: readonly string[] = [
  'born at term',
  'immunisations up to date',
  'eczema',
  'no previous illness',
  'attends day care',
  'ear infection last month',
  'grommets',
  'hay fever',
  'no hospital admissions',
];

/** Histories of children under two. */
export const INFANT_HISTORIES: readonly string[] = [
  'born at term',
  'born four weeks early',
  'born by caesarean section',
  'no previous illness',
  'no hospital admissions',
  'breastfed',
  'eczema',
];

export const ASIDES: readonly string[] = [
  'allergic to penicillin',
  'no known allergies',
  'took paracetamol before coming',
  'accompanied by a neighbour',
  'accompanied by family',
  'lives alone',
  'had breakfast as usual',
  'waited at home first',
  'non-smoker',
  'seen by the family doctor yesterday',
  'speaks through an interpreter',
  'worried about a relative who had the same',
];

export const CHILD_ASIDES: readonly string[] = [
  'accompanied by mother',
  'accompanied by father',
  'sibling had a cold last week',
  'no known allergies',
  'given paracetamol at home',
  'seen by the paediatrician yesterday',
];

export const HOME_ASIDES: readonly string[] = [
  'no known allergies',
  'took paracetamol',
  'asks whether to come in',
  'can be driven to hospital',
  'family doctor closed',
];

/** A phrase of the background, and whom it suits. */
export interface BackgroundPhrase {
  readonly text: string;
  /** The youngest and the oldest patient, years; from 18 on where absent. */
  readonly age?: readonly [number, number];
  readonly sex?: 'female' | 'male';
  /** What it is about, where two phrases could contradict or repeat each other. */
  readonly topic?: string;
  /** Systems with whose complaints it could be mistaken for part of the present illness. */
  readonly avoid?: readonly BodySystem[];
}

/** Events that are over and must not count. */
export const PAST_EVENTS: readonly BackgroundPhrase[] = [
  {
    text: 'MI {2009-2021}',
    topic: 'heart',
    age: [48, 99],
    avoid: ['cardiovascular', 'respiratory', 'general', 'gastrointestinal'],
  },
  {
    text: 'heart attack in {2009-2021}, stented',
    topic: 'heart',
    age: [48, 99],
    avoid: ['cardiovascular', 'respiratory', 'general', 'gastrointestinal'],
  },
  { text: 'stroke {2008-2021}, full recovery', age: [50, 99], avoid: ['neurological', 'cardiovascular', 'general'] },
  { text: 'seizures as a child', avoid: ['neurological', 'toxicological'] },
  { text: 'febrile convulsion at the age of 2', age: [3, 13], avoid: ['neurological', 'paediatric'] },
  {
    text: 'DVT {2010-2021} after knee surgery, treatment finished',
    age: [35, 99],
    avoid: ['cardiovascular', 'respiratory', 'orthopaedic'],
  },
  { text: 'GI bleed {2012-2021}', age: [35, 99], avoid: ['gastrointestinal', 'general'] },
  { text: 'overdose as a teenager', topic: 'suicide', age: [26, 70], avoid: ['mental-health', 'toxicological'] },
  {
    text: 'suicide attempt in {2010-2018}',
    topic: 'suicide',
    age: [32, 80],
    avoid: ['mental-health', 'toxicological', 'trauma'],
  },
  { text: 'pneumonia {2014-2021}', topic: 'pneumonia', age: [25, 99], avoid: ['respiratory', 'general'] },
  {
    text: 'ICU stay with pneumonia in {2012-2021}',
    topic: 'pneumonia',
    age: [30, 99],
    avoid: ['respiratory', 'general'],
  },
  { text: 'wrist fracture {2008-2020}', age: [25, 99], avoid: ['trauma', 'orthopaedic'] },
  { text: 'head injury in {2005-2019}, no sequelae', age: [28, 99], avoid: ['trauma', 'neurological'] },
  { text: 'kidney stone {2012-2021}', age: [28, 99], avoid: ['genitourinary', 'gastrointestinal', 'orthopaedic'] },
  { text: 'anaphylaxis to peanuts as a child', avoid: ['skin', 'respiratory', 'general', 'ear-nose-throat'] },
  { text: 'meningitis as a baby', age: [4, 99], avoid: ['neurological', 'paediatric', 'general'] },
  {
    text: 'sepsis after bowel surgery in {2013-2020}',
    age: [35, 99],
    avoid: ['gastrointestinal', 'general', 'genitourinary'],
  },
  {
    text: 'ectopic pregnancy {2013-2020}',
    age: [28, 50],
    sex: 'female',
    avoid: ['obstetric', 'gastrointestinal', 'genitourinary'],
  },
  { text: 'asthma attack needing admission in {2008-2018}', age: [25, 90], avoid: ['respiratory', 'cardiovascular'] },
  { text: 'bronchiolitis as a baby', age: [3, 14], avoid: ['respiratory', 'paediatric'] },
  { text: 'broken arm two years ago', age: [5, 15], avoid: ['trauma', 'orthopaedic'] },
  { text: 'collapse at school years ago, nothing found', age: [20, 60], avoid: ['neurological', 'cardiovascular'] },
];

/** Illnesses of other people. */
export const RELATIVES: readonly BackgroundPhrase[] = [
  { text: 'father had an MI at {48-71}', topic: 'father', age: [18, 90], avoid: ['cardiovascular'] },
  { text: 'mother has diabetes', age: [2, 75] },
  { text: 'brother has epilepsy', age: [3, 90], avoid: ['neurological'] },
  { text: 'husband had a stroke last year', topic: 'spouse', sex: 'female', age: [45, 99], avoid: ['neurological'] },
  {
    text: 'wife is in hospital with pneumonia',
    topic: 'spouse',
    sex: 'male',
    age: [40, 99],
    avoid: ['respiratory', 'general'],
  },
  { text: 'sister died of breast cancer', age: [35, 99] },
  { text: 'grandfather collapsed last month', age: [4, 30], avoid: ['neurological', 'cardiovascular'] },
  { text: 'uncle died suddenly at {40-60}', age: [14, 60], avoid: ['cardiovascular', 'neurological'] },
  { text: 'flatmate has flu', age: [18, 40], avoid: ['respiratory', 'general'] },
  { text: 'grandmother on dialysis', age: [3, 40] },
  { text: 'cousin has asthma', age: [2, 40], avoid: ['respiratory'] },
  { text: 'daughter had her appendix out last week', age: [35, 70], avoid: ['gastrointestinal'] },
];

export const MEDICATIONS: readonly BackgroundPhrase[] = [
  { text: 'amlodipine 5 mg', age: [40, 99] },
  { text: 'ramipril 10 mg', age: [40, 99] },
  { text: 'metformin 500 mg bd', age: [35, 99] },
  { text: 'atorvastatin 20 mg nocte', age: [40, 99] },
  { text: 'levothyroxine 75 mcg', age: [25, 99] },
  { text: 'omeprazole 20 mg' },
  { text: 'bisoprolol 2.5 mg', age: [45, 99] },
  { text: 'furosemide 40 mg', age: [60, 99] },
  { text: 'sertraline 50 mg', age: [18, 75] },
  { text: 'salbutamol inhaler prn', age: [5, 99] },
  { text: 'paracetamol 1 g prn' },
  { text: 'tamsulosin 400 mcg', age: [55, 99], sex: 'male' },
  { text: 'allopurinol 100 mg', age: [40, 99] },
  { text: 'vitamin D' },
  { text: 'gabapentin 300 mg tds', age: [35, 99] },
  { text: 'oral contraceptive', age: [16, 45], sex: 'female' },
  { text: 'cetirizine 10 mg', age: [6, 60] },
  { text: 'calcium tablets', age: [55, 99] },
  { text: 'eye drops', age: [55, 99] },
  { text: 'iron tablets', age: [16, 99] },
  { text: 'vitamin D drops', age: [0, 3] },
  { text: 'cetirizine syrup', age: [2, 10] },
  { text: 'emollient cream', age: [0, 12] },
];

/** What the asides above are about. */
export const ASIDE_TOPICS: Readonly<Record<string, string>> = {
  'lives alone': 'home',
  'non-smoker': 'smoking',
  'speaks through an interpreter': 'language',
};

/** How the patient lives. */
export const SOCIAL: readonly BackgroundPhrase[] = [
  { text: 'lives with spouse', topic: 'home', age: [28, 95] },
  { text: 'lives alone, flat on floor {2-6} with a lift', topic: 'home', age: [30, 95] },
  { text: 'retired teacher', topic: 'work', age: [65, 99] },
  { text: 'works in an office', topic: 'work', age: [20, 64] },
  { text: 'works shifts in a warehouse', topic: 'work', age: [20, 62] },
  { text: 'smokes {5-20} a day', topic: 'smoking', age: [20, 85] },
  { text: 'stopped smoking in {2001-2019}', topic: 'smoking', age: [45, 95] },
  { text: 'never smoked', topic: 'smoking' },
  { text: 'drinks a glass of wine at weekends', topic: 'alcohol', age: [22, 85] },
  { text: 'no alcohol', topic: 'alcohol' },
  { text: 'independent in daily life', topic: 'function', age: [60, 95] },
  { text: 'carers twice a day', topic: 'home', age: [75, 99] },
  { text: 'walks with a stick', age: [70, 99] },
  { text: 'student', topic: 'work', age: [18, 26] },
  { text: 'two children at home', topic: 'home', age: [28, 50] },
  { text: 'lives with both parents and {2-3} siblings', topic: 'home', age: [0, 17] },
  { text: 'goes to nursery three days a week', age: [1, 4] },
  { text: 'in year {2-9} at school', age: [7, 15] },
  { text: 'plays football on Saturdays', age: [7, 30] },
];

/** Sentences of a long note: administration, comfort and habits, whatever the complaint and however urgent. */
export const FILLERS: readonly BackgroundPhrase[] = [
  { text: 'Name band applied', age: [0, 99] },
  { text: 'Car seat left at the reception', age: [0, 3] },
  { text: 'Parents shown the feeding room', age: [0, 2] },
  { text: 'Weight checked on the baby scales', age: [0, 1] },
  { text: 'Identity confirmed with date of birth and address', age: [0, 99] },
  { text: 'Medication list brought along and copied', age: [30, 99] },
  { text: 'Next of kin is the daughter, number on file', topic: 'kin', age: [50, 99] },
  { text: 'Next of kin is the mother, number on file', topic: 'kin', age: [0, 25] },
  { text: 'Next of kin informed', topic: 'kin', age: [0, 99] },
  { text: 'Old notes requested from the archive', age: [20, 99] },
  { text: 'Last seen in this department in {2018-2024} for an unrelated matter', age: [18, 99] },
  { text: 'Interpreter not needed', topic: 'language', age: [5, 99] },
  { text: 'Usual pharmacy noted for the discharge letter', age: [18, 99] },
  { text: 'Tetanus booster given in {2016-2024}', age: [20, 99] },
  { text: 'Influenza vaccine given in autumn', age: [40, 99] },
  { text: 'Had COVID-19 in {2021-2023}, recovered at home', age: [12, 99] },
  { text: 'Height {154-190} cm and weight {52-104} kg as stated by the family', age: [18, 99] },
  { text: 'Weight {13-19} kg on the clinic scales last month', age: [3, 5] },
  { text: 'Belongings labelled and kept with the patient', age: [0, 99] },
  { text: 'Glasses and hearing aid with the patient', age: [65, 99] },
  { text: 'Dentures labelled', age: [70, 99] },
  { text: 'No advance directive on file', age: [40, 99] },
  { text: 'General practitioner details checked', age: [0, 99] },
  { text: 'Letter from the practice scanned', age: [18, 99] },
  { text: 'Travelled to Spain in spring, nothing since', age: [10, 80] },
  { text: 'Pet cat at home, no farm animals', age: [3, 99] },
  { text: 'Insurance card seen at the desk', age: [0, 99] },
  { text: 'Relatives shown where to wait', age: [0, 99] },
  { text: 'Car parked on deck {2-4}, ticket to be stamped', age: [0, 99] },
  { text: 'Infection screening questions answered, isolation not required', age: [0, 99] },
  { text: 'No recent admission in the past {3-12} months', age: [0, 99] },
  { text: 'Vegetarian diet', age: [15, 80] },
  { text: 'Social worker known to the family', age: [0, 17] },
  { text: 'Red book with the parents', age: [0, 5] },
  { text: 'School informed by the parents', age: [6, 16] },
  { text: 'Health visitor saw the child last month', age: [0, 4] },
  { text: 'Blood taken {6-11} months ago at the practice was normal', age: [25, 99] },
  { text: 'Cholesterol {5-7} at the last check-up', age: [40, 99] },
  { text: 'Falls risk form completed, rails up', age: [65, 99] },
  { text: 'Skin of heels and sacrum intact', age: [65, 99] },
  { text: 'Consent to share information given by the family', age: [0, 99] },
];
