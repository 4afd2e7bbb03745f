import type { Complaint } from '../../complaint.ts';
import { ABNORMAL_RESULTS } from './abnormal-results.ts';
import { APPETITE_AND_WEIGHT } from './appetite-and-weight.ts';
import { BLOOD } from './blood.ts';
import { CANCER_AND_FRAILTY } from './cancer-and-frailty.ts';
import { DIZZINESS_AND_WEAKNESS } from './dizziness-and-weakness.ts';
import { FEVER_CHILLS_AND_ACHES } from './fever-chills-and-aches.ts';
import { SUGAR_AND_THYROID } from './sugar-and-thyroid.ts';
import { UNCLEAR } from './unclear.ts';

/** Complaints of the whole body, and what nobody can place. */
export const GENERAL: readonly Complaint[] = [
  ...FEVER_CHILLS_AND_ACHES,
  ...DIZZINESS_AND_WEAKNESS,
  ...APPETITE_AND_WEIGHT,
  ...CANCER_AND_FRAILTY,
  ...BLOOD,
  ...SUGAR_AND_THYROID,
  ...ABNORMAL_RESULTS,
  ...UNCLEAR,
];
