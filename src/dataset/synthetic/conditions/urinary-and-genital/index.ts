import type { Complaint } from '../../complaint.ts';
import { BLADDER } from './bladder.ts';
import { DIALYSIS } from './dialysis.ts';
import { FLANK_PAIN_AND_HAEMATURIA } from './flank-pain-and-haematuria.ts';
import { GENITALS } from './genitals.ts';

/** Complaints of the kidneys, the bladder and the genitals. */
export const URINARY_AND_GENITAL: readonly Complaint[] = [
  ...FLANK_PAIN_AND_HAEMATURIA,
  ...BLADDER,
  ...DIALYSIS,
  ...GENITALS,
];
