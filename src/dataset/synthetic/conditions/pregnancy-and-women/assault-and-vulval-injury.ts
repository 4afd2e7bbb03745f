import type { Complaint } from '../../complaint.ts';
import { reassuring, seen, told } from '../findings.ts';

/** Sexual assault, and injuries or foreign bodies of the vagina. */
export const ASSAULT_AND_VULVAL_INJURY: readonly Complaint[] = [
  {
    id: 'sexual-assault',
    system: 'obstetric',
    name: 'sexual assault',
    wordings: ['sexual assault', 'alleged sexual assault', 'rape', 'sexual violence', 'SANE exam', 'rape kit'],
    lay: ['having been raped', 'being forced into sex', 'a sexual attack', 'being attacked'],
    age: [14, 60],
    sex: 'female',
    baseline: 3,
    bleeding: 'minor',
    duration: 'none',
    signs: {
      choked: told(
        2,
        'dangerous violence',
        [
          'strangled until everything went black|strangled, LOC',
          'heavy bleeding from a genital tear|genital tear, heavy bleeding',
          'attacked within the last hour, shaking and terrified|assault within the hour, terrified',
          'threatened with death, attacker waiting outside|death threats, assailant outside',
        ],
        ['not strangled', 'no bleeding'],
      ),
      late: reassuring(4, 'assault some time ago', [
        'weeks ago, uninjured, wants tests|weeks ago, uninjured, STI tests',
        'happened last month, safe now|last month, safe now',
        'long past, asks for a referral|remote, wants referral',
        'months later, calm, wants counselling|remote, calm, counselling',
      ]),
    },
    conditions: [
      { name: 'dangerous violence', levels: [2, 2], signs: { choked: 0.97 }, body: { heartRate: 22 } },
      { name: 'recent assault', levels: [3, 3], body: { heartRate: 12 }, history: ['alcohol', 'depression'] },
      { name: 'assault some time ago', levels: [4, 4], signs: { late: 0.97 }, history: ['anxiety', 'sertraline'] },
    ],
  },
  {
    id: 'vulval-injury',
    system: 'obstetric',
    name: 'injury or foreign body of the vagina',
    wordings: [
      'vaginal laceration',
      'vulvar hematoma',
      'vaginal FB',
      'retained tampon',
      'straddle injury',
      'genital injury, female',
      'foreign body, vagina',
      'stuck condom',
    ],
    lay: ['an injury down below', 'a tampon that cannot be reached', 'a tear down there', 'something stuck inside'],
    age: [12, 60],
    sex: 'female',
    baseline: 4,
    pain: 'peripheral',
    bleeding: 'minor',
    duration: 'hours',
    signs: {
      brisk: seen(
        2,
        'continuing bleeding',
        [
          'bleeding does not stop with a pad|brisk bleeding',
          'bright blood pumping from the tear|pulsatile bleeding from tear',
          'pressure does not control the bleeding|bleeding uncontrolled w pressure',
          'steady flow of bright blood despite packing|BRB despite packing',
        ],
        ['no bleeding', 'bleeding stopped'],
      ),
      growing: seen(
        3,
        'growing haematoma',
        [
          'swelling growing by the hour|expanding swelling',
          'tense purple labial swelling, larger than this morning|tense labial haematoma, enlarging',
          'bulging bruise, cannot pass urine|vulvar haematoma, unable to void',
          'labial lump getting bigger and tighter|labial haematoma, bigger + tighter',
        ],
        ['swelling small'],
      ),
      toxic: told(
        2,
        'possible toxic shock',
        [
          'forgotten tampon with high fever and a sunburn-like rash|retained tampon, high fever, diffuse erythema',
          'tampon left for days, feverish, vomiting and faint|tampon for days, feverish, emesis, faint',
          'red peeling skin and dizziness after tampon use|erythroderma, dizzy post tampon',
          'high fever, low energy and red palms with a tampon in|high fever, red palms, tampon in situ',
        ],
        ['no fever or rash'],
      ),
      tampon: reassuring(5, 'retained tampon', [
        'tampon since yesterday, feels well|retained tampon, well',
        'lost string, no fever or pain|lost string, afebrile, no pain',
        'condom left inside, no complaints|retained condom, asymptomatic',
        'forgotten tampon, slight odour only|forgotten tampon, odour only',
      ]),
    },
    conditions: [
      {
        name: 'toxic shock',
        levels: [2, 2],
        signs: { toxic: 0.97 },
        body: { celsius: 2.4, heartRate: 35, systolic: -18 },
        pain: [1, 4],
        history: ['super tampons', 'period last week', 'previously healthy'],
      },
      { name: 'deep tear', levels: [2, 2], signs: { brisk: 0.97 }, body: { heartRate: 20 }, pain: [4, 7] },
      {
        name: 'haematoma',
        levels: [3, 3],
        signs: { growing: 0.97 },
        pain: [4, 7],
        history: ['fell on a bar', 'bicycle'],
      },
      { name: 'small tear', levels: [4, 4], pain: [1, 5], history: ['after intercourse', 'gymnastics', 'dry skin'] },
      {
        name: 'retained tampon',
        levels: [5, 5],
        signs: { tampon: 0.97 },
        pain: [0, 1],
        history: ['same before', 'acne'],
      },
    ],
  },
];
