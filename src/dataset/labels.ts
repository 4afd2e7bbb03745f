/** An acuity level of CTAS and KTAS: 1 is the most urgent. */
export type Level = 1 | 2 | 3 | 4 | 5;

/** One acuity level as the reviewer meets it. */
export interface AcuityLabel {
  readonly id: string;
  readonly level: Level;
  /** The label text that the model reads and writes. */
  readonly text: string;
  /** The scale's own colour, `#rrggbb`, in a shade that stands out on light and on dark backgrounds. */
  readonly colour: string;
  readonly description: string;
}

/**
 * The five levels of the Canadian Triage and Acuity Scale and its Korean adaptation, most urgent first. Names, colours and
 * times to physician after the CTAS Participant's Manual 2.5b (2013); CTAS draws level 5 in white, here a grey that can be
 * seen on white paper too.
 */
export const ACUITY_LABELS: readonly AcuityLabel[] = [
  {
    id: 'resuscitation',
    level: 1,
    text: 'resuscitation',
    colour: '#2f7fd6',
    description: 'Threat to life or limb, or imminent deterioration: immediate care.',
  },
  {
    id: 'emergent',
    level: 2,
    text: 'emergent',
    colour: '#d93a3a',
    description: 'Potential threat to life, limb or function: a physician within 15 minutes.',
  },
  {
    id: 'urgent',
    level: 3,
    text: 'urgent',
    colour: '#d9a514',
    description: 'May progress to a serious problem: a physician within 30 minutes.',
  },
  {
    id: 'less-urgent',
    level: 4,
    text: 'less urgent',
    colour: '#3a9e52',
    description: 'Related to age, distress or possible complications: a physician within 60 minutes.',
  },
  {
    id: 'non-urgent',
    level: 5,
    text: 'non-urgent',
    colour: '#9aa3ad',
    description: 'Acute but minor, or part of a long-standing problem: a physician within 120 minutes.',
  },
];

/** The label texts, most urgent first. */
export const ACUITY_TEXTS: readonly string[] = ACUITY_LABELS.map((label) => label.text);

/** The label text of a level. */
export function levelText(level: Level): string {
  return ACUITY_TEXTS[level - 1] ?? 'urgent';
}

/** True for the whole numbers 1 to 5. */
export function isLevel(value: number): value is Level {
  return Number.isInteger(value) && value >= 1 && value <= 5;
}
