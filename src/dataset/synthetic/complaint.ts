import type { Level } from '../labels.ts';
import type { Source } from './acuity/sources.ts';

/**
 * What kind of first-order modifier a sign is, where the rule engine has to combine it with the vital signs. A sign
 * without a kind implies its own level whatever else is known.
 */
export type SignKind =
  | 'perfusion'
  | 'appearance-unwell'
  | 'appearance-well'
  | 'immunocompromised'
  | 'bleeding-disorder'
  | 'frail';

/** A finding that tells conditions apart, with the level that it implies by itself as a second-order modifier. */
export interface Sign {
  /** The level implied when it is present; absent for a finding that only colours the note. */
  readonly level?: Level;
  /**
   * The level of the complaint once this is known, in place of the complaint's own: "superficial" settles a laceration.
   * Never more urgent than the complaint's own.
   */
  readonly settles?: Level;
  /** What it means, as a noun phrase of the rationale: "possible cardiac cause". */
  readonly meaning: string;
  /** Ways to state it: a noun phrase or participle, optionally `full|short`. Templates as in phrases.ts. */
  readonly says: readonly string[];
  /** Ways to state that it is absent. */
  readonly denies?: readonly string[];
  readonly kind?: SignKind;
  /** Seen by the nurse rather than told by the patient. */
  readonly seen?: true;
}

/**
 * How far a condition at full severity moves the vital signs from what is normal for the age. Beats and breaths a minute
 * are scaled to the child's own normal values; the others are absolute.
 */
export interface BodyShift {
  readonly heartRate?: number;
  readonly systolic?: number;
  readonly respiratoryRate?: number;
  readonly saturation?: number;
  readonly celsius?: number;
  readonly gcs?: number;
  /** A blood glucose in mmol/L at full severity; the normal value at none. */
  readonly glucose?: number;
}

/** One condition that can lie behind a presenting complaint. */
export interface Condition {
  readonly name: string;
  /** The most and the least urgent level with which it usually arrives. */
  readonly levels: readonly [Level, Level];
  /** The probability of each sign, by its id in the complaint or among the general signs. */
  readonly signs?: Readonly<Record<string, number>>;
  readonly body?: BodyShift;
  /** The usual pain score, 0 to 10, where it hurts. */
  readonly pain?: readonly [number, number];
  readonly course?: 'sudden' | 'acute' | 'chronic';
  /** Years, or under one year whole months as a fraction; narrows the complaint's own range. */
  readonly age?: readonly [number, number];
  /** The character and course of the pain or symptom, as a patient with this condition tells it, `full|short`. */
  readonly character?: readonly string[];
  /**
   * Past illness and medication that go with it, typical or not, as noun phrases, `full|short`. Templates as in phrases.ts. What
   * the rules count (an anticoagulant, chemotherapy) is a sign instead, for a past illness is told as one that does not count.
   */
  readonly history?: readonly string[];
}

/** The complaint's own level at an age for which the guidelines or an ECG rule set another one. */
export interface AgeLevel {
  /** Years, the first one in and the second one out. */
  readonly years: readonly [number, number];
  readonly level: Level;
  /** Says why without a number: "in a young adult". */
  readonly meaning: string;
  readonly source: Source;
}

export type BodySystem =
  | 'cardiovascular'
  | 'respiratory'
  | 'neurological'
  | 'gastrointestinal'
  | 'genitourinary'
  | 'obstetric'
  | 'paediatric'
  | 'mental-health'
  | 'trauma'
  | 'orthopaedic'
  | 'skin'
  | 'eye'
  | 'ear-nose-throat'
  | 'environmental'
  | 'toxicological'
  | 'general'
  | 'administrative';

/** A presenting complaint: how it is put, what can lie behind it, and what each discriminating finding implies. */
export interface Complaint {
  readonly id: string;
  readonly system: BodySystem;
  /** The complaint in the rationale, lower case: "chest pain". */
  readonly name: string;
  /** How many times as often as most complaints it is seen in an emergency department; a whole number. */
  readonly frequency?: number;
  /** The same among the patients of levels 1 and 2, where it differs: chest pain is a larger part of them than of all. */
  readonly urgentFrequency?: number;
  /** What a nurse writes in the complaint field, `full|short`. Templates `{site}` and `{side}` as in phrases.ts. */
  readonly wordings: readonly string[];
  /** What the patient or a relative says, as a noun phrase. */
  readonly lay: readonly string[];
  readonly sites?: readonly string[];
  /** Years, both ends included. */
  readonly age: readonly [number, number];
  readonly sex?: 'female' | 'male';
  /** The level when nothing more is known: what CTAS assumes of the complaint until a finding settles or raises it. */
  readonly baseline: Level;
  /** Ages at which the level of the bare complaint is another one. */
  readonly byAge?: readonly AgeLevel[];
  /** The level of the bare complaint where the pain is stated and mild: an injury that hardly hurts is minor. */
  readonly mildPain?: Level;
  /** Where it hurts, as CTAS splits pain: central is within the body's cavities and organs, peripheral everything else. */
  readonly pain?: 'central' | 'peripheral';
  /** Complaints with which a very high blood pressure counts as symptomatic. */
  readonly pressureMatters?: true;
  /** A bleeding complaint, or an injury that can bleed inside: a bleeding disorder makes it urgent or emergent. */
  readonly bleeding?: 'minor' | 'major';
  /**
   * True where the complaint stays in one place, so that vital signs at the upper or lower end of normal do not relate to it;
   * by default so in orthopaedic, skin, eye, ear-nose-throat and administrative complaints.
   */
  readonly local?: boolean;
  /** How long: minutes, hours, days, months, or unsaid because a sign states it. */
  readonly duration?: 'hours' | 'days' | 'none';
  readonly signs?: Readonly<Record<string, Sign>>;
  readonly conditions: readonly Condition[];
}
