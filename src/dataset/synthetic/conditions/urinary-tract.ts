import type { Complaint } from '../complaint.ts';

/** Genitourinary complaints. */
export const GENITOURINARY: readonly Complaint[] = [
  {
    id: 'flank-pain',
    system: 'genitourinary',
    name: 'flank pain',
    frequency: 2,
    wordings: ['{side} flank pain', 'pain, flank', 'flank pain, {side}|flank pain, {side}.', 'renal colic'],
    lay: ['pain in the {side} side'],
    age: [18, 88],
    baseline: 4,
    pain: 'central',
    signs: {
      obstructed: {
        level: 2,
        meaning: 'possible infected obstructed kidney',
        says: ['rigors with a known kidney stone|rigors, known stone'],
        denies: ['no rigors', 'no fever'],
      },
      blood: {
        level: 4,
        meaning: 'possible bleeding of the urinary tract',
        says: ['pink urine', 'blood in the urine|haematuria'],
        denies: ['no blood in urine|no haematuria'],
      },
    },
    conditions: [
      {
        name: 'ureteric stone',
        levels: [2, 3],
        signs: { blood: 0.5 },
        body: { heartRate: 10, systolic: 12 },
        pain: [5, 10],
        course: 'sudden',
      },
      {
        name: 'pyelonephritis',
        levels: [2, 3],
        signs: { unwell: 0.6, obstructed: 0.15 },
        body: { heartRate: 25, respiratoryRate: 4, celsius: 2 },
        pain: [4, 7],
      },
      { name: 'muscle strain', levels: [4, 4], pain: [1, 3] },
      { name: 'long-standing flank pain', levels: [4, 4], pain: [1, 6], course: 'chronic' },
    ],
  },
  {
    id: 'urinary-symptoms',
    system: 'genitourinary',
    name: 'urinary symptoms',
    wordings: [
      'dysuria',
      'voiding pain',
      'urinary symptoms|urinary sx.-symptom',
      'burning on urination',
      'frequency and dysuria|freq + dysuria',
    ],
    lay: ['burning when passing water'],
    age: [14, 90],
    baseline: 5,
    pain: 'central',
    duration: 'days',
    signs: {
      upper: {
        level: 3,
        meaning: 'possible kidney infection',
        says: [
          'flank pain and shivering|flank pain + rigors',
          'vomiting with back pain on one side|vomiting, unilateral loin pain',
        ],
        denies: ['no flank pain', 'no vomiting'],
      },
      blood: {
        level: 4,
        meaning: 'possible bleeding of the urinary tract',
        says: ['visible blood in the urine|gross haematuria'],
        denies: ['no haematuria'],
      },
    },
    conditions: [
      {
        name: 'urosepsis',
        levels: [1, 2],
        age: [50, 90],
        signs: { upper: 0.5, unwell: 0.6, confusion: 0.3, 'poor-perfusion': 0.3 },
        body: { heartRate: 42, systolic: -38, respiratoryRate: 10, celsius: 2.2 },
      },
      { name: 'pyelonephritis', levels: [2, 3], signs: { upper: 0.9 }, body: { heartRate: 20, celsius: 1.8 } },
      { name: 'cystitis with blood', levels: [4, 4], signs: { blood: 0.95 } },
      { name: 'cystitis', levels: [5, 5] },
    ],
  },
  {
    id: 'urinary-retention',
    system: 'genitourinary',
    name: 'urinary retention',
    wordings: ['voiding difficulty', 'retention, bladder', 'voiding failure', 'AUR', 'catheter blocked'],
    lay: ['not being able to pass water'],
    age: [18, 94],
    baseline: 4,
    pain: 'central',
    duration: 'hours',
    signs: {
      anuric: {
        level: 3,
        meaning: 'acute urinary retention',
        says: ['no urine for {8-16} hours and a full bladder|no PU {8-16} h, bladder palpable'],
        denies: ['dribbling urine'],
      },
      cord: {
        level: 2,
        meaning: 'possible spinal cord compression',
        says: ['numb saddle and weak legs|saddle anaesthesia, leg weakness'],
        denies: ['no leg weakness'],
      },
    },
    conditions: [
      { name: 'acute retention', levels: [2, 3], signs: { anuric: 0.95 }, body: { systolic: 15 }, pain: [5, 9] },
      { name: 'cord compression', levels: [2, 2], signs: { cord: 0.98 }, pain: [3, 7] },
      { name: 'catheter problem', levels: [4, 4], pain: [0, 3] },
    ],
  },
  {
    id: 'testicular-pain',
    system: 'genitourinary',
    name: 'testicular pain',
    urgentFrequency: 2,
    wordings: ['testicular pain {side}', 'scrotal pain', '{side} testis pain'],
    lay: ['pain in the {side} testicle'],
    age: [10, 60],
    sex: 'male',
    baseline: 3,
    pain: 'central',
    duration: 'none',
    signs: {
      torsion: {
        level: 2,
        meaning: 'possible testicular torsion',
        says: [
          'sudden onset {1-5} hours ago, testis high|sudden {1-5} h ago, high-riding',
          'sudden pain with vomiting, testis hard|sudden, vomiting, testis hard',
        ],
        denies: ['gradual onset'],
      },
    },
    conditions: [
      { name: 'torsion', levels: [2, 2], age: [10, 30], signs: { torsion: 0.95 }, pain: [7, 10], course: 'sudden' },
      { name: 'epididymitis', levels: [3, 3], body: { celsius: 0.7 }, pain: [3, 6] },
    ],
  },
];
