/** What else a note tells, none of which decides an acuity. */

export const HISTORIES: readonly string[] = [
  'hypertension',
  'type 2 diabetes',
  'asthma as a child',
  'COPD',
  'previous stroke',
  'atrial fibrillation',
  'high cholesterol',
  'appendectomy years ago',
  'hypothyroidism',
  'gout',
  'ischaemic heart disease',
  'osteoarthritis',
  'reflux',
  'kidney stones',
  'migraine',
];

/** Histories that a patient in the first half of life may have. */
export const YOUNG_HISTORIES: readonly string[] = [
  'asthma as a child',
  'appendectomy years ago',
  'migraine',
  'reflux',
  'hypothyroidism',
  'kidney stones',
  'no past illness',
];

export const CHILD_HISTORIES: readonly string[] = [
  'born at term',
  'immunisations up to date',
  'eczema',
  'no previous illness',
  'attends day care',
  'ear infection last month',
];

export const ASIDES: readonly string[] = [
  'allergic to penicillin',
  'no known allergies',
  'took paracetamol before coming',
  'accompanied by a neighbour',
  'accompanied by family',
  'lives alone',
  'had breakfast as usual',
  'waited at home first',
  'non-smoker',
  'seen by the family doctor yesterday',
  'speaks through an interpreter',
  'worried about a relative who had the same',
];

export const CHILD_ASIDES: readonly string[] = [
  'accompanied by mother',
  'accompanied by father',
  'sibling had a cold last week',
  'no known allergies',
  'given paracetamol at home',
  'seen by the paediatrician yesterday',
];

export const HOME_ASIDES: readonly string[] = [
  'no known allergies',
  'took paracetamol',
  'asks whether to come in',
  'can be driven to hospital',
  'family doctor closed',
];
