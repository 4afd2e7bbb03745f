import type { Complaint } from '../../complaint.ts';
import { reassuring, seen, told } from '../findings.ts';

/** Ribs that hurt from coughing, and a pneumothorax that was seen elsewhere. */
export const RIBS_AND_PLEURA: readonly Complaint[] = [
  {
    id: 'pneumothorax-referred',
    system: 'respiratory',
    name: 'pneumothorax seen elsewhere',
    wordings: [
      'PTx - Pneumothorax',
      'pneumothorax',
      'referred, pneumothorax',
      'collapsed lung on X-ray',
      'spontaneous pneumothorax, referred',
      'PNX on outside CXR',
      'Rt pneumothorax',
      'Lt pneumothorax',
      'transfer for pneumothorax',
    ],
    lay: ['a collapsed lung on the X-ray', 'air around the lung', 'a burst lung', 'a hole in the lung'],
    age: [15, 80],
    baseline: 3,
    pain: 'central',
    signs: {
      tension: seen(
        1,
        'possible tension pneumothorax',
        [
          'neck veins bulging, windpipe shifted, fading pulse|JVD, tracheal shift, thready pulse',
          'deviated trachea, absent breath sounds and shock|trachea deviated, no BS, shocked',
          'blue and collapsing, chest resonant and silent on the {side}|cyanotic, collapsing, {side} hyperresonant',
        ],
        ['trachea central', 'no JVD'],
      ),
      large: seen(
        2,
        'pneumothorax with distress',
        [
          'breathless at rest, no breath sounds {side}|SOB at rest, no BS {side}',
          'complete collapse of the {side} lung and struggling|total {side} collapse, dyspneic at rest',
          'absent air entry on the {side}, panting|no air entry {side}, tachypneic',
          'cannot finish a sentence, {side} lung down|broken sentences, {side} lung down',
        ],
        ['not breathless|no SOB', 'air entry on both sides'],
      ),
      small: reassuring(4, 'small and without symptoms', [
        'small rim only, walks without trouble|small rim, asymptomatic',
        'found by chance, apical sliver, feels fine|incidental apical sliver, feels fine',
        'less than a finger of air, no breathlessness|tiny apical PTX, no SOB',
        'review film, nearly resolved, no complaints|f/u film nearly resolved, no c/o',
      ]),
    },
    conditions: [
      {
        name: 'tension pneumothorax',
        levels: [1, 1],
        signs: { tension: 0.95, 'severe-distress': 0.5 },
        body: { heartRate: 50, systolic: -45, saturation: -14, respiratoryRate: 14 },
        pain: [4, 9],
        history: ['pneumothorax before', 'COPD', 'central line today'],
      },
      {
        name: 'large pneumothorax',
        levels: [2, 2],
        signs: { large: 0.95 },
        body: { saturation: -5, heartRate: 18, respiratoryRate: 6 },
        pain: [3, 7],
        history: ['COPD', 'tall thin smoker', 'lung biopsy yesterday'],
      },
      {
        name: 'pneumothorax',
        levels: [3, 3],
        pain: [1, 5],
        history: ['pneumothorax twice before', 'smoker', 'Marfan syndrome'],
        character: ['sharp, on breathing in|sharp, pleuritic'],
      },
      {
        name: 'small pneumothorax',
        levels: [4, 4],
        signs: { small: 0.97 },
        pain: [0, 3],
        history: ['pneumothorax last month', 'asthma', 'smoker'],
      },
    ],
  },
  {
    id: 'rib-pain-after-coughing',
    system: 'respiratory',
    name: 'rib pain after coughing',
    wordings: [
      'rib pain after cough',
      'rib pain, coughing',
      'side pain with cough, {side}',

      'chest wall strain, cough',
      'rib pain {side}, cough',
      'pain ribs when coughing',
      'intercostal strain, cough',
      'pain, ribs, with cough',
    ],
    lay: [
      'sore ribs from coughing',
      'a stitch since coughing',
      'a crack in the ribs on coughing',
      'a pulled side from coughing',
    ],
    age: [18, 92],
    baseline: 4,
    pain: 'peripheral',
    duration: 'days',
    signs: {
      lung: told(
        2,
        'possible pneumothorax',
        [
          'then sudden breathlessness, no air entry on that side|sudden SOB, no AE that side',
          'crackling air under the skin|subcutaneous emphysema',
          'a pop on coughing and gasping since|pop on coughing, SOB since',
        ],
        ['no breathlessness|no SOB'],
      ),
      infected: told(
        3,
        'possible pneumonia',
        [
          'shaking chills and rusty phlegm|rigors, rusty sputum',
          'fever and pain on each breath|fever, pleuritic',
          'green sputum and worse on breathing in|green sputum, pleuritic',
        ],
        ['no fever', 'no sputum'],
      ),
      mild: reassuring(5, 'slight soreness', [
        'sore only on big coughs, nearly gone|sore w/ big cough only, nearly gone',
        'slight muscle ache, cold settling|mild muscle ache, URI settling',
        'twinge on laughing, breathes easily|twinge on laughing, no SOB',
      ]),
    },
    conditions: [
      {
        name: 'pneumothorax',
        levels: [2, 2],
        signs: { lung: 0.97 },
        body: { saturation: -6, heartRate: 20, respiratoryRate: 8 },
        pain: [4, 8],
        course: 'sudden',
        history: ['COPD', 'smoker', 'asthma'],
      },
      {
        name: 'pneumonia',
        levels: [3, 3],
        signs: { infected: 0.97 },
        body: { celsius: 1.3, heartRate: 12, saturation: -2 },
        pain: [3, 6],
        history: ['smoker', 'diabetes', 'recent flu'],
      },
      {
        name: 'cough fracture',
        levels: [4, 4],
        age: [40, 92],
        pain: [3, 6],
        character: ['sharp on coughing', 'clicking, sharp'],
        history: ['osteoporosis', 'whooping cough'],
      },
      {
        name: 'muscle soreness',
        levels: [5, 5],
        signs: { mild: 0.97 },
        pain: [0, 2],
        history: ['previously healthy', 'recent cold', 'smoker'],
      },
    ],
  },
];
