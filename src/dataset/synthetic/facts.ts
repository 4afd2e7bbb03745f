import type { Complaint, Sign } from './complaint.ts';

/** Names one stated fact, so that a deciding finding can be traced to the words that state it. */
export type FactKey =
  | 'age'
  | 'complaint'
  | 'consciousness'
  | 'saturation'
  | 'respiratory-rate'
  | 'heart-rate'
  | 'blood-pressure'
  | 'temperature'
  | 'glucose'
  | 'pain'
  | `sign:${string}`;

export function isSignKey(key: string): key is `sign:${string}` {
  return key.startsWith('sign:');
}

export interface StatedSign {
  readonly id: string;
  readonly sign: Sign;
  readonly present: boolean;
  readonly full: string;
  readonly short: string;
}

/** A measured value together with the digits that the note shows, which may be in another unit. */
export interface ShownValue {
  readonly value: number;
  readonly shown: string;
  readonly unit: string;
}

export type Alertness = 'alert' | 'voice' | 'pain' | 'unresponsive';

/** The vital signs that a note states; what was not taken or not written is absent. */
export interface StatedVitals {
  /** GCS, 3 to 15, or the AVPU scale. */
  readonly consciousness?: { readonly gcs: number } | { readonly alertness: Alertness };
  /** SpO2, %. */
  readonly saturation?: number;
  readonly oxygenLitres?: number;
  /** Breaths a minute. */
  readonly respiratoryRate?: number;
  /** Beats a minute. */
  readonly heartRate?: number;
  /** mmHg. */
  readonly bloodPressure?: { readonly systolic: number; readonly diastolic: number };
  /** °C; shown in °C or °F. */
  readonly temperature?: ShownValue;
  /** Blood glucose, mmol/L; shown in mmol/L or mg/dL. */
  readonly glucose?: ShownValue;
}

/** What the rule engine may use: exactly the facts that the note states. */
export interface KnownFacts {
  readonly complaint: Complaint;
  /** Years, a fraction below two; absent when the note does not say, and then an adult is meant. */
  readonly ageYears?: number;
  readonly vitals: StatedVitals;
  readonly signs: readonly StatedSign[];
  readonly pain?: { readonly score: number; readonly chronic: boolean };
}

export type Arrival = 'walk-in' | 'ambulance' | 'wheelchair' | 'car' | 'police' | 'telephone';

/** One patient's visit: the known facts and what else a note tells about them. */
export interface PatientFacts extends KnownFacts {
  readonly sex: 'female' | 'male';
  readonly arrival: Arrival;
  readonly condition: string;
  readonly wording: { readonly full: string; readonly short: string };
  readonly lay: string;
  /** "2 hours", "3 days"; absent when unsaid. */
  readonly duration?: { readonly full: string; readonly short: string };
  readonly sudden: boolean;
  readonly history: readonly string[];
  readonly aside?: string;
}
