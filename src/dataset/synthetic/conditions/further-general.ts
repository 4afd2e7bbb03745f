import type { Complaint } from '../complaint.ts';
import { colouring, reassuring, seen, told } from './findings.ts';
import { FURTHER_GENERAL_BLOOD } from './further-general-blood.ts';
import { FURTHER_GENERAL_MINOR } from './further-general-minor.ts';

/** Further general, metabolic, skin, eye, ear, nose and throat, and administrative complaints. */
export const FURTHER_GENERAL: readonly Complaint[] = [
  {
    id: 'fatigue',
    system: 'general',
    name: 'tiredness',
    wordings: ['tired', 'tiredness', 'general malaise', 'malaise', 'no energy', 'exhaustion', 'fatigue x {2-4} weeks'],
    lay: ['feeling tired all the time', 'constant exhaustion', 'feeling run down'],
    age: [14, 92],
    baseline: 4,
    duration: 'days',
    signs: {
      heart: told(
        2,
        'possible cardiac cause',
        [
          'overwhelming tiredness with jaw ache and cold sweat|fatigue, jaw ache, diaphoresis',
          'sudden exhaustion and chest pressure on exertion|sudden fatigue, exertional chest pressure',
          'breathless and drained since the morning with arm heaviness|SOB, drained, arm heaviness',
        ],
        ['no chest pain|no CP', 'no sweating'],
      ),
      adrenal: told(
        2,
        'possible adrenal crisis',
        [
          'vomiting and faint, steroid tablets stopped suddenly|emesis, presyncope, steroids stopped',
          'known Addison disease, too weak to stand, missed hydrocortisone|Addison, too weak to stand, missed HC',
        ],
        ['takes no steroids'],
      ),
      blood: told(
        3,
        'possible marked anaemia',
        [
          'black stools for a week, pale|melena, pale',
          'very heavy periods, out of breath on one flight|menorrhagia, SOBOE',
          'bruises and night sweats with the tiredness|bruising, night sweats',
        ],
        ['stools normal', 'no bleeding'],
      ),
      long: reassuring(5, 'long-standing', [
        'same for a year, sleeps badly|chronic, poor sleep',
        'tired from shift work, nothing new|shift work, nothing new',
        'under the family doctor for it, unchanged|known to GP, unchanged',
      ]),
    },
    conditions: [
      {
        name: 'heart attack without chest pain',
        levels: [2, 2],
        age: [45, 92],
        signs: { heart: 0.95 },
        body: { heartRate: 12, systolic: -12 },
        history: ['type 2 diabetes', 'hypertension', 'previous stent', 'smoker'],
      },
      {
        name: 'adrenal crisis',
        levels: [1, 2],
        signs: { adrenal: 0.97, 'poor-perfusion': 0.2 },
        body: { systolic: -38, heartRate: 28, glucose: 3.6 },
        history: ['Addison disease', 'long-term prednisone', 'pituitary operation'],
      },
      {
        name: 'anaemia or leukaemia',
        levels: [3, 3],
        signs: { blood: 0.95 },
        body: { heartRate: 14 },
        history: ['heavy periods', 'ibuprofen every day', 'vegan diet'],
      },
      {
        name: 'viral fatigue',
        levels: [4, 4],
        history: ['glandular fever last month', 'COVID in spring', 'underactive thyroid'],
        body: { celsius: 0.4 },
      },
      {
        name: 'long-standing fatigue',
        levels: [5, 5],
        age: [18, 75],
        signs: { long: 0.97 },
        history: ['depression', 'sleep apnoea', 'chronic fatigue syndrome'],
      },
    ],
  },
  {
    id: 'weight-loss-sweats',
    system: 'general',
    name: 'weight loss or night sweats',
    wordings: [
      'weight loss',
      'lost weight',
      'night sweats',
      'unintentional weight loss',
      'unintended wt loss',
      'wt loss',
      'sweating at night',
      'loss of weight and appetite',
    ],
    lay: [
      'losing weight without trying',
      'drenching sweats at night',
      'clothes that have become too loose',
      'a bad appetite',
    ],
    age: [16, 92],
    baseline: 4,
    duration: 'none',
    signs: {
      tb: told(
        3,
        'possible tuberculosis',
        [
          'coughing for months with blood-streaked sputum|chronic cough, hemoptysis',
          'cough, evening fever and sweats after living abroad|cough, evening fever, endemic area',
        ],
        ['no cough', 'no blood coughed up|no hemoptysis'],
      ),
      thirst: told(
        3,
        'possible new diabetes',
        [
          'endless thirst and passing water all night|polydipsia, polyuria',
          'drinks litres and still thirsty, tired|polydipsia, fatigue',
        ],
        ['not thirsty'],
      ),
      storm: told(
        2,
        'possible thyroid storm',
        [
          'agitated, hot and trembling with a racing irregular heart|agitated, febrile, tremor, irregular tachycardia',
          'bulging eyes, fever and muddled thoughts, thyroid tablets stopped|exophthalmos, fever, delirium, off methimazole',
        ],
        ['no trembling', 'no palpitations'],
      ),
      slow: reassuring(5, 'slow', [
        'a little over a year, eats well|slight, gradual, eating',
        'since starting a diet, wants reassurance|dieting, wants reassurance',
      ]),
    },
    conditions: [
      {
        name: 'tuberculosis',
        levels: [3, 3],
        signs: { tb: 0.97 },
        body: { celsius: 1, heartRate: 8 },
        history: ['came from abroad', 'lives in a shelter', 'HIV'],
      },
      {
        name: 'new diabetes',
        levels: [3, 3],
        age: [16, 70],
        signs: { thirst: 0.97 },
        body: { glucose: 22, heartRate: 8 },
        history: ['family with diabetes', 'overweight', 'otherwise healthy'],
      },
      {
        name: 'thyroid storm',
        levels: [1, 2],
        age: [20, 75],
        signs: { storm: 0.97, confusion: 0.3 },
        body: { heartRate: 55, celsius: 2.3, systolic: 10 },
        history: ["Graves' disease", 'stopped methimazole', 'recent contrast scan'],
      },
      {
        name: 'cancer or lymphoma to be found',
        levels: [4, 4],
        history: ['smoker', 'lymph nodes in the neck', 'family history of cancer'],
      },
      {
        name: 'slow weight loss',
        levels: [5, 5],
        age: [20, 75],
        signs: { slow: 0.97 },
        history: ['stress at work', 'depression', 'new diet'],
      },
    ],
  },
  {
    id: 'swollen-glands',
    system: 'general',
    name: 'swollen glands',
    wordings: [
      'swollen glands',
      'neck lump',
      'lymphadenopathy',
      'enlarged lymph node',
      'lymph node swelling',
      'neck mass',
      'lump in neck',
      'groin lump',
      'swollen lymph nodes',
    ],
    lay: ['lumps in the neck', 'swollen glands', 'a lump in the armpit', 'a pea under the jaw'],
    age: [4, 85],
    baseline: 5,
    pain: 'peripheral',
    local: true,
    duration: 'days',
    signs: {
      airway: seen(
        1,
        'airway at risk',
        [
          'neck swollen tight, noisy breathing in|tense neck, stridor',
          'hard to breathe in and drooling, neck bulging|stridor, drooling, neck mass',
        ],
        ['breathing quietly|no stridor'],
      ),
      chest: told(
        2,
        'possible mass in the chest',
        [
          'cannot lie flat, face swells, neck lumps growing|orthopnea, facial swelling, nodes',
          'breathless and choking when lying back|SOB supine, choking',
        ],
        ['lies flat without trouble'],
      ),
      abscess: seen(
        3,
        'deep neck infection',
        [
          'hot red lump, mouth opens poorly|hot red node, trismus',
          'neck stiff and swallowing hurts with high fever|neck stiff, odynophagia, high fever',
        ],
        ['mouth opens well|no trismus'],
      ),
      hard: told(
        4,
        'possible malignancy',
        [
          'rock-hard lump above the collarbone for weeks|hard supraclavicular node x weeks',
          'lumps growing with night sweats|growing nodes, night sweats',
        ],
        ['soft and small'],
      ),
      cold: colouring('with a cold', [
        'tender since a sore throat|tender, post ST',
        'small and rubbery|small, rubbery',
        'after a cat scratch|post cat scratch',
      ]),
    },
    conditions: [
      {
        name: 'deep neck abscess closing the airway',
        levels: [1, 1],
        signs: { airway: 0.97 },
        body: { heartRate: 30, saturation: -7, respiratoryRate: 10, celsius: 1.5 },
        pain: [4, 8],
        history: ['dental abscess', 'type 2 diabetes', 'tonsillitis last week'],
      },
      {
        name: 'lymphoma in the chest',
        levels: [2, 2],
        age: [14, 60],
        signs: { chest: 0.97 },
        body: { respiratoryRate: 6, saturation: -2 },
        pain: [0, 3],
        history: ['weight loss', 'lost weight', 'night sweats', 'itching for months'],
      },
      {
        name: 'neck abscess',
        levels: [3, 3],
        signs: { abscess: 0.97 },
        body: { celsius: 1.8, heartRate: 14 },
        pain: [4, 7],
        history: ['recurrent tonsillitis', 'dental caries', 'cat scratch'],
      },
      {
        name: 'suspicious node',
        levels: [4, 4],
        age: [30, 85],
        signs: { hard: 0.97 },
        pain: [0, 2],
        history: ['smoker', 'previous breast cancer', 'weight loss'],
      },
      {
        name: 'reactive glands',
        levels: [5, 5],
        signs: { cold: 0.7 },
        pain: [0, 3],
        history: ['a cold last week', 'glandular fever', 'otherwise healthy'],
      },
    ],
  },
  ...FURTHER_GENERAL_BLOOD,
  ...FURTHER_GENERAL_MINOR,
];
