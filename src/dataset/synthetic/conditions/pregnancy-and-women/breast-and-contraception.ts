import type { Complaint } from '../../complaint.ts';
import { colouring, seen, told } from '../findings.ts';

/** Problems of the breast, and emergency contraception. */
export const BREAST_AND_CONTRACEPTION: readonly Complaint[] = [
  {
    id: 'breast-problem',
    system: 'obstetric',
    name: 'breast problem',
    wordings: [
      'breast pain',
      'mastitis',
      'breast lump',
      'breast redness',
      'nipple discharge',
      '{side} breast pain',
      'mastalgia',
      'breast engorgement',
      'redness/tenderness, breast',
    ],
    lay: ['a sore breast', 'a lump in the breast', 'a hard red breast', 'a blocked milk duct'],
    age: [16, 75],
    sex: 'female',
    baseline: 5,
    pain: 'peripheral',
    local: true,
    signs: {
      abscess: seen(
        4,
        'abscess',
        [
          'hot tender swelling while nursing|hot tender lump, BF',
          'fluctuant lump beside the nipple|fluctuant periareolar lump',
          'walled-off collection of pus in the breast|breast abscess',
          'pus from the nipple with a tender lump|purulent nipple d/c, tender lump',
        ],
        ['no redness', 'no fluctuance'],
      ),
      spreading: seen(
        3,
        'spreading infection',
        [
          'redness over the whole breast with chills|whole breast red, chills',
          'flu-like shivering and redness spreading to the armpit|rigors, redness to axilla',
          'cellulitis of the breast getting larger despite antibiotics|breast cellulitis worsening on abx',
          'red streaks, feverish and aching all over|red streaks, feverish, myalgia',
        ],
        ['no chills', 'redness not spreading'],
      ),
    },
    conditions: [
      {
        name: 'spreading mastitis',
        levels: [3, 3],
        signs: { spreading: 0.97 },
        body: { celsius: 1.9, heartRate: 15 },
        pain: [4, 7],
        history: ['breastfeeding for six weeks', 'cracked nipples', 'cephalexin since yesterday'],
      },
      {
        name: 'abscess',
        levels: [4, 4],
        signs: { abscess: 0.97 },
        pain: [3, 7],
        history: ['smoker', 'mastitis before'],
      },
      { name: 'breast lump', levels: [5, 5], pain: [0, 2], history: ['cysts before', 'mother with breast cancer'] },
    ],
  },
  {
    id: 'contraception-request',
    system: 'administrative',
    name: 'emergency contraception',
    wordings: [
      'emergency contraception',
      'morning after pill',
      'pregnancy test',
      'for pill',
      'EC request',
      'plan B request',
      'postcoital contraception',
      'contraceptive request',
    ],
    lay: ['the morning-after pill', 'a pregnancy test', 'the emergency pill', 'not wanting to get pregnant'],
    age: [16, 44],
    sex: 'female',
    baseline: 5,
    duration: 'none',
    signs: {
      forced: told(
        3,
        'possible assault',
        [
          'tearful, says she did not agree|tearful, non-consensual',
          'intercourse against her will|non-consensual intercourse',
          'thinks something was put in her drink|?drink spiked',
          'afraid of the partner who forced her|forced by partner, fearful',
        ],
        ['feels safe', 'consensual'],
      ),
      routine: colouring('routine request', [
        'condom broke last night|condom broke',
        'missed tablets|missed pills',
        'unprotected intercourse at the weekend|unprotected SI, weekend',
        'late with the contraceptive injection|depo overdue',
      ]),
    },
    conditions: [
      {
        name: 'assault behind the request',
        levels: [3, 3],
        signs: { forced: 0.97 },
        history: ['alcohol', 'violent ex'],
      },
      { name: 'routine request', levels: [5, 5], signs: { routine: 0.8 }, history: ['the pill', 'no medication'] },
    ],
  },
];
