import type { Complaint } from '../complaint.ts';

/** Respiratory complaints. */
export const RESPIRATORY: readonly Complaint[] = [
  {
    id: 'shortness-of-breath',
    system: 'respiratory',
    name: 'shortness of breath',
    frequency: 3,
    urgentFrequency: 14,
    wordings: [
      'dyspnea',
      'shortness of breath|SOB',
      'acute dyspnea',
      'difficulty breathing|diff. breathing',
      'desaturation',
      'breathlessness',
    ],
    lay: ['trouble breathing', 'being short of breath'],
    age: [16, 96],
    baseline: 3,
    pressureMatters: true,
    signs: {
      'silent-asthma': {
        level: 1,
        meaning: 'life-threatening asthma',
        says: ['wheeze gone quiet, too tired to speak|silent chest, exhausted'],
        seen: true,
      },
      oedema: {
        level: 2,
        meaning: 'possible pulmonary oedema',
        says: [
          'cannot lie flat, pink frothy sputum|orthopnoea, pink froth',
          'sleeping upright for two nights, legs swollen|orthopnoea, leg oedema',
        ],
        denies: ['no orthopnoea', 'no ankle swelling'],
      },
      embolic: {
        level: 2,
        meaning: 'possible pulmonary embolism',
        says: [
          'sudden onset after hip surgery|sudden, post hip surgery',
          'coughing blood since this morning and a swollen calf|haemoptysis + swollen calf',
        ],
        denies: ['no haemoptysis', 'no calf pain'],
      },
      wheeze: {
        level: 3,
        meaning: 'bronchospasm',
        says: ['wheeze heard at triage|audible wheeze', 'inhaler giving little relief|poor relief from inhaler'],
        denies: ['no wheeze'],
      },
    },
    conditions: [
      {
        name: 'respiratory failure',
        levels: [1, 1],
        signs: { 'severe-distress': 0.9, 'poor-perfusion': 0.3, confusion: 0.2 },
        body: { heartRate: 40, respiratoryRate: 18, saturation: -17, gcs: -2 },
      },
      {
        name: 'acute asthma',
        levels: [1, 3],
        age: [16, 60],
        signs: { 'silent-asthma': 0.2, 'moderate-distress': 0.6, 'severe-distress': 0.25, wheeze: 0.9 },
        body: { heartRate: 40, respiratoryRate: 14, saturation: -9 },
      },
      {
        name: 'pulmonary oedema',
        levels: [1, 2],
        age: [50, 96],
        signs: { oedema: 0.8, 'moderate-distress': 0.6, 'poor-perfusion': 0.2 },
        body: { heartRate: 35, systolic: 45, respiratoryRate: 14, saturation: -11 },
      },
      {
        name: 'COPD exacerbation',
        levels: [2, 3],
        age: [45, 92],
        signs: { wheeze: 0.7, 'moderate-distress': 0.4, 'mild-distress': 0.5 },
        body: { heartRate: 25, respiratoryRate: 10, saturation: -7 },
      },
      {
        name: 'pulmonary embolism',
        levels: [2, 2],
        signs: { embolic: 0.9 },
        body: { heartRate: 40, respiratoryRate: 10, saturation: -7 },
        course: 'sudden',
      },
      {
        name: 'pneumonia',
        levels: [2, 3],
        signs: { 'mild-distress': 0.6, unwell: 0.5 },
        body: { heartRate: 28, respiratoryRate: 9, saturation: -5, celsius: 1.9 },
      },
      { name: 'anaemia', levels: [3, 3], signs: { 'mild-distress': 0.8 }, body: { heartRate: 15 } },
    ],
  },
  {
    id: 'cough',
    system: 'respiratory',
    name: 'cough',
    wordings: ['cough', 'cough and cold|cough/cold', 'URI sx.', 'cough, sputum'],
    lay: ['a cough', 'a cold that will not go'],
    age: [2, 90],
    baseline: 5,
    duration: 'days',
    signs: {
      blood: {
        level: 3,
        meaning: 'bleeding from the lungs',
        says: [
          'coughing up streaks of blood|haemoptysis, streaks',
          'a teaspoon of blood in the sputum|haemoptysis ~1 tsp',
        ],
        denies: ['no haemoptysis|no blood'],
      },
      'much-blood': {
        level: 2,
        meaning: 'large haemoptysis',
        says: ['coughed up about a cup of fresh blood|massive haemoptysis, ~1 cup'],
      },
      purulent: {
        level: 4,
        meaning: 'possible chest infection',
        says: ['yellow-green sputum|productive, green', 'chest sore from coughing and tired|productive, fatigued'],
        denies: ['dry cough'],
      },
    },
    conditions: [
      { name: 'common cold', levels: [5, 5] },
      { name: 'bronchitis', levels: [4, 4], signs: { purulent: 0.9 }, body: { celsius: 0.8 } },
      {
        name: 'pneumonia',
        levels: [2, 4],
        signs: { purulent: 0.7, 'mild-distress': 0.5 },
        body: { heartRate: 25, respiratoryRate: 8, saturation: -5, celsius: 2 },
      },
      { name: 'haemoptysis', levels: [2, 3], age: [30, 90], signs: { blood: 0.8, 'much-blood': 0.4 } },
    ],
  },
  {
    id: 'allergic-reaction',
    system: 'respiratory',
    name: 'allergic reaction',
    urgentFrequency: 6,
    wordings: ['allergic reaction', 'drug allergy', 'bee sting, allergy', 'hives after food'],
    lay: ['a reaction to {site}'],
    sites: ['peanuts', 'shrimp', 'an antibiotic', 'a wasp sting', 'a painkiller'],
    age: [2, 80],
    baseline: 4,
    duration: 'hours',
    signs: {
      airway: {
        level: 1,
        meaning: 'airway at risk from anaphylaxis',
        says: [
          'tongue swelling and stridor|tongue swollen, stridor',
          'throat closing, cannot swallow saliva|throat closing, drooling',
        ],
        denies: ['no tongue or lip swelling', 'no stridor'],
        seen: true,
      },
      anaphylaxis: {
        level: 2,
        meaning: 'possible anaphylaxis',
        says: [
          'wheeze and vomiting after the exposure|wheeze + vomiting',
          'previous anaphylaxis to the same thing|prev anaphylaxis',
          'lip swelling and hoarse voice|lip swelling, hoarse',
        ],
        denies: ['no wheeze', 'no vomiting', 'no previous anaphylaxis'],
      },
      spreading: {
        level: 3,
        meaning: 'generalised reaction',
        says: [
          'hives over the whole body|generalised urticaria',
          'face swelling, breathing easy|facial swelling, no SOB',
        ],
        denies: ['local only'],
      },
    },
    conditions: [
      {
        name: 'anaphylactic shock',
        levels: [1, 1],
        signs: { airway: 0.7, 'severe-distress': 0.3, 'poor-perfusion': 0.7 },
        body: { heartRate: 55, systolic: -55, respiratoryRate: 14, saturation: -10 },
      },
      {
        name: 'anaphylaxis',
        levels: [2, 2],
        signs: { anaphylaxis: 0.95, spreading: 0.5 },
        body: { heartRate: 30, systolic: -15 },
      },
      { name: 'generalised urticaria', levels: [3, 3], signs: { spreading: 0.9 } },
      { name: 'local reaction', levels: [4, 4] },
    ],
  },
];
