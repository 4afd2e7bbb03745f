import type { Complaint } from '../complaint.ts';

/** Mental health and substance complaints, poisoning included. */
export const MENTAL_HEALTH: readonly Complaint[] = [
  {
    id: 'self-harm',
    system: 'mental-health',
    name: 'suicidal thoughts',
    wordings: ['suicidal ideation', 'suicidal thoughts|suicidal thoughts (finding)', 'depression, SI'],
    lay: ['thoughts of not wanting to live', 'self-harm'],
    age: [13, 80],
    baseline: 3,
    duration: 'none',
    signs: {
      attempt: {
        level: 2,
        meaning: 'suicide attempt',
        says: [
          'tried to hang with a rope this morning|attempted hanging this a.m.',
          'cut both wrists with intent to die|cut wrists, intent to die',
        ],
        denies: ['no attempt'],
      },
      plan: {
        level: 2,
        meaning: 'high risk of suicide',
        says: [
          'clear plan and means at home|clear plan + means',
          'wants to leave and will not promise safety|flight risk, no safety contract',
        ],
        denies: ['no plan', 'no intent'],
      },
      passive: {
        level: 3,
        meaning: 'suicidal thoughts without a plan',
        says: ['wishes to be dead, no plan|passive SI, no plan'],
      },
    },
    conditions: [
      { name: 'suicide attempt', levels: [2, 2], signs: { attempt: 0.95 }, body: { heartRate: 12 } },
      { name: 'suicidal with a plan', levels: [2, 2], signs: { plan: 0.95 } },
      { name: 'suicidal thoughts', levels: [3, 3], signs: { passive: 0.9 } },
    ],
  },
  {
    id: 'anxiety',
    system: 'mental-health',
    name: 'anxiety',
    wordings: ['anxiety', 'panic attack', 'anxious, tingling hands|anxiety, tingling'],
    lay: ['a panic attack', 'feeling panicky'],
    age: [14, 75],
    baseline: 4,
    duration: 'hours',
    signs: {
      severe: {
        level: 2,
        meaning: 'severe agitation',
        says: ['pacing, cannot be calmed, shouting|severely agitated, shouting'],
        denies: ['not agitated'],
        seen: true,
      },
      moderate: {
        level: 3,
        meaning: 'moderate anxiety',
        says: ['trembling and tearful, needs constant reassurance|trembling, tearful'],
        seen: true,
      },
      usual: {
        settles: 5,
        meaning: 'long-standing',
        says: ['same worries for years, asks for advice|chronic worry, wants advice'],
      },
      mild: { level: 4, meaning: 'mild anxiety', says: ['anxious but cooperative|anxious, cooperative'], seen: true },
    },
    conditions: [
      {
        name: 'severe agitation',
        levels: [2, 2],
        signs: { severe: 0.97 },
        body: { heartRate: 25, respiratoryRate: 5 },
      },
      { name: 'panic attack', levels: [3, 3], signs: { moderate: 0.95 }, body: { heartRate: 20, respiratoryRate: 4 } },
      { name: 'mild anxiety', levels: [4, 4], signs: { mild: 0.95 } },
      { name: 'long-standing worry', levels: [5, 5], signs: { usual: 0.97 }, course: 'chronic' },
    ],
  },
  {
    id: 'psychosis',
    system: 'mental-health',
    name: 'bizarre behaviour',
    wordings: ['delusional idea', 'bizarre behaviour', 'hallucinations', 'violent behaviour', 'paranoid'],
    lay: ['hearing voices', 'strange behaviour'],
    age: [16, 70],
    baseline: 3,
    duration: 'days',
    signs: {
      violent: {
        level: 1,
        meaning: 'imminent danger to others',
        says: ['attacking staff, weapon taken away|attacking staff, weapon removed'],
        seen: true,
      },
      command: {
        level: 2,
        meaning: 'acute psychosis with danger',
        says: [
          'hears voices that order to hurt someone|command hallucinations to harm',
          'brought in handcuffs, threatening|threatening, in handcuffs',
        ],
        denies: ['no thoughts of harming others|no HI'],
      },
      chronic: {
        meaning: 'known and stable',
        says: ['known schizophrenia, stopped tablets|known schizophrenia, off meds'],
      },
    },
    conditions: [
      { name: 'violent psychosis', levels: [1, 1], signs: { violent: 0.97 }, body: { heartRate: 25 } },
      { name: 'acute psychosis', levels: [2, 2], signs: { command: 0.95 }, body: { heartRate: 15 } },
      { name: 'relapse', levels: [3, 3], signs: { chronic: 0.85 } },
    ],
  },
  {
    id: 'low-mood',
    system: 'mental-health',
    name: 'low mood',
    wordings: ['depression', 'low mood', 'depressive mood', 'insomnia, low mood|insomnia, low mood'],
    lay: ['feeling low', 'not sleeping'],
    age: [14, 85],
    baseline: 5,
    duration: 'days',
    signs: {
      thoughts: {
        level: 3,
        meaning: 'suicidal thoughts without a plan',
        says: ['thinks about death, no plan|passive SI, no plan'],
        denies: ['no suicidal thoughts|no SI'],
      },
      eating: {
        level: 4,
        meaning: 'self-neglect',
        says: ['not eating or washing for a week|poor self-care, poor intake'],
        denies: ['eating'],
      },
    },
    conditions: [
      { name: 'depression with thoughts of death', levels: [3, 3], signs: { thoughts: 0.97 } },
      { name: 'self-neglect', levels: [4, 4], signs: { eating: 0.95 } },
      { name: 'low mood', levels: [5, 5] },
    ],
  },
  {
    id: 'overdose',
    system: 'toxicological',
    name: 'overdose',
    wordings: [
      'drug intoxication',
      'drug intoxication|DI, drug intoxication',
      'overdose',
      'OD',
      'ingestion, unknown tablets|OD unknown tabs',
    ],
    lay: ['taking too many tablets'],
    age: [14, 80],
    baseline: 3,
    duration: 'hours',
    signs: {
      airway: {
        level: 1,
        meaning: 'airway at risk',
        says: [
          'snoring, does not protect the airway|not protecting airway',
          'pinpoint pupils and breathing slowly|pinpoint, hypoventilating',
        ],
        denies: ['airway clear'],
        seen: true,
      },
      intent: {
        level: 2,
        meaning: 'intentional overdose',
        says: [
          '{20-60} paracetamol tablets {1-6} hours ago on purpose|{20-60} paracetamol tabs {1-6} h ago, intentional',
          'took antidepressants to die|TCA OD, intentional',
          'drank weed killer|paraquat ingestion',
        ],
        denies: ['not intentional'],
      },
      accidental: {
        level: 3,
        meaning: 'accidental, possibly harmful dose',
        says: ['took the evening tablets twice by mistake|double dose, accidental'],
      },
    },
    conditions: [
      {
        name: 'opioid poisoning',
        levels: [1, 1],
        signs: { airway: 0.85 },
        body: { respiratoryRate: -11, saturation: -12, gcs: -9, systolic: -20 },
      },
      { name: 'intentional overdose', levels: [2, 2], signs: { intent: 0.97 }, body: { heartRate: 20, gcs: -2 } },
      { name: 'dosing error', levels: [3, 3], signs: { accidental: 0.97 } },
    ],
  },
  {
    id: 'alcohol',
    system: 'toxicological',
    name: 'alcohol intoxication',
    wordings: [
      'alcohol intoxication',
      'drunken state|alcohol smelling state, drunken state',
      'alcohol smell',
      'EtOH',
      'alcohol withdrawal',
    ],
    lay: ['having drunk too much'],
    age: [16, 75],
    baseline: 4,
    duration: 'hours',
    signs: {
      withdrawal: {
        level: 2,
        meaning: 'severe alcohol withdrawal',
        says: ['shaking, seeing insects, last drink two days ago|tremor, hallucinations, last drink 2/7'],
        denies: ['no tremor'],
        seen: true,
      },
      tremor: { level: 3, meaning: 'alcohol withdrawal', says: ['tremor and sweating since stopping|tremor + sweats'] },
      head: {
        level: 3,
        meaning: 'possible head injury',
        says: ['fell and has a bump on the head|fall, scalp haematoma'],
        denies: ['no head injury'],
      },
      sober: { meaning: 'mild intoxication', says: ['walks steadily, asks to sleep|steady gait'] },
    },
    conditions: [
      {
        name: 'alcoholic coma',
        levels: [1, 1],
        body: { gcs: -10, celsius: -1.5, respiratoryRate: -5, saturation: -4 },
      },
      {
        name: 'delirium tremens',
        levels: [2, 2],
        signs: { withdrawal: 0.97 },
        body: { heartRate: 40, systolic: 25, celsius: 0.8 },
      },
      { name: 'withdrawal', levels: [3, 3], signs: { tremor: 0.95 }, body: { heartRate: 20 } },
      { name: 'intoxication with a fall', levels: [2, 3], signs: { head: 0.95 }, body: { gcs: -2 } },
      { name: 'mild intoxication', levels: [4, 4], signs: { sober: 0.7 } },
    ],
  },
];
