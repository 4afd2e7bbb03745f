import type { Complaint } from '../complaint.ts';
import { ABDOMEN } from './abdomen/index.ts';
import { BACK_AND_JOINTS } from './back-and-joints/index.ts';
import { BREATHING } from './breathing/index.ts';
import { CHILDREN } from './children/index.ts';
import { EXPOSURES } from './exposures/index.ts';
import { GENERAL } from './general/index.ts';
import { HEART_AND_VESSELS } from './heart-and-vessels/index.ts';
import { INJURIES } from './injuries/index.ts';
import { MIND } from './mind/index.ts';
import { NERVES } from './nerves/index.ts';
import { inPublishedOrder } from './order.ts';
import { PREGNANCY_AND_WOMEN } from './pregnancy-and-women/index.ts';
import { SKIN_AND_SENSES } from './skin-and-senses/index.ts';
import { URINARY_AND_GENITAL } from './urinary-and-genital/index.ts';
import { VISITS } from './visits/index.ts';

/** Every presenting complaint that the generator knows, in the order in which they were taken up. */
export const COMPLAINTS: readonly Complaint[] = inPublishedOrder([
  ...HEART_AND_VESSELS,
  ...BREATHING,
  ...NERVES,
  ...MIND,
  ...ABDOMEN,
  ...URINARY_AND_GENITAL,
  ...PREGNANCY_AND_WOMEN,
  ...CHILDREN,
  ...INJURIES,
  ...BACK_AND_JOINTS,
  ...EXPOSURES,
  ...SKIN_AND_SENSES,
  ...GENERAL,
  ...VISITS,
]);

export { GENERAL_SIGNS } from './general-signs.ts';
