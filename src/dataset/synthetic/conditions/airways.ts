import type { Complaint } from '../complaint.ts';
import { colouring, reassuring, seen, told } from './findings.ts';

/** Further respiratory complaints. */
export const AIRWAYS: readonly Complaint[] = [
  {
    id: 'haemoptysis',
    system: 'respiratory',
    name: 'coughing up blood',
    wordings: ['hemoptysis', 'coughing blood', 'bloody sputum', 'blood tinged sputum', 'haemoptysis'],
    lay: ['coughing up blood'],
    age: [18, 92],
    baseline: 3,
    bleeding: 'major',
    signs: {
      massive: told(
        1,
        'massive haemoptysis with the airway at risk',
        ['a bowl of bright blood, choking on it|massive, choking'],
        ['no choking'],
      ),
      cupful: told(
        2,
        'large haemoptysis',
        ['half a cup of fresh blood since morning|half cup fresh blood', 'cough full of clots|clots'],
        ['less than a spoonful|under a spoonful'],
      ),
      streaks: reassuring(4, 'streaks only', ['streaks in the sputum with a cold|streaks with URI']),
    },
    conditions: [
      {
        name: 'massive haemoptysis',
        levels: [1, 1],
        signs: { massive: 0.97 },
        body: { saturation: -12, respiratoryRate: 12, heartRate: 35 },
        history: ['old tuberculosis', 'lung cancer'],
      },
      {
        name: 'bronchiectasis',
        levels: [2, 3],
        signs: { cupful: 0.7 },
        body: { heartRate: 18, saturation: -2 },
        history: ['bronchiectasis', 'old tuberculosis', 'warfarin for a valve'],
      },
      { name: 'bronchitis', levels: [4, 4], signs: { streaks: 0.97 } },
    ],
  },
  {
    id: 'airway-obstruction',
    system: 'respiratory',
    name: 'choking',
    wordings: ['choking', 'airway FB', 'FB aspiration', 'airway obstruction', 'rice cake choking'],
    lay: ['choking on food'],
    age: [1, 95],
    baseline: 2,
    duration: 'hours',
    signs: {
      complete: seen(
        1,
        'airway obstruction',
        ['silent, clutching the throat|silent, universal choking sign', 'blue and unable to cough|cyanosed, no cough'],
        ['coughs and speaks|coughing, speaking'],
      ),
      stridor: seen(
        2,
        'partly blocked airway',
        ['noisy on breathing in|inspiratory stridor', 'drooling and coughing|drooling, coughing'],
        ['no stridor'],
      ),
      cleared: reassuring(4, 'cleared', ['came up after back blows, well since|cleared with back blows, well']),
    },
    conditions: [
      {
        name: 'complete obstruction',
        levels: [1, 1],
        signs: { complete: 0.97 },
        body: { saturation: -18, heartRate: 30, gcs: -4 },
      },
      {
        name: 'partial obstruction',
        levels: [2, 2],
        signs: { stridor: 0.95 },
        body: { respiratoryRate: 6, heartRate: 15 },
      },
      { name: 'cleared obstruction', levels: [4, 4], signs: { cleared: 0.97 } },
    ],
  },
  {
    id: 'respiratory-arrest',
    system: 'respiratory',
    name: 'respiratory arrest',
    wordings: ['respiratory arrest', 'apnea', 'agonal breathing', 'bagging, no resp'],
    lay: ['having stopped breathing'],
    age: [1, 95],
    baseline: 1,
    duration: 'none',
    signs: {
      bagged: seen(1, 'no breathing of its own', [
        'ventilated by bag and mask|BVM',
        'gasping a few times a minute|gasping',
      ]),
    },
    conditions: [
      {
        name: 'respiratory arrest',
        levels: [1, 1],
        signs: { bagged: 0.9 },
        body: { saturation: -20, respiratoryRate: -9, gcs: -11, heartRate: -15 },
        history: ['COPD on home oxygen', 'opioid patch for cancer pain'],
      },
    ],
  },
  {
    id: 'hyperventilation',
    system: 'respiratory',
    name: 'hyperventilation',
    wordings: ['hyperventilation', 'HVS', 'breathing too fast, tingling', 'hyperventilation, carpal spasm'],
    lay: ['breathing too fast'],
    age: [12, 60],
    baseline: 4,
    duration: 'hours',
    signs: {
      spasm: told(3, 'hyperventilation with spasm', ['hands cramped and cannot open|carpopedal spasm'], ['no cramps']),
      settled: colouring('settling', [
        'calmer with slow breathing|settling with coaching',
        'after a quarrel|after argument',
      ]),
      acid: told(
        2,
        'possible acidosis',
        ['deep breathing with fruity breath, diabetic|Kussmaul, DM'],
        ['no diabetes|no DM'],
      ),
    },
    conditions: [
      {
        name: 'ketoacidosis taken for panic',
        levels: [2, 2],
        signs: { acid: 0.97 },
        body: { respiratoryRate: 12, heartRate: 28, glucose: 28 },
        history: ['type 1 diabetes on insulin'],
      },
      {
        name: 'hyperventilation with spasm',
        levels: [3, 3],
        signs: { spasm: 0.95 },
        body: { respiratoryRate: 5, heartRate: 12 },
      },
      { name: 'panic', levels: [4, 4], signs: { settled: 0.8 }, history: ['panic disorder', 'anxiety on sertraline'] },
    ],
  },
  {
    id: 'wheeze',
    system: 'respiratory',
    name: 'wheeze',
    wordings: [
      'wheezing',
      'asthma attack',
      'asthma exacerbation|asthma AE',
      'COPD exacerbation|COPD AE',
      'wheeze, SOB',
    ],
    lay: ['a wheezy chest', 'asthma playing up'],
    age: [12, 92],
    baseline: 3,
    duration: 'hours',
    signs: {
      failing: seen(
        1,
        'life-threatening asthma',
        ['too breathless to speak, chest hardly moves|cannot speak, silent chest'],
        ['speaks in sentences|full sentences'],
      ),
      severe: seen(
        2,
        'severe attack',
        [
          'words only, shoulders heaving|words only, acc muscles',
          'no relief after {4-10} puffs|no relief after {4-10} puffs',
        ],
        ['better after the inhaler|better post inhaler'],
      ),
      refill: reassuring(4, 'mild and relieved', [
        'lost inhaler, slight wheeze at night only|lost inhaler, mild nocturnal',
      ]),
    },
    conditions: [
      {
        name: 'near-fatal asthma',
        levels: [1, 1],
        signs: { failing: 0.95, confusion: 0.3 },
        body: { saturation: -14, heartRate: 48, respiratoryRate: 14, gcs: -2 },
        history: ['asthma, ventilated last year'],
      },
      {
        name: 'severe asthma or COPD',
        levels: [2, 2],
        signs: { severe: 0.9 },
        body: { saturation: -6, heartRate: 32, respiratoryRate: 10 },
        history: ['asthma on inhaled steroid', 'COPD on tiotropium'],
      },
      {
        name: 'moderate attack',
        levels: [3, 3],
        signs: { 'mild-distress': 0.8 },
        body: { saturation: -3, heartRate: 14, respiratoryRate: 4 },
      },
      { name: 'mild asthma', levels: [4, 4], signs: { refill: 0.97 } },
    ],
  },
  {
    id: 'stridor',
    system: 'respiratory',
    name: 'noisy breathing in',
    wordings: ['stridor', 'noisy breathing, insp.', 'croup', 'barking cough, stridor'],
    lay: ['a barking cough and noisy breathing'],
    age: [0, 80],
    baseline: 2,
    duration: 'hours',
    signs: {
      toxic: seen(
        1,
        'airway nearly closed',
        ['leaning forward, drooling, hardly any air moving|tripod, drooling, poor air entry'],
        ['no drooling'],
      ),
      rest: seen(
        2,
        'stridor at rest',
        ['noise at rest with indrawing|stridor at rest, retractions'],
        ['quiet at rest|no stridor at rest'],
      ),
      cough: reassuring(3, 'barking cough without stridor at rest', [
        'barks when coughing only, plays|barking cough, no stridor at rest',
      ]),
    },
    conditions: [
      {
        name: 'epiglottitis',
        levels: [1, 1],
        signs: { toxic: 0.97 },
        body: { celsius: 2.2, saturation: -8, heartRate: 30 },
      },
      {
        name: 'severe croup',
        levels: [2, 2],
        age: [0, 6],
        signs: { rest: 0.97 },
        body: { respiratoryRate: 7, heartRate: 18, celsius: 0.9 },
      },
      { name: 'mild croup', levels: [3, 3], age: [0, 6], signs: { cough: 0.97 }, body: { celsius: 0.5 } },
    ],
  },
  {
    id: 'common-cold',
    system: 'respiratory',
    name: 'cold symptoms',
    frequency: 2,
    wordings: ['cold', 'URI', 'runny nose', 'rhinorrhea', 'nasal congestion', 'cold sx.', 'flu like symptom'],
    lay: ['a cold', 'a blocked nose'],
    age: [1, 88],
    baseline: 5,
    duration: 'days',
    signs: {
      productive: told(4, 'possible chest infection', ['thick yellow sputum for days|purulent sputum'], ['no sputum']),
      eats: colouring('well otherwise', [
        'eats and sleeps well|eating, sleeping ok',
        'wants a certificate|wants sick note',
      ]),
    },
    conditions: [
      { name: 'influenza', levels: [3, 3], signs: { unwell: 0.6 }, body: { celsius: 2, heartRate: 20 } },
      { name: 'bronchitis', levels: [4, 4], signs: { productive: 0.97 } },
      { name: 'common cold', levels: [5, 5], signs: { eats: 0.6 } },
    ],
  },
  {
    id: 'pneumothorax-referred',
    system: 'respiratory',
    name: 'pneumothorax seen elsewhere',
    wordings: ['PTx - Pneumothorax', 'pneumothorax', 'referred, pneumothorax', 'collapsed lung on X-ray'],
    lay: ['a collapsed lung on the X-ray'],
    age: [15, 80],
    baseline: 3,
    pain: 'central',
    signs: {
      large: seen(
        2,
        'pneumothorax with distress',
        ['breathless at rest, no breath sounds {side}|SOB at rest, no BS {side}'],
        ['not breathless|no SOB'],
      ),
      small: reassuring(4, 'small and without symptoms', [
        'small rim only, walks without trouble|small rim, asymptomatic',
      ]),
    },
    conditions: [
      {
        name: 'large pneumothorax',
        levels: [2, 2],
        signs: { large: 0.95 },
        body: { saturation: -5, heartRate: 18, respiratoryRate: 6 },
        pain: [3, 7],
      },
      { name: 'pneumothorax', levels: [3, 3], pain: [1, 5], history: ['pneumothorax twice before', 'smoker'] },
      { name: 'small pneumothorax', levels: [4, 4], signs: { small: 0.97 }, pain: [0, 3] },
    ],
  },
];
