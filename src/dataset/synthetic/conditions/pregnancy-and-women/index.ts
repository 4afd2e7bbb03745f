import type { Complaint } from '../../complaint.ts';
import { AFTER_PREGNANCY } from './after-pregnancy.ts';
import { ASSAULT_AND_VULVAL_INJURY } from './assault-and-vulval-injury.ts';
import { BREAST_AND_CONTRACEPTION } from './breast-and-contraception.ts';
import { PREGNANCY } from './pregnancy.ts';
import { VAGINAL_BLEEDING_AND_PELVIC_PAIN } from './vaginal-bleeding-and-pelvic-pain.ts';

/** Complaints of pregnancy, and of women. */
export const PREGNANCY_AND_WOMEN: readonly Complaint[] = [
  ...PREGNANCY,
  ...AFTER_PREGNANCY,
  ...VAGINAL_BLEEDING_AND_PELVIC_PAIN,
  ...ASSAULT_AND_VULVAL_INJURY,
  ...BREAST_AND_CONTRACEPTION,
];
