import type { Complaint } from '../complaint.ts';

/** Dizziness and general weakness, behind which anything may lie. */
export const DIZZINESS_AND_WEAKNESS: readonly Complaint[] = [
  {
    id: 'dizziness',
    system: 'neurological',
    name: 'dizziness',
    frequency: 2,
    urgentFrequency: 3,
    wordings: [
      'dizziness',
      'dizziness|DZ - dizziness',
      'vertigo',
      'whirling type vertigo',
      'rotatory vertigo',
      'lightheadedness',
    ],
    lay: ['the room spinning', 'feeling dizzy'],
    age: [16, 92],
    baseline: 3,
    pressureMatters: true,
    signs: {
      central: {
        level: 2,
        meaning: 'possible stroke of the cerebellum',
        says: [
          'cannot walk straight and speech is slurred since {1-4} hours|ataxia + slurred speech, {1-4} h',
          'double vision and unsteady since this morning|diplopia + ataxia',
        ],
        denies: ['no focal weakness', 'speech normal', 'gait normal'],
      },
      vomiting: {
        level: 3,
        meaning: 'severe vertigo',
        says: [
          'vomits with every head movement|vomits on head movement',
          'cannot stand up for vertigo|unable to stand',
        ],
        denies: ['no vomiting', 'walks unaided'],
      },
      positional: {
        settles: 4,
        meaning: 'positional',
        says: ['only on turning over in bed|positional', 'lasts seconds on looking up|seconds, on looking up'],
      },
    },
    conditions: [
      {
        name: 'posterior circulation stroke',
        levels: [2, 2],
        age: [45, 92],
        signs: { central: 0.95 },
        body: { systolic: 40 },
        course: 'sudden',
      },
      {
        name: 'occult bleeding',
        levels: [1, 2],
        signs: { 'faint-standing': 0.6, 'poor-perfusion': 0.5 },
        body: { heartRate: 45, systolic: -45 },
      },
      { name: 'vestibular neuritis', levels: [3, 3], signs: { vomiting: 0.9 } },
      { name: 'positional vertigo', levels: [4, 4], signs: { positional: 0.97 } },
      { name: 'hypertension', levels: [2, 3], age: [45, 92], body: { systolic: 80 } },
    ],
  },
  {
    id: 'weakness',
    system: 'general',
    name: 'general weakness',
    frequency: 2,
    urgentFrequency: 6,
    wordings: ['general weakness', 'weakness', 'fatigue', 'general weakness, poor oral intake|gen. weakness, poor PO'],
    lay: ['having no strength', 'feeling weak all over'],
    age: [16, 97],
    baseline: 3,
    byAge: [{ years: [0, 50], level: 4, meaning: 'in a younger patient', source: 'immediateEcg' }],
    duration: 'days',
    pressureMatters: true,
    signs: {
      tired: {
        settles: 4,
        meaning: 'long-standing and mild',
        says: [
          'tired for weeks, does the housework|tired x weeks, independent',
          'eats and walks as usual|eating, walking as usual',
        ],
      },
    },
    conditions: [
      {
        name: 'sepsis',
        levels: [1, 2],
        signs: { confusion: 0.4, unwell: 0.6, 'poor-perfusion': 0.3 },
        body: { heartRate: 36, systolic: -28, respiratoryRate: 9, celsius: 2 },
      },
      {
        name: 'hyperglycaemia',
        levels: [2, 3],
        signs: { 'mild-dehydration': 0.6, 'moderate-dehydration': 0.3 },
        body: { heartRate: 25, respiratoryRate: 6, glucose: 29 },
      },
      {
        name: 'anaemia',
        levels: [2, 3],
        signs: { 'faint-standing': 0.5, 'mild-distress': 0.4 },
        body: { heartRate: 30, systolic: -18 },
      },
      {
        name: 'dehydration',
        levels: [2, 3],
        signs: { 'mild-dehydration': 0.8, 'moderate-dehydration': 0.3 },
        body: { heartRate: 22, systolic: -20 },
      },
      { name: 'fatigue', levels: [4, 4], signs: { tired: 0.97 } },
    ],
  },
];
