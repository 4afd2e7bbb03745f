import type { Sign } from '../complaint.ts';

/** Signs that any complaint may come with: the first-order modifiers that are not numbers. */
export const GENERAL_SIGNS: Readonly<Record<string, Sign>> = {
  'severe-distress': {
    level: 1,
    meaning: 'severe respiratory distress',
    says: [
      'unable to speak',
      'single words only',
      'exhausted from the work of breathing|exhausted, tiring',
      'gasping',
      'blue lips|cyanosed lips',
      'silent chest',
    ],
    denies: ['no cyanosis'],
    seen: true,
  },
  'moderate-distress': {
    level: 2,
    meaning: 'moderate respiratory distress',
    says: [
      'speaking in short phrases|short phrases only',
      'using accessory muscles|accessory muscle use',
      'increased work of breathing|incr WOB',
      'sitting bolt upright and speaking in clipped sentences|upright, clipped sentences',
    ],
    denies: ['no increased work of breathing', 'no accessory muscle use'],
    seen: true,
  },
  'mild-distress': {
    level: 3,
    meaning: 'mild respiratory distress',
    says: [
      'short of breath on exertion|SOBOE',
      'breathless when walking but speaks in full sentences|SOBOE, full sentences',
    ],
    denies: ['speaks in full sentences', 'breathing comfortably'],
  },
  'poor-perfusion': {
    meaning: 'poor perfusion',
    kind: 'perfusion',
    says: [
      'pale, cool and clammy skin|pale, cool, clammy',
      'mottled skin|skin mottled',
      'thready pulse|pulse thready',
      'pale and sweaty|pale, diaphoretic',
      'capillary refill of {4-6} seconds|CRT {4-6} s',
    ],
    denies: ['skin warm and dry|skin warm, dry', 'well perfused', 'no pallor'],
    seen: true,
  },
  'faint-standing': {
    level: 2,
    meaning: 'postural drop, borderline perfusion',
    says: ['nearly faints on standing up|near-faint on standing', 'feels faint on sitting up|faint on sitting up'],
    denies: ['not faint on standing'],
  },
  confusion: {
    level: 2,
    meaning: 'altered mental state',
    says: [
      'new confusion',
      'disoriented to place and time|disorientated',
      'more muddled than usual|more muddled than usual, new',
    ],
    denies: ['not confused', 'orientated|oriented x3'],
    seen: true,
  },
  unwell: {
    meaning: 'looking unwell',
    kind: 'appearance-unwell',
    says: ['looks unwell', 'flushed and lethargic', 'shivering with rigors|rigors'],
    seen: true,
  },
  well: {
    meaning: 'looking well',
    kind: 'appearance-well',
    says: ['looks well', 'well appearing', 'comfortable in the waiting room|comfortable'],
    seen: true,
  },
  immunocompromised: {
    meaning: 'immunocompromised',
    kind: 'immunocompromised',
    says: [
      'on chemotherapy for lymphoma|on chemo (lymphoma)',
      'known neutropenia|neutropenic',
      'kidney transplant on tacrolimus|renal tx on tacrolimus',
      'on high-dose steroids|high dose steroids',
      'no spleen',
    ],
  },
  anticoagulated: {
    meaning: 'bleeding risk',
    kind: 'bleeding-disorder',
    says: [
      'takes warfarin|on warfarin',
      'takes apixaban|on apixaban',
      'known haemophilia|haemophilia A',
      'takes rivaroxaban|on rivaroxaban',
    ],
    denies: ['no blood thinners|no anticoagulants'],
  },
  frail: {
    meaning: 'frail patient',
    kind: 'frail',
    says: [
      'bedbound, cared for by others|bedbound, total care',
      'wheelchair bound and wasted|wheelchair bound, cachectic',
      'late stage cancer, cared for at home|terminal ca, home care',
    ],
    denies: ['lives without help|independent'],
  },
  'severe-dehydration': {
    level: 1,
    meaning: 'severe dehydration with signs of shock',
    says: ['limp, sunken eyes and no urine since yesterday|limp, sunken eyes, anuric'],
    seen: true,
  },
  'moderate-dehydration': {
    level: 2,
    meaning: 'moderate dehydration',
    says: [
      'dry mouth, sunken eyes and very little urine|dry mucosae, sunken eyes, oliguria',
      'dry tongue and reduced skin turgor|dry tongue, poor turgor',
    ],
    denies: ['mouth moist|mucosae moist'],
    seen: true,
  },
  'mild-dehydration': {
    level: 3,
    meaning: 'mild dehydration',
    says: [
      'dry lips and drinking little|dry lips, poor PO intake',
      'thirsty with concentrated urine|thirsty, dark urine',
    ],
    denies: ['drinking well|good PO intake', 'passing urine normally|PU normal'],
  },
};
