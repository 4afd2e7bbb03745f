import type { Complaint } from '../complaint.ts';
import { colouring, seen, told } from './findings.ts';

/** Objects in the nose and changes of the voice. */
export const NOSE_AND_VOICE: readonly Complaint[] = [
  {
    id: 'nose-foreign-body',
    system: 'ear-nose-throat',
    name: 'foreign body in the nose',
    wordings: [
      'FB in nose',
      'nasal FB',
      'bead in nose',
      'bean in nose',
      'foreign body, nose',
      'FB nostril {side}',
      'object in nostril',
      'intranasal FB',
      'stuck object, nose',
      'FB nasal, {side}',
    ],
    lay: [
      'a bead up the nose',
      'something pushed up the nose',
      'a bean up the nostril',
      'a toy part in the nose',
      'a stuck bead',
    ],
    age: [1, 9],
    baseline: 4,
    duration: 'hours',
    signs: {
      battery: told(
        2,
        'risk of perforation',
        [
          'button battery in the nose|button battery in nose',
          'round hearing-aid battery pushed into the nostril|disc battery in nostril',
          'coin cell missing from a toy and black discharge from the nose|?button battery, black discharge',
          'pair of magnets gripping the septum from both sides|paired magnets across septum',
          'shiny disc battery in the {side} nostril|disc battery {side} nostril',
        ],
        ['not a battery', 'plastic toy, no battery inside|not a battery, plastic'],
      ),
      bead: colouring('object', [
        'plastic bead, seen at the opening|bead visible',
        'bean seen just inside the nostril|bean visible',
        'piece of foam, child playing happily|foam, playing',
        'eraser tip at the front of the {side} nostril|eraser tip {side} nostril',
      ]),
      choke: told(
        2,
        'possible inhaled object',
        [
          'coughing fit and noisy breathing since sniffing it in|cough, wheeze after sniffing it in',
          'bead vanished from the nose, then sudden coughing|?aspirated, sudden cough',
        ],
        ['no coughing|no cough', 'breathing quietly'],
      ),
    },
    conditions: [
      {
        name: 'button battery',
        levels: [2, 2],
        signs: { battery: 0.97 },
        history: ['brother with hearing aids', 'toy with a missing battery', 'autism'],
      },
      {
        name: 'bead',
        levels: [4, 4],
        signs: { bead: 0.7 },
        history: ['same thing last year', 'mother tried with tweezers', 'otherwise healthy'],
      },
      {
        name: 'inhaled bead',
        levels: [2, 2],
        signs: { choke: 0.95 },
        body: { saturation: -2, respiratoryRate: 5 },
        history: ['otherwise healthy', 'up to date with vaccines', 'had a bead in the nose today'],
      },
    ],
  },
  {
    id: 'hoarseness',
    system: 'ear-nose-throat',
    name: 'change of voice',
    wordings: [
      'voice change',
      'hoarseness',
      'voice changes',
      'lost voice',
      'hoarse voice',
      'dysphonia',
      'voice loss',
      'loss of voice',
      'husky voice',
      'aphonia',
    ],
    lay: ['a hoarse voice', 'a lost voice', 'a croaky voice', 'a rough voice', 'a voice gone to a whisper'],
    age: [10, 88],
    baseline: 5,
    signs: {
      stridor: seen(
        1,
        'airway at risk',
        [
          'noisy breathing in, sits forward|stridor, tripod',
          'harsh high-pitched noise on every breath in|inspiratory stridor',
          'crowing breaths, leaning forward to get air|crowing, tripod',
          'noisy inspiration at rest with the chest pulling in|stridor at rest, retractions',
          'voice gone and hardly any air coming in|aphonic, poor air entry',
        ],
        ['breathes quietly|no stridor', 'no noisy breathing'],
      ),
      lump: told(
        2,
        'airway that may narrow',
        [
          'muffled voice, cannot swallow food|muffled voice, dysphagia',
          'thick "hot potato" voice and dribbling of spit|hot potato voice, drooling',
          'voice muffled after smoke in a closed room, soot in the nostrils|muffled voice, smoke, soot',
          'neck swelling since the operation with a changing voice|neck hematoma post op, voice change',
          'throat closing up feeling with pooling saliva|throat closing, pooling saliva',
        ],
        ['swallows well', 'no muffled voice', 'no trouble swallowing|no dysphagia'],
      ),
      cold: colouring('after a cold', [
        'after a cold with a runny nose|post URI',
        'after cheering at a match|voice overuse',
        'lost after karaoke, swallows normally|voice overuse, swallows well',
      ]),
      stroke: told(
        2,
        'possible stroke',
        [
          'sudden hoarseness with choking on water and a leaning gait|sudden, dysphagia, ataxia',
          'voice changed in an instant along with a numb face|sudden voice change, facial numbness',
        ],
        ['no weakness', 'face symmetrical'],
      ),
    },
    conditions: [
      {
        name: 'narrowing airway',
        levels: [1, 1],
        age: [30, 88],
        signs: { stridor: 0.97 },
        body: { saturation: -9, respiratoryRate: 10, heartRate: 22 },
        history: ['larynx cancer', 'thyroid operation this week', 'radiotherapy to the neck', 'smoker of forty years'],
      },
      {
        name: 'epiglottic swelling',
        levels: [2, 2],
        signs: { lump: 0.97 },
        body: { celsius: 1.2 },
        history: ['type 2 diabetes', 'not vaccinated', 'angioedema on ramipril'],
      },
      {
        name: 'laryngitis',
        levels: [5, 5],
        signs: { cold: 0.7 },
        history: ['singer', 'teacher', 'acid reflux', 'smoker'],
      },
      {
        name: 'brainstem stroke',
        levels: [2, 2],
        signs: { stroke: 0.97 },
        age: [45, 88],
        course: 'sudden',
        history: ['atrial fibrillation', 'hypertension', 'type 2 diabetes'],
      },
    ],
  },
];
